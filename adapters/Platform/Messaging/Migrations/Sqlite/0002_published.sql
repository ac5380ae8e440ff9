-- Events that the log has acknowledged, kept for a while in case it loses them. In the order in which they left the outbox.
create table published (
    sequence integer primary key,
    topic text not null,
    key text not null,
    value blob not null,
    published_at bigint not null
);
