create table entries (
    id integer primary key autoincrement,
    account text not null references accounts (name),
    note text
);

insert into accounts (name, balance, version) values ('till', 0, 1);
