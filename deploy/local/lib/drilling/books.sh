# What the contexts' databases say about all orders.

ask() {
  PGPASSWORD=$(<"$dir/postgres.password") "$(postgres_programs)/psql" -h 127.0.0.1 -p "$(<"$run/postgres-1.ports")" -U postgres -d "food_$1" -XAtqc "$2"
}

# How many orders a query finds, and which: equal if they are the same.
orders_in() { ask "$1" "select count(*), md5(string_agg(id::text, ',' order by id)) from ($2) as found(id)"; }

# Every order has its ticket and its payment, whoever was not given an order has no payment, and nothing is under way.
books_agree() {
  [[ $(ask ordering "select count(*) from attempts where state = 'Open'") == 0 ]] &&
    [[ $(ask payment "select count(*) from payments where status = 'refunding'") == 0 ]] &&
    [[ $(ask ordering "select count(*) from orders where cancellation in ('Requested', 'Rejected', 'Cancelled')") == 0 ]] &&
    [[ $(orders_in ordering 'select id from orders') == $(orders_in store 'select order_id from tickets') ]] &&
    [[ $(orders_in ordering "select id from orders where cancellation = 'None'") == $(orders_in payment "select order_id from payments where status = 'approved'") ]]
}

# Waits until they agree, which takes as long as the slowest consumer.
check_books() {
  within 90 books_agree || unmet+=('the books of Ordering, Payment and Store differ')
  local orders payments refunds tickets
  orders=$(ask ordering 'select count(*) from orders') tickets=$(ask store 'select count(*) from tickets')
  payments=$(ask payment "select count(*) from payments where status = 'approved'") refunds=$(ask payment "select count(*) from payments where status in ('refunded', 'voided')")
  echo "books: $acknowledged orders acknowledged, $orders placed, $payments paid, $refunds given back, $tickets tickets"
  demand 'an acknowledged order is missing, or one that siege did not tell of' "$orders >= $acknowledged + $unheard"
  demand 'there are orders that nobody can have placed' "$orders <= $acknowledged + $doubtful"
}
