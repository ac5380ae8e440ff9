# The testers' siege is typed again at once, five times, with the payments' delay and without: the last run is as good as the first

exercise() {
  begin
  local entry first
  entry=$(rest order-1)
  warm_up "$entry"
  again 'with the delay'
  curl -fso /dev/null --noproxy '*' --max-time 10 -X PUT -H 'Content-Type: application/json' -d '{"delayMinMs": 0, "delayMaxMs": 0}' "$(rest pay-1)/provider-simulator" ||
    unmet+=('the delay could not be switched off')
  again 'without the delay'
  check_books
}

# siege -c100 -t3S; in the short form, which must always end, a number of requests instead of a time: again HOW
again() {
  local turn run
  for turn in 1 2 3 4 5; do
    run="siege $turn $1"
    if [[ $short ]]; then order_for "$run" 100 1 "$entry"; else order_as_typed "$run" 3 "$entry"; fi
    demand "$run: only $availability % were answered" "$availability == 100"
    if ((turn == 1)); then first=$rate; fi
  done
  demand_of_long "$1 the last run had $rate orders/s, the first $first" "$rate >= 0.8 * $first"
}
