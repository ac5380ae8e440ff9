create table payments
(
    id         integer not null primary key,
    order_id   integer not null unique,
    amount_won integer not null,
    status     text    not null,
    reason     text    not null,
    created_at integer not null,
    updated_at integer not null,
    due_at     integer,
    version    integer not null
);

-- The few that have unfinished business with the provider.
create index payments_due on payments (due_at) where due_at is not null;

create table payment_numbers
(
    singleton integer not null primary key check (singleton = 1),
    last      integer not null
);

insert into payment_numbers (singleton, last)
values (1, 0);
