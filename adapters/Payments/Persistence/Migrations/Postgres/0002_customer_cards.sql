-- The cards that customers have registered with a provider, as it calls them.
create table customer_cards
(
    customer_id   text   not null primary key,
    customer_key  text   not null,
    billing_key   text   not null,
    registered_at bigint not null
);

-- What tells the orders of this installation from those of another with the same provider.
create table provider_installation
(
    singleton bigint not null primary key check (singleton = 1),
    name      text   not null
);
