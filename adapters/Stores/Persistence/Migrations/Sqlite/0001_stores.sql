create table stores (
    store_id integer primary key,
    name text not null,
    kind integer not null,
    cancellation_rule integer not null
);

create table menus (
    store_id integer primary key,
    revision bigint not null,
    last_dish_id bigint not null,
    dishes text not null
);

create table tickets (
    order_id integer primary key,
    store_id bigint not null,
    lines text not null,
    address text not null,
    status integer not null,
    ended integer not null,
    version bigint not null,
    reason text not null,
    opened_at bigint not null,
    changed_at bigint not null,
    delivery_status integer,
    delivery_started_at bigint,
    delivery_ended_at bigint,
    -- Of its latest change.
    position bigint not null default 0
);

create index tickets_of_store on tickets (store_id, order_id);
create index open_tickets on tickets (position) where ended = 0;
create index open_tickets_of_store on tickets (store_id, position) where ended = 0;

-- Every change of every ticket, in the order in which they are told; never deleted, so that a watch can resume anywhere.
create table ticket_changes (
    position integer primary key autoincrement,
    order_id bigint not null,
    store_id bigint not null,
    version bigint not null,
    status integer not null,
    reason text not null,
    changed_at bigint not null,
    delivery_status integer,
    delivery_started_at bigint,
    delivery_ended_at bigint,
    unique (order_id, version)
);

create index ticket_changes_of_store on ticket_changes (store_id, position);

-- Which change answers a repeated request to accept.
create table accepted_requests (
    caller text not null,
    key text not null,
    order_id bigint not null,
    version bigint not null,
    primary key (caller, key)
) without rowid;
