# 100 users order without a pause, at Order and through the gateway: 180 orders/s, 99.9 % answered, none slower than 2 s

exercise() {
  begin
  warm_up "$(rest order-1)"
  order_for 'at Order' 100 "$(seconds 60 16)" "$(rest order-1)"
  judge
  sign_in
  warm_up "$(rest gateway-1)"
  order_for 'through the gateway' 100 "$(seconds 60 6)" "$(rest gateway-1)" "${bearer[@]}"
  judge
  check_books
}

judge() {
  demand "only $availability % were answered" "$availability >= $(seconds 99.9 99)"
  demand "the longest took $longest s" "$longest < $(seconds 2 5)"
  demand_of_long "only $rate orders/s" "$rate >= 180"
}
