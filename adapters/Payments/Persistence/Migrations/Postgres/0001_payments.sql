create table payments
(
    id         bigint not null primary key,
    order_id   bigint not null unique,
    amount_won bigint not null,
    status     text    not null,
    reason     text    not null,
    created_at bigint not null,
    updated_at bigint not null,
    due_at     bigint,
    version    bigint not null
);

-- The few that have unfinished business with the provider.
create index payments_due on payments (due_at) where due_at is not null;

create table payment_numbers
(
    singleton bigint not null primary key check (singleton = 1),
    last      bigint not null
);

insert into payment_numbers (singleton, last)
values (1, 0);
