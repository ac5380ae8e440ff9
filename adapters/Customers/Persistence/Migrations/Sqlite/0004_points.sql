-- What each order has brought: its first change, and its second.
create table points_changes (
    order_id bigint not null,
    version bigint not null,
    membership_number text not null,
    -- 1 earned, 2 taken back.
    kind bigint not null,
    points bigint not null,
    at bigint not null,
    primary key (order_id, version)
);

create index points_changes_of_member on points_changes (membership_number, at, order_id, version) where points <> 0;

-- The sum of a member's changes.
create table points_accounts (
    membership_number text not null primary key,
    points bigint not null
);
