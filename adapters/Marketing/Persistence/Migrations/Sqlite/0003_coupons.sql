create table coupons (
    id integer primary key autoincrement,
    -- One for each order.
    order_id bigint not null unique,
    store_id bigint not null,
    customer_id text not null,
    discount_percent integer not null,
    issued_at bigint not null,
    expires_at bigint not null
);

create index coupons_of_customer on coupons (customer_id, id);
