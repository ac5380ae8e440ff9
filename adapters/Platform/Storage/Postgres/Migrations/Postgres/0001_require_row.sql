-- Ends the transaction of a batch that misses a row it requires, with the batch's result as the message. The code is one that no standard and
-- no extension uses.
create function require_row(touched bigint, otherwise text) returns void language plpgsql as $$
begin
    if touched = 0 then
        raise exception using errcode = 'ZR001', message = otherwise;
    end if;
end
$$;
