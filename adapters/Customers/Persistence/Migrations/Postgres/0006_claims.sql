-- Whoever is pending and claimed has a claim, and nobody else has: found by it alone.
drop index notifications_claimed;
create index notifications_claimed on notifications (claim) where claim is not null;
