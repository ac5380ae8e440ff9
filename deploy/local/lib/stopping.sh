# Stopping, in an order in which nobody misses whom it calls.

# Whether anything of DIR runs and is looked after.
running() {
  local file pid
  for file in "$known"/*.supervisor; do
    if lives "$file"; then return 0; fi
  done
  return 1
}

# Ends processes by their names (order-1 …), at the same time, by way of their supervisors.
stop() {
  local one pid end=$((SECONDS + 40))
  for one; do
    if lives "$known/$one.supervisor"; then kill -TERM "$pid"; fi
  done
  for one; do
    while lives "$known/$one.supervisor" && ((SECONDS < end)); do sleep 0.05; done
    if lives "$known/$one.supervisor"; then kill -KILL "$pid"; fi

    # What outlived its supervisor.
    put_down "$known/$one" 20
    rm -f "$known/$one" "$known/$one.supervisor" "$run/$one.pid" "$run/$one.ports"
  done
}

# The names of all processes of NAME … that are known of, into $ones.
known_of() {
  local name file
  ones=()
  for name; do
    for file in "$known/$name"-*; do
      file=${file##*/} file=${file%.supervisor}
      if [[ $file =~ ^$name-[0-9]+$ && " ${ones[*]} " != *" $file "* ]]; then ones+=("$file"); fi
    done
  done
}

# Everything, and what a crash has left behind: the services in their order, or all of them at the same time with stop_all at-once.
stop_all() {
  local group ones services=("${groups[@]}")
  [[ ! ${1-} ]] || services=("${groups[*]}")
  for group in "${services[@]}" kafka 'zookeeper redis postgres'; do
    known_of $group
    if ((${#ones[@]})); then stop "${ones[@]}"; fi
  done
  rm -f "$run"/*.ports "$run"/*.pid "$run/addresses"
}
