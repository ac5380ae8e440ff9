# Store hangs: its supervisor replaces it at the liveness threshold and not before, no customer notices, no order is lost

exercise() {
  begin Supervisor:ProbeSeconds=2 Supervisor:ProbeTimeoutSeconds=2 Supervisor:ProbeFailures=3
  local sick began healed
  warm_up "$(rest order-1)"
  keep_ordering 'while Store is sick' 50 "$(rest order-1)"
  sick=$(<"$run/store-1.pid")
  kill -STOP "$sick"
  sleep 3
  kill -CONT "$sick"
  sleep 3
  [[ $(<"$run/store-1.pid") == "$sick" ]] || unmet+=('it was replaced after one probe that failed')

  kill -STOP "$sick"
  began=$SECONDS
  within 60 reborn store-1 "$sick" || unmet+=('it was not replaced')
  healed=$((SECONDS - began))
  echo "Store was replaced $healed s after it had begun to hang"
  within 60 ready store-1
  stop_users 'while Store is sick' "$(seconds 60 16)"
  count_orders 'while Store is sick'
  grep -q "store-1: process $sick does not answer its liveness probe" "$logs/supervisor.log" || unmet+=('it was not its liveness that it was replaced for')
  demand "it was replaced after $healed s" "$healed >= 4 && $healed <= $(seconds 15 40)"
  demand "only $availability % were answered" "$availability >= $(seconds 99.9 99)"
  demand "the longest took $longest s" "$longest < $(seconds 2 5)"
  check_books
}
