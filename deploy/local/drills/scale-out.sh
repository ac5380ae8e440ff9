# Pay from 1 to 3 under load: what one could not take three take, each its share, and nobody else is restarted

exercise() {
  # One Pay can have so many payments under way.
  begin Pay:ProviderCallsAtOnce=20
  local others entry one number shares=()
  entry=$(rest order-1) others=$(processes_without pay-1 pay-2 pay-3)
  warm_up "$entry"
  # Who is refused comes again after a moment, so that all together ask for some 60 payments a second, and three Pays do not need all their places.
  order_for 'with one Pay' 60 "$(seconds 10 3)" "$entry" -d1
  one=$rate

  keep_ordering 'while scaling' 60 "$entry" -d1
  "$here/scale" --data "$dir" pay=3 > /dev/null
  stop_users 'while scaling' 3
  count_orders 'while scaling'
  local before=("$(paid_by 1)" "$(paid_by 2)" "$(paid_by 3)")
  order_for 'with three' 60 "$(seconds 20 5)" "$entry" -d1
  for number in 1 2 3; do shares+=($(($(paid_by "$number") - before[number - 1]))); done
  echo "payments taken by each: ${shares[*]}"
  for number in "${shares[@]}"; do demand "a Pay took only $number of $answered payments" "$number > $answered / 6"; done
  demand "three Pays took $rate orders/s, one $one" "$rate > 1.5 * $one"
  demand "only $availability % were answered by three" "$availability >= $(seconds 99 95)"
  [[ $others == "$(processes_without pay-1 pay-2 pay-3)" ]] || unmet+=('another process was restarted')
  check_books
}

# How many payments a replica has been asked for.
paid_by() {
  curl -s --noproxy '*' --max-time 10 "$(rest "pay-$1")/metrics" |
    awk '/^http_server_request_duration_seconds_count.*ApprovePayment/ { calls += $NF } END { print calls + 0 }'
}
