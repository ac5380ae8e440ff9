-- On what terms the stores sell, beside their menus; a store that is not here has said nothing of them.
create table store_terms (
    store_id integer primary key,
    revision integer not null,
    terms blob not null
);

-- A row here means that the log was read for terms: a version before this has passed them by.
create table store_terms_caught_up (
    id integer primary key check (id = 1),
    at integer not null
);

alter table attempts add column delivery_fee integer not null default 0;
alter table attempts add column discount integer not null default 0;
alter table orders add column delivery_fee integer not null default 0;
alter table orders add column discount integer not null default 0;
