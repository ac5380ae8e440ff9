-- Stores from before this are always open, without fee, minimum or a bound for answers.
alter table stores add column revision bigint not null default 1;
alter table stores add column owner text not null default '';
alter table stores add column phone text not null default '';
alter table stores add column address text not null default '';
alter table stores add column picture text not null default '';
alter table stores add column minimum_order bigint not null default 0;
alter table stores add column delivery_fee bigint not null default 0;
alter table stores add column time_zone text not null default 'Asia/Seoul';
alter table stores add column hours text not null default '[]';
alter table stores add column closed_days text not null default '[]';
alter table stores add column auto_accept integer not null default 0;
alter table stores add column answer_within integer not null default 0;
alter table stores add column paused integer not null default 0;
-- Null: until it is resumed.
alter table stores add column paused_until bigint;
alter table stores add column closed integer not null default 0;

-- The request that created it.
alter table stores add column caller text;
alter table stores add column idempotency_key text;
alter table stores add column fingerprint text;

create unique index stores_by_key on stores (caller, idempotency_key) where idempotency_key is not null;

-- The tickets that nobody has answered yet, since when.
create index unanswered_tickets_of_store on tickets (store_id, opened_at) where status = 1;
