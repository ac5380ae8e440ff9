# What a supervisor is told about the process that it keeps: $command, how many seconds it may take to end ($patience), where its liveness is probed
# ($probe), the settings Supervisor:… of NAME=VALUE, and before whom it gives way.

read_supervision() {
  local ports told
  read -ra ports < "$run/$me.ports"
  patience=25 gives_way=yes probe='' period=2000 threshold=3 timeout=2
  shortest=200 longest=5000 stable=10
  case $name in
    postgres) command=("$here/programs/postgres" "$dir" "${ports[0]}") ;;
    redis | zookeeper) command=("$here/programs/$name" "$dir" "${ports[0]}") ;;
    kafka) command=("$here/programs/kafka" "$dir" "${ports[0]}" "$(<"$run/zookeeper-1.ports")") ;;
    *) command=("$here/programs/service" "$dir" "$name" "$number") probe=http://localhost:${ports[0]}/healthz/live ;;
  esac
  while IFS= read -r told; do
    case ${told,,} in
      supervisor:probeseconds=*) period=$(awk -v s="${told#*=}" 'BEGIN { printf "%d", s * 1000 }') ;;
      supervisor:probetimeoutseconds=*) timeout=${told#*=} ;;
      supervisor:probefailures=*) threshold=${told#*=} ;;
      supervisor:givesway=*) gives_way=${told#*=} ;;
    esac
  done < "$run/overrides"
}

# Whether the process answers its probe in time.
answers() { curl -fso /dev/null --noproxy '*' --max-time "$timeout" "$probe"; }

# Lets the service step back behind others for processors, if the table says so. Once it has started: on a machine without a processor to spare it would
# otherwise take a while to come back. The kernel weighs sessions before it weighs processes, and a service has one of its own.
give_way() {
  local nice
  [[ ${gives_way,,} == yes ]] || return 0
  read_table
  nice=${niceness[$name]-0}
  ((nice)) || return 0
  renice -n "$nice" -p $(ls "/proc/$child/task") > /dev/null
  { printf '%s' "$nice" > "/proc/$child/autogroup"; } || true
} 2> /dev/null
