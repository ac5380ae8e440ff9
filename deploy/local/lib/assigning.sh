# Who gets which port.

servers=(postgres redis zookeeper kafka)

# Ports for everything: free ones for servers and further replicas.
assign_ports() {
  local name number port value
  for name in "${servers[@]}"; do
    free_port
    echo "$port" > "$run/$name-1.ports"
  done
  chosen_value environment Development
  printf '%s\n' "$value" > "$run/environment"

  # Neither the development proxy nor Identity exists outside Development, and who has another provider of tokens needs none.
  if [[ $value != Development ]]; then wanted[proxy]=0; fi
  if is_chosen Auth:Authority || [[ $value != Development ]] && ! is_chosen Identity:OutsideDevelopment; then wanted[identity]=0; fi
  for name in "${table[@]}"; do
    for ((number = 1; number <= wanted[$name]; number++)); do assign_replica "$name" "$number"; done
  done
}

assign_replica() {
  local port ports
  first_or_free "$1" "$2" "${rest_setting[$1]}" "${rest_port[$1]}"
  ports=$port
  if [[ ${grpc_setting[$1]} ]]; then
    first_or_free "$1" "$2" "${grpc_setting[$1]}" "${grpc_port[$1]}"
    ports+=" $port"
  fi
  echo "$ports" > "$run/$1-$2.ports"
}

# The first replica has the usual port, or what NAME=VALUE says; 0 is any free one.
first_or_free() {
  local value
  chosen_value "$3" "$([[ $free ]] && echo 0 || echo "$4")"
  port=$value
  [[ $port =~ ^[0-9]{1,5}$ ]] || fail "$3 is '$port'; it must be a port"
  if [[ $2 != 1 || $port == 0 ]]; then
    free_port
  elif taken "$port"; then
    fail "port $port is taken by another program; free it, or choose another one for $1 with $3=PORT, or --free-ports for all"
  fi
}
