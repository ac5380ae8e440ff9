-- Restorations from the log: one that does not "serve" yet is going on.
create table ticket_restorations (
    generation bigint not null primary key,
    serving bigint not null unique check (serving in (0, 1)),
    started_at bigint not null
);

insert into ticket_restorations (generation, serving, started_at) values (1, 1, 0);

-- What was published of tickets, as far as the restoration that is going on has read it.
create table published_ticket_changes (
    generation bigint not null,
    order_id bigint not null,
    version bigint not null,
    store_id bigint not null,
    status bigint not null,
    reason text not null,
    changed_at bigint not null,
    primary key (generation, order_id, version)
);
