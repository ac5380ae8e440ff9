-- The cards that were removed here and that the provider has to forget as well, until it has.
create table card_revocations
(
    billing_key text   not null primary key,
    customer_id text   not null,
    since       integer not null,
    due_at      integer not null
);
