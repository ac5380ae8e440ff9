# The table of services, read once from their descriptions. They stop in its order, those of one group together: who calls others goes before those whom it calls.

table=() groups=()
declare -A program=() niceness=() rest_setting=() rest_port=() grpc_setting=() grpc_port=()

read_table() {
  local group name project nice rest grpc
  while read -r group name project nice rest grpc; do
    table+=("$name")
    groups[group]+=" $name"
    program[$name]=$project niceness[$name]=$nice
    rest_setting[$name]=${rest%=*} rest_port[$name]=${rest#*=}
    grpc_setting[$name]=${grpc%=*} grpc_port[$name]=${grpc#*=}
  done < <(described)
}

# The development proxy is a mode of the gateway's program.
described() {
  {
    echo '0 proxy Gateway 0 Local:DoorPort=8080'
    awk '
      function tell() { if (name) print order, tolower(name), name, nice, name ":RestPort=" rest, grpc ? name ":GrpcPort=" grpc : "" }
      function number(key) { return match($0, "\"" key "\": [0-9]+") ? substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 4) : "" }
      FNR == 1 { tell(); name = FILENAME; sub(/.*\//, "", name); sub(/\..*/, "", name); order = nice = rest = grpc = "" }
      number("StopOrder") { order = number("StopOrder"); nice = number("Niceness") }
      number("RestPort") { rest = number("RestPort"); grpc = number("GrpcPort") }
      END { tell() }' "$repository"/services/*/*.service.json
  } | sort -s -n -k 1,1
}

# The numbers of a service's replicas that ought to run, in their order, into $replicas.
replicas_of() {
  local file
  replicas=()
  for file in "$run/$1"-*.ports; do
    [[ -e $file ]] && file=${file##*-} && replicas+=("${file%.ports}")
  done
  mapfile -t replicas < <(printf '%s\n' "${replicas[@]}" | sed '/^$/d' | sort -n)
}
