create table notifications (
    id integer primary key autoincrement,
    order_id bigint not null,
    version bigint not null,
    -- 1 the customer's, 2 the owner's.
    role integer not null,
    status text not null,
    recipient text not null,
    text text not null,
    -- 0 pending, 1 sent, 2 given up.
    state integer not null,
    attempts integer not null,
    -- Nobody else takes it before.
    held_until bigint not null,
    claim text,
    channel text,
    sent_at bigint,
    unique (order_id, version, role)
);

create index notifications_due on notifications (held_until, id) where state = 0;
create index notifications_claimed on notifications (claim) where state = 0;
create index notifications_waiting on notifications (order_id, role, version) where state = 0;
create index notifications_sent on notifications (id) where state = 1;
create index notifications_sent_of_order on notifications (order_id, id) where state = 1;
