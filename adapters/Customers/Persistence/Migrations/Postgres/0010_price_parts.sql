-- What the total is made of beside the dishes; orders from before there were fees have neither.
alter table order_statuses add column delivery_fee bigint not null default 0;
alter table order_statuses add column discount bigint not null default 0;
