# The settings that all services read from one file, and read again when it changes: where the servers are, where each other is, and what
# NAME=VALUE says on top.

declare -A chosen=()

# NAME=VALUE of the command line, one a line in DIR/run/overrides. Who says a name twice, in whatever letters, means the last.
read_overrides() {
  local line name said
  chosen=()
  while IFS= read -r line; do
    said=${line%%=*}
    for name in "${!chosen[@]}"; do
      if [[ ${name,,} == "${said,,}" ]]; then unset "chosen[$name]"; fi
    done
    chosen[$said]=${line#*=}
  done < "$run/overrides"
}

# Whether NAME=VALUE has this setting, or a part of it.
is_chosen() {
  local name
  for name in "${!chosen[@]}"; do
    [[ ${name,,} == "${1,,}" || ${name,,} == "${1,,}:"* ]] && return 0
  done
  return 1
}

# What NAME=VALUE says of a setting, or else the usual value, into $value.
chosen_value() {
  local name
  value=$2
  for name in "${!chosen[@]}"; do
    if [[ ${name,,} == "${1,,}" ]]; then value=${chosen[$name]}; fi
  done
}

say_setting() {
  local value=${2//\\/\\\\}
  value=${value//\"/\\\"}
  printf '%s\n  "%s": "%s"' "$comma" "$1" "${value//$'\t'/\\t}"
  comma=,
}

# A setting that NAME=VALUE does not have.
usual_setting() { is_chosen "$1" || say_setting "$1" "$2"; }

# Where all replicas of a service are.
say_addresses() {
  local name=$1 prefix=${program[$1]} rest='' grpc='' number ports

  # Nobody calls the development proxy, which is the gateway's program.
  [[ $name != proxy ]] || return 0
  replicas_of "$name"
  for number in "${replicas[@]}"; do
    read -ra ports < "$run/$name-$number.ports"
    rest+=${rest:+,}http://localhost:${ports[0]}
    grpc+=${grpc:+,}http://localhost:${ports[1]-}
  done
  [[ $rest ]] || return 0
  usual_setting "$prefix:RestAddresses" "$rest"
  if [[ ${grpc_setting[$name]} ]]; then usual_setting "$prefix:Addresses" "$grpc"; fi
}

say_settings() {
  local comma='' name
  printf '{'
  usual_setting Data:Directory "$dir/data"
  usual_setting Storage:Provider Postgres
  usual_setting Storage:ConnectionString \
    "Host=127.0.0.1;Port=$(<"$run/postgres-1.ports");Username=postgres;Password=$(<"$dir/postgres.password");Database=food_{name}"
  usual_setting Log:Provider Kafka
  usual_setting Kafka:BootstrapServers "127.0.0.1:$(<"$run/kafka-1.ports")"

  # What Kafka 0.9 does not know.
  usual_setting Kafka:CreateTopics false
  usual_setting Kafka:Client:api.version.request false
  usual_setting Kafka:Client:broker.version.fallback 0.9.0.1

  usual_setting View:Provider Redis
  usual_setting Redis:Configuration "127.0.0.1:$(<"$run/redis-1.ports")"
  if [[ -e $run/identity-1.ports ]]; then usual_setting Auth:Authority "http://localhost:$(<"$run/identity-1.ports")"; fi
  for name in "${table[@]}"; do say_addresses "$name"; done
  for name in "${!chosen[@]}"; do
    is_own_port "$name" || say_setting "$name" "${chosen[$name]}"
  done
  printf '\n}\n'
}

# Whether a setting is the port of a first replica, which the others must not take for theirs.
is_own_port() {
  local name
  for name in "${table[@]}"; do
    [[ ${1,,} == "${rest_setting[$name],,}" || ${1,,} == "${grpc_setting[$name],,}" ]] && return 0
  done
  return 1
}

# Writes the file in one step, and beside it where everything is, for people and programs to read.
write_settings() {
  local file name number port
  say_settings > "$run/settings.json.new" && mv "$run/settings.json.new" "$run/settings.json"
  for name in postgres redis zookeeper kafka; do
    printf '%s-1 127.0.0.1:%s\n' "$name" "$(<"$run/$name-1.ports")"
  done > "$run/addresses.new"
  for name in "${table[@]}"; do
    replicas_of "$name"
    for number in "${replicas[@]}"; do
      printf '%s-%s' "$name" "$number"
      for port in $(<"$run/$name-$number.ports"); do printf ' http://localhost:%s' "$port"; done
      printf '\n'
    done
  done >> "$run/addresses.new"
  mv "$run/addresses.new" "$run/addresses"
}
