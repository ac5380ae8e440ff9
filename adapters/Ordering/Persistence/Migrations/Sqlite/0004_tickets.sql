-- When the store was last told of an order while no ticket has come; null once one has, and of all orders before this.
alter table orders add column store_told_at integer;
alter table orders add column reminders integer not null default 0;

create index orders_without_ticket on orders (store_told_at) where store_told_at is not null;
