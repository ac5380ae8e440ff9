-- How many messages went to a telephone, or were had sent by a caller, in a span of time.
create table message_counts (
    -- A digest: no telephone number lies here.
    subject text not null,
    ends_at bigint not null,
    taken bigint not null,
    primary key (subject, ends_at)
);

create index message_counts_ended on message_counts (ends_at);

-- The customer who has it sent; empty where nobody said.
alter table notifications add column caller text not null default '';
-- Why it was not sent after all; empty if it was.
alter table notifications add column refusal text not null default '';
