create table menus (
    store_id bigint not null primary key,
    revision bigint not null
);

create table dishes (
    store_id bigint not null,
    dish_id bigint not null,
    names text not null,
    price bigint not null,
    sold_out bigint not null,
    primary key (store_id, dish_id)
);
