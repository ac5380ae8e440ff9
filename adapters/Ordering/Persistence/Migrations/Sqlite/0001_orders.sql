-- The attempt's number is the order's, and autoincrement never issues one again.
create table attempts (
    id integer primary key autoincrement,
    caller text,
    idempotency_key text,
    fingerprint text not null,
    store_id integer not null,
    customer_id text not null,
    lines text not null,
    address text not null,
    membership_number text not null,
    state text not null,
    reason text not null,
    opened_at integer not null
);

create unique index attempts_by_key on attempts (caller, idempotency_key) where state <> 'Abandoned';
create index attempts_open on attempts (opened_at) where state = 'Open';

create table orders (
    id integer primary key,
    store_id integer not null,
    customer_id text not null,
    lines text not null,
    address text not null,
    membership_number text not null,
    payment_id integer not null,
    placed_at integer not null,
    progress text not null,
    cancellation text not null,
    reason text not null,
    status_version integer not null,
    version integer not null
);

create index orders_by_customer on orders (customer_id, id);
