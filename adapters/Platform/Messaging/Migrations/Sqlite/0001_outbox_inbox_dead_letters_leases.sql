-- Events that are durable but not yet in the log. A row goes when the log has acknowledged it.
create table outbox (
    sequence integer primary key autoincrement,
    topic text not null,
    key text not null,
    value blob not null
);

-- Events whose effect is in this database. Kept for ever: the log can be read again from its start.
create table inbox (
    consumer text not null,
    event_id text not null,
    primary key (consumer, event_id)
) without rowid;

-- Events that could not be handled, and those of the same key behind them.
create table dead_letters (
    id integer primary key autoincrement,
    consumer text not null,
    topic text not null,
    key text not null,
    event_id text not null,
    event_type text not null,
    error text not null,
    parked_at bigint not null,
    value blob not null,
    unique (consumer, event_id)
);

create index dead_letters_by_key on dead_letters (consumer, key, id);

-- Who may do what only one at a time may do.
create table leases (
    name text primary key,
    owner text not null,
    expires_at bigint not null
) without rowid;
