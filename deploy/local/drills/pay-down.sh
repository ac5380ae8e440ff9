# Pay is down: every order is refused at once and leaves nothing; when it is back, orders succeed, with no restart

exercise() {
  begin
  local orders others entry
  others=$(processes_without pay-1) entry=$(rest order-1)
  warm_up "$entry"
  order_for 'while Pay is there' 50 "$(seconds 20 5)" "$entry"
  check_books
  orders=$(orders_in ordering 'select id from orders')

  hold_down pay-1
  order_once "$entry"
  echo "one order without Pay: $code after $took s, Retry-After $after"
  demand "an order without Pay was answered $code" "$code + 0 == 503"
  demand 'a refusal does not say when to come again' "${after:-0} > 0"
  demand "a refusal took $took s" "$took < $(seconds 1 3)"
  order_for 'while Pay is down' 20 "$(seconds 20 5)" "$entry" -d1
  demand "$answered orders were answered without Pay" "$answered == 0"
  demand "a refusal took $longest s" "$longest < $(seconds 1 3)"
  [[ $orders == "$(orders_in ordering 'select id from orders')" ]] || unmet+=('an order came into being without Pay')

  let_go pay-1
  local back=$SECONDS
  within 20 ordered "$entry" || unmet+=('no order succeeded within 20 s after Pay was back')
  echo "the first order succeeded $((SECONDS - back)) s after Pay was ready again"
  warm_up "$entry"
  order_for 'once Pay is back' 50 "$(seconds 20 6)" "$entry"
  demand "only $availability % were answered once Pay was back" "$availability >= $(seconds 99.9 99)"
  [[ $others == "$(processes_without pay-1)" ]] || unmet+=('another process was restarted')
  check_books
}
