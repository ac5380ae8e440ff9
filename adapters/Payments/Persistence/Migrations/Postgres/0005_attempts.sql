-- The attempt to order that it was made for; empty where nobody has said, as of all payments before this.
alter table payments add column attempt_id text not null default '';
