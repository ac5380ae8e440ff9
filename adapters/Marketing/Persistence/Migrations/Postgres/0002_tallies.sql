-- Which counts there are: those that serve, and at most some that are being built.
create table tally_generations (
    generation bigint not null primary key,
    serving bigint not null unique check (serving in (0, 1)),
    started_at bigint not null,
    -- How scores are weighed: an order of the landmark's moment weighs 1, one of a half-life later twice that. Set by the first order.
    landmark bigint,
    half_life bigint
);

insert into tally_generations (generation, serving, started_at) values (1, 1, 0);

create table tallied_orders (
    generation bigint not null,
    order_id bigint not null,
    -- 1 counted, 2 taken back.
    state bigint not null,
    -- Null for an order that was taken back before it came.
    store_id bigint,
    customer_id text,
    dishes text,
    placed_at bigint,
    primary key (generation, order_id)
);

create table customer_tastes (
    generation bigint not null,
    customer_id text not null,
    taste text not null,
    -- Counts the changes; guards against two writers of one customer.
    revision bigint not null,
    primary key (generation, customer_id)
);

create table dish_scores (
    generation bigint not null,
    store_id bigint not null,
    dish_id bigint not null,
    score double precision not null,
    times bigint not null,
    primary key (generation, store_id, dish_id)
);

create index dish_scores_best on dish_scores (generation, score desc);

create table store_scores (
    generation bigint not null,
    store_id bigint not null,
    score double precision not null,
    times bigint not null,
    primary key (generation, store_id)
);

create index store_scores_best on store_scores (generation, score desc);

-- Every pair stands here twice, once for each dish.
create table dish_pairs (
    generation bigint not null,
    store_id bigint not null,
    dish_id bigint not null,
    with_store_id bigint not null,
    with_dish_id bigint not null,
    score double precision not null,
    times bigint not null,
    primary key (generation, store_id, dish_id, with_store_id, with_dish_id)
);

create index dish_pairs_best on dish_pairs (generation, store_id, dish_id, score desc);
