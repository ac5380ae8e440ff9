create table changes (
    key text not null,
    number bigint not null,
    primary key (key, number)
);
