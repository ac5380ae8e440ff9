create table effects (
    position integer primary key autoincrement,
    key text not null,
    number bigint not null
);
