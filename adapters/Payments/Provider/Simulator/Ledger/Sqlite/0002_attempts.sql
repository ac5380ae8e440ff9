-- The attempt to order that it was made for; empty as of all charges before this.
alter table charges add column attempt_id text not null default '';
