-- A payer's payments by their orders' numbers.
create index payments_of_payer_by_order on payments (payer, order_id);
