-- The attempt's own id, by which a payment is its own; empty for all attempts before this.
alter table attempts add column attempt_id text not null default '';
