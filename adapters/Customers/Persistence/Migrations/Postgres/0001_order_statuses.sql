-- Which views there are: the one that serves, and at most one that is being built.
create table order_status_generations (
    generation bigint not null primary key,
    serving bigint not null unique check (serving in (0, 1)),
    started_at bigint not null
);

insert into order_status_generations (generation, serving, started_at) values (1, 1, 0);

create table order_statuses (
    generation bigint not null,
    order_id bigint not null,
    store_id bigint not null,
    customer_id text not null,
    total bigint not null,
    payment_id bigint not null,
    lines text not null,
    history text not null,
    -- How many changes the history has; guards against two writers of one order.
    revision bigint not null,
    primary key (generation, order_id)
);

create index order_statuses_of_customer on order_statuses (generation, customer_id, order_id);
