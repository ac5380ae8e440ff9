create table menus (
    store_id integer primary key,
    revision integer not null,
    menu blob not null
);

-- A row here means that the replica has caught up once; until then nothing is sold from it.
create table menus_caught_up (
    id integer primary key check (id = 1),
    at integer not null
);
