# A system of the drill's own: started in a temporary folder on free ports, and gone with the drill however that ends.

# Payments take as long as testers know them to, and what nobody has heard the end of is given back soon. In the short form a payment may take longer:
# a busy machine must not make it look lost, nor a service that steps back behind others look dead.
usual=(Pay:Provider:DelayMinMs=400 Pay:Provider:DelayMaxMs=620 Order:Sweeper:AgeSeconds=10 Order:Sweeper:IntervalSeconds=1)
[[ ! $short ]] || usual+=(Order:Payments:TryTimeoutMilliseconds=2500 Order:Payments:TotalTimeoutMilliseconds=5000 Supervisor:ProbeFailures=10)

begin() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/drill.XXXXXX")
  settle_in "${data:-$work/system}"
  [[ ! -e $known ]] || fail "$dir is not new"
  trap finish EXIT
  trap 'exit 130' INT TERM
  local began=$SECONDS
  "$here/up" --data "$dir" --free-ports "${building[@]}" "${usual[@]}" "$@" > "$work/up.log" 2>&1 || { cat "$work/up.log" >&2; return 1; }
  echo "$drill: a system of its own is ready after $((SECONDS - began)) s; load of the machine $(cut -d ' ' -f 1 /proc/loadavg)"
}

finish() {
  local code=$? pid file
  trap '' INT TERM
  [[ $judged ]] || echo 'Verdict: failed: it broke off'
  ((code == 0)) || tell_logs >&2
  for file in "$work"/*.users "$work"/*.running; do
    if [[ -e $file ]]; then kill "$(cut -d ' ' -f 1 "$file")" 2> /dev/null || true; fi
  done
  for file in "$known"/*.supervisor; do
    if lives "$file"; then kill -CONT "$pid"; fi
  done
  "$here/down" --data "$dir" --at-once > /dev/null 2>&1 || true
  rm -rf "$work"
  exit "$code"
}

# What the system said last.
tell_logs() {
  local file
  for file in "$logs"/*.log; do
    [[ ! -e $file ]] || { echo "--- ${file##*/}" && tail -n 8 "$file" | cut -c 1-300; }
  done
}

# Where a process has its REST: rest order-1.
rest() {
  local ports
  read -ra ports < "$run/$1.ports"
  printf 'http://localhost:%s' "${ports[0]}"
}

# Keeps a process dead: nobody starts it again until it is let go.
hold_down() {
  local pid
  lives "$known/$1.supervisor"
  kill -STOP "$pid"
  kill -KILL "$(<"$run/$1.pid")"
}

# Returns when it is ready again.
let_go() {
  local pid before
  before=$(<"$run/$1.pid")
  lives "$known/$1.supervisor"
  kill -CONT "$pid"
  within 60 reborn "$1" "$before"
  within 60 ready "$1"
}

# Whether NAME is another process than the one that had this number.
reborn() {
  local now
  { read -r now < "$run/$1.pid"; } 2> /dev/null && [[ $now != "$2" ]]
}

ready() { curl -fso /dev/null --noproxy '*' --max-time 5 "$(rest "$1")/healthz/ready"; }

# Asks again and again, for so many SECONDS.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

# The numbers of all services' processes but those that are named, to see who was restarted.
processes_without() {
  local file name
  for file in "$run"/*.pid; do
    name=${file##*/} name=${name%.pid}
    [[ " $* " == *" $name "* ]] || printf '%s=%s ' "$name" "$(<"$file")"
  done
}
