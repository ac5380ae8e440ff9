create table accounts (
    name text primary key,
    balance bigint not null,
    version bigint not null
);
