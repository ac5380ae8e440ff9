create table menus (
    store_id bigint primary key,
    revision bigint not null,
    menu bytea not null
);

-- A row here means that the replica has caught up once; until then nothing is sold from it.
create table menus_caught_up (
    id bigint primary key check (id = 1),
    at bigint not null
);
