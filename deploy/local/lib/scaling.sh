# More and fewer replicas while the platform runs.

# Brings NAME to so many replicas: those that come are ready before anybody hears of them, those that go are heard of no more before they go.
scale() {
  local name=$1 number free='' came=() went=()
  replicas_of "$name"
  for number in "${replicas[@]}"; do
    if ((number > $2)); then went+=("$number"); fi
  done
  for ((number = 1; number <= $2; number++)); do
    if [[ ! -e $run/$name-$number.ports ]]; then came+=("$number"); fi
  done
  for number in "${came[@]}"; do
    assign_replica "$name" "$number"
    supervise "$name" "$number"
  done
  for number in "${came[@]}"; do await_ready "$name" "$number"; done
  for number in "${went[@]}"; do rm -f "$run/$name-$number.ports"; done
  write_settings
  if ((${#went[@]})); then
    # The others notice the new list within half a second.
    sleep 1
    stop "${went[@]/#/$name-}"
  fi
}

# Ends one process as if the platform stopped, and starts it anew.
restart() {
  local name=${1%-*} number=${1##*-} pid before
  lives "$known/$1.supervisor" || fail "there is no $1 on $dir"
  { read -r before < "$run/$1.pid"; } 2> /dev/null || before=''
  kill -USR1 "$pid"
  await 60 "$1" reborn "$1" "$before"
  if [[ ${program[$name]-} ]]; then await_ready "$name" "$number"; fi
  echo "$1 has been restarted: process $(<"$run/$1.pid")"
}

reborn() {
  local pid
  { read -r pid < "$run/$1.pid"; } 2> /dev/null && [[ $pid != "$2" ]]
}
