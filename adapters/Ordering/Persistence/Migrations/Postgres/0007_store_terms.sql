-- On what terms the stores sell, beside their menus; a store that is not here has said nothing of them.
create table store_terms (
    store_id bigint primary key,
    revision bigint not null,
    terms bytea not null
);

-- A row here means that the log was read for terms: a version before this has passed them by.
create table store_terms_caught_up (
    id bigint primary key check (id = 1),
    at bigint not null
);

alter table attempts add column delivery_fee bigint not null default 0;
alter table attempts add column discount bigint not null default 0;
alter table orders add column delivery_fee bigint not null default 0;
alter table orders add column discount bigint not null default 0;
