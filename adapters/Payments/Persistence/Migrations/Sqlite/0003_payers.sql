-- The customer who pays; empty where nobody has said, as of all payments before this.
alter table payments add column payer text not null default '';

create index payments_of_payer on payments (payer, id);
