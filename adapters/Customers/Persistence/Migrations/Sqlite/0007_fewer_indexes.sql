-- Nearly all of them are sent, and an order has few: the key and the order's own index find them as well. Each index less is one entry less whenever one is
-- written, claimed and sent.
drop index notifications_sent;
drop index notifications_sent_of_order;
drop index notifications_waiting;
