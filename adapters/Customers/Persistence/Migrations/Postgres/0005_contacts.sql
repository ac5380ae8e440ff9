-- How the owners of stores want to be told.
create table owner_contacts (
    store_id bigint not null primary key,
    phone text not null,
    channel text not null,
    language text not null
);

-- Under which name the contacts know the recipient; empty for nobody.
alter table notifications add column addressee text not null default '';
-- Chosen when it was written; channel is what it was told by.
alter table notifications add column via text not null default 'console';
alter table notifications add column template text not null default '';
-- How often anybody has taken it up.
alter table notifications add column claims bigint not null default 0;

create index notifications_given_up on notifications (id) where state = 2;
