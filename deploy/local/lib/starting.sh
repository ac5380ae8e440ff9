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
  make_topic_of_keys
  await 30 redis-1 eval '[[ $(redis-cli -p "$(<"$run/redis-1.ports")" ping 2> /dev/null) == PONG ]]'
}

# Kafka 0.9 makes topics when they are first used, and not compacted. That of the keys which texts are sealed with must be, or those that were thrown away would
# stay in its files. As Kafka:ForgetKeysWithin is for brokers that are asked for it.
make_topic_of_keys() {
  local value topic
  chosen_value Kafka:SealTexts false
  [[ ${value,,} == true ]] || return 0
  chosen_value Kafka:Prefix ''
  topic=${value}fooddelivery.keys
  [[ -d $dir/kafka/log/$topic-0 ]] || await 60 kafka-1 ask_for_topic_of_keys "$topic"
}

ask_for_topic_of_keys() (
  { cd "$dir/kafka" && exec 3<> "/dev/tcp/127.0.0.1/$(<"$run/kafka-1.ports")" && run_java 128m kafka.admin.TopicCommand \
    --zookeeper "127.0.0.1:$(<"$run/zookeeper-1.ports")" --create --topic "$1" --partitions 1 --replication-factor 1 \
    --config cleanup.policy=compact --config segment.ms=43200000 --config min.cleanable.dirty.ratio=0 --config delete.retention.ms=3153600000000; } > /dev/null 2>&1
)

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
