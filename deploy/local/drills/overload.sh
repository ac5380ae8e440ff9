# 100 users order without a pause, at Order and through the gateway: 180 orders/s, 99.9 % answered, none slower than 2 s

exercise() {
  begin
  warm_up "$(rest order-1)"
  overload 'at Order' 12 "$(rest order-1)"
  judge
  sign_in
  warm_up "$(rest gateway-1)"
  overload 'through the gateway' 4 "$(rest gateway-1)" "${bearer[@]}"
  judge
  check_books
}

# As the testers type it: siege -c100 -t60S -r10. In the short form, which must always end, a number of requests instead of a time: overload RUN SECONDS ADDRESS …
overload() {
  if [[ $short ]]; then order_for "$1" 100 "${@:2}"; else order_as_typed "$1" 60 "${@:3}"; fi
}

judge() {
  demand "only $availability % were answered" "$availability >= $(seconds 99.9 99)"
  demand "the longest took $longest s" "$longest < $(seconds 2 5)"
  demand_of_long "only $rate orders/s" "$rate >= 180"
}
