# Starting what is missing, and waiting for it.

# A supervisor for NAME NUMBER, which lives on when the terminal is gone.
supervise() {
  local tries
  setsid nohup "$here/lib/supervisor" "$dir" "$1" "$2" < /dev/null >> "$logs/supervisor.log" 2>&1 8>&- &
  for ((tries = 0; tries < 200; tries++)); do
    [[ -e $known/$1-$2.supervisor ]] && return
    sleep 0.02
  done
  fail "no supervisor for $1-$2: see $logs/supervisor.log"
}

start_servers() {
  local name tries bin
  for name in "${servers[@]}"; do supervise "$name" 1; done
  bin=$(postgres_programs)
  await 60 postgres-1 "$bin/pg_isready" -q -h 127.0.0.1 -p "$(<"$run/postgres-1.ports")"
  await 30 redis-1 eval '[[ $(redis-cli -p "$(<"$run/redis-1.ports")" ping 2> /dev/null) == PONG ]]'
}

start_services() {
  local name number
  for name in "${table[@]}"; do
    replicas_of "$name"
    for number in "${replicas[@]}"; do supervise "$name" "$number"; done
  done
  for name in "${table[@]}"; do
    replicas_of "$name"
    for number in "${replicas[@]}"; do await_ready "$name" "$number"; done
  done
}

# Asks again and again, for so many SECONDS.
await() {
  local seconds=$1 what=$2 end=$((SECONDS + $1)) births=0 last='' now
  shift 2
  until "$@"; do
    { read -r now < "$run/$what.pid"; } 2> /dev/null && [[ $now != "$last" ]] && last=$now && births=$((births + 1))
    if ((SECONDS >= end || births > 3)); then
      echo "$what was not ready within $seconds s, or kept dying; the end of $logs/$what.log:" >&2
      tail -n 5 "$logs/$what.log" >&2
      return 1
    fi
    sleep 0.1
  done
}

await_ready() {
  local ports
  read -ra ports < "$run/$1-$2.ports"
  await 90 "$1-$2" curl -fso /dev/null --noproxy '*' --max-time 5 "http://localhost:${ports[0]}/healthz/ready"
}

# A start that failed leaves nothing running.
give_up() {
  trap - EXIT
  stop_all
  exit 1
}
