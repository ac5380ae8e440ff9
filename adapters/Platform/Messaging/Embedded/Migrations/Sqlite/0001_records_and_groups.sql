-- The log. A position is given inside the writing transaction, of which there is one at a time, so positions become visible in their order.
create table records (
    position integer primary key autoincrement,
    topic text not null,
    key text not null,
    value blob not null
);

create index records_by_topic on records (topic, position);

-- How far each group has read; which of its members may read, and until when; how often it was sent back to the beginning.
create table consumer_groups (
    topic text not null,
    name text not null,
    position bigint not null,
    epoch bigint not null,
    member text,
    lease_until bigint not null,
    primary key (topic, name)
) without rowid;
