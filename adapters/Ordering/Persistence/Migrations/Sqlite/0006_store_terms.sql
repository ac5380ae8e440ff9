-- On what terms the stores sell, beside their menus; a store that is not here has said nothing of them.
create table store_terms (
    store_id integer primary key,
    revision integer not null,
    terms blob not null
);

alter table attempts add column delivery_fee integer not null default 0;
alter table attempts add column discount integer not null default 0;
alter table orders add column delivery_fee integer not null default 0;
alter table orders add column discount integer not null default 0;
