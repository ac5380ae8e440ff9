create table members (
    number text not null primary key,
    customer_id text not null,
    name text not null,
    phone text not null,
    channel text not null,
    language text not null,
    signed_up_at bigint not null,
    withdrawn_at bigint,
    version bigint not null,
    -- The request that asked for it; the fingerprint is forgotten with the member.
    caller text,
    idempotency_key text,
    fingerprint text
);

create unique index members_by_key on members (caller, idempotency_key) where idempotency_key is not null;
