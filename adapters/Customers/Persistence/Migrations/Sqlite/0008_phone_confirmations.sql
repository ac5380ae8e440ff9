-- What shows that a telephone is whose number it is said to be: a code that was sent there and came back.
create table phone_confirmations (
    -- 1 a member's, 2 a store's owner's.
    role bigint not null,
    -- The member's number, or the store's.
    addressee text not null,
    phone text not null,
    -- Of the code that is waited for; null for none.
    code_hash text,
    code_expires_at bigint,
    tries_left bigint not null,
    confirmed_at bigint,
    version bigint not null,
    primary key (role, addressee)
);

-- Who was told by telephone before there were codes is told as before: these numbers count as confirmed, members' since they signed up, owners' since ever.
insert into phone_confirmations (role, addressee, phone, tries_left, confirmed_at, version)
select 1, number, phone, 0, signed_up_at, 1 from members where withdrawn_at is null and phone <> '';

insert into phone_confirmations (role, addressee, phone, tries_left, confirmed_at, version)
select 2, cast(store_id as text), phone, 0, 0, 1 from owner_contacts where phone <> '';
