-- The keys that texts in the log's records are sealed with, as the log's topic of keys has them; one that was thrown away there goes here too.
create table text_keys (
    id text primary key,
    record_key text not null,
    secret bytea not null
);

create index text_keys_by_record on text_keys (record_key);

-- How far that topic has been read.
create table text_key_positions (
    topic text primary key,
    position bigint not null
);
