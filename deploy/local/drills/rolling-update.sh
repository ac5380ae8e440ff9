# A new version of every service under 100 users, replica by replica behind the gateway: every request is answered, none slower than 2 s

# The users look at an answer for up to a second. It is no drill of overload: what starts anew needs a
# processor besides, and a while until it is as fast as the others. So every service has its first replica
# replaced before any has its second one: meanwhile the new one has become fast.

exercise() {
  local entry one new former users doubled=()
  for one in "${table[@]}"; do
    [[ $one == @(gateway|proxy) || ! ${grpc_setting[$one]} ]] || doubled+=("$one")
  done
  users=$(seconds 80 12)
  # Who steps back on a machine that only starts programs is not reached at all.
  begin --replicas "$(IFS=, && echo "${doubled[*]/%/=2}")" "Shutdown:DrainDelay=$(seconds 3 2)" "Supervisor:GivesWay=$(seconds yes no)"
  entry=$(rest gateway-1)
  sign_in
  warm_up "$entry"
  # What is replaced has been in service for a while.
  order_for service "$users" "$(seconds 15 4)" "$entry" -d1 "${bearer[@]}"
  new_version
  pages > "$work/pages"

  keep_ordering orders "$users" "$entry" -d1 "${bearer[@]}"
  keep_on reads "$(seconds 20 4)" -i -d1 -f "$work/pages" "${bearer[@]}"
  for one in $(replaceable); do
    former=$(<"$run/$one.pid")
    "$here/restart" --data "$dir" --programs "$new" "$one" || unmet+=("$one did not come back")
    reborn "$one" "$former" || unmet+=("$one was not replaced")
    within 30 in_service || unmet+=("the gateway did not find $one again")
    sleep "$(seconds 10 0)"
    [[ $(tr '\0' ' ' < "/proc/$(<"$run/$one.pid")/cmdline") == *" $work/new/"* ]] || unmet+=("$one is not the new version")
  done
  enough reads
  stop_users orders "$(seconds 60 16)"
  stop_users reads 0
  curl -s --noproxy '*' "$entry/metrics" | sed -nE 's/^http_server_request_duration_seconds_count\{(.*)\} /\1 /p' | grep -v 'status_code="2' >&2 || true
  count_orders orders
  judge
  read_load reads
  judge
  check_books
}

# What a customer reads, and what may be read of the services that came later.
pages() {
  local path
  printf '%s\n' "$entry/orders" "$entry/orderStatuses" "$entry/stores"
  sed -nE '/"(Order|Pay|Store|Customer) /d; s|.*"[A-Za-z]+ GET[A-Z,]* (/[A-Za-z]+)".*|\1|p' "$repository"/services/*/*.service.json | while read -r path; do
    ! curl -fso /dev/null --noproxy '*' --max-time 5 "${bearer[@]}" "$entry$path?customerId=demo-customer" || echo "$entry$path?customerId=demo-customer"
  done
}

judge() {
  demand "only $availability % were answered" "$availability == 100"
  demand "the longest took $longest s" "$longest < $(seconds 2 5)"
}

# Every service, in the order in which they stop, first replicas first. Not the gateway, which is where the users come in: replacing it takes a balancer before it.
replaceable() {
  sed -nE '/^gateway-/d; s/^([a-z]+-[0-9]+) http.*/\1/p' "$run/addresses" | sort -s -t - -k 2,2n
}

# Whether the gateway would send calls to as many replicas as there are: whoever takes the next one before that takes more than one at a time.
in_service() {
  curl -s --noproxy '*' --max-time 5 "$entry/metrics" | awk -F '"' '
    FNR == NR { sub(/-.*/, ""); there[$0]++; next }
    /^fooddelivery_gateway_replicas\{/ { said++; service = tolower($2); sub(/-rpc$/, "", service); if (substr($3, 3) + 0 < there[service]) missing++ }
    END { exit !said || missing }' "$run/addresses" -
}

# The same programs once more in another folder, into $new: what is proved is the way of replacing them.
new_version() {
  local old name
  old=$(<"$run/programs")
  if [[ $old != *{program\}* ]]; then
    new=$work/new
    link_all "$old" "$new"
    return
  fi
  new=$work/new/{program\}
  for name in "${program[@]}"; do
    if [[ -d ${old//\{program\}/$name} ]]; then link_all "${old//\{program\}/$name}" "$work/new/$name"; fi
  done
}

link_all() {
  mkdir -p "$2"
  cp -al "$1/." "$2" 2> /dev/null || cp -a "$1/." "$2"
}
