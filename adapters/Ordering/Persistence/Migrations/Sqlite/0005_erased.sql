-- When what people wrote in it was forgotten; null as long as it is there.
alter table orders add column erased_at integer;
alter table attempts add column erased_at integer;
