create table charges
(
    order_id   integer not null primary key,
    amount_won integer not null,
    state      text    not null,
    reason     text    not null,
    made_at    integer not null
);
