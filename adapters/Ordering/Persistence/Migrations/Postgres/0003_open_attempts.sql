-- An attempt is closed by its number while it is open, for which the server takes this index, being the smallest; by the time alone it would read all that are open.
drop index attempts_open;
create index attempts_open on attempts (id, opened_at) where state = 'Open';
