# The table of services, read once.

table=() groups=()
declare -A program=() rest_setting=() rest_port=() grpc_setting=() grpc_port=()

read_table() {
  local name project nice rest grpc group=0
  while read -r name project nice rest grpc; do
    if [[ ! $name ]]; then group=$((group + 1)); fi
    [[ $name && $name != '#'* && -e $repository/services/$project/FoodDelivery.Services.$project.csproj ]] || continue
    table+=("$name")
    groups[group]+=" $name"
    program[$name]=$project
    rest_setting[$name]=${rest%=*} rest_port[$name]=${rest#*=}
    grpc_setting[$name]=${grpc%=*} grpc_port[$name]=${grpc#*=}
  done < "$here/services"
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
