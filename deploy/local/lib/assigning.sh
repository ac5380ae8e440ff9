# Who gets which port.

servers=(postgres redis zookeeper kafka)

# Ports for everything: free ones for servers and further replicas.
assign_ports() {
  local name number port
  for name in "${servers[@]}"; do
    free_port
    echo "$port" > "$run/$name-1.ports"
  done
  chosen_port environment Development
  printf '%s\n' "$port" > "$run/environment"

  # The open door exists in Development alone.
  if [[ $port != Development ]]; then wanted[door]=0; fi
  for name in "${table[@]}"; do
    for ((number = 1; number <= ${wanted[$name]}; number++)); do assign_replica "$name" "$number"; done
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
  chosen_port "$3" "$([[ $free ]] && echo 0 || echo "$4")"
  if [[ $2 != 1 || $port == 0 ]]; then
    free_port
  elif taken "$port"; then
    fail "port $port is taken by another program; free it, or choose another one for $1 with $3=PORT, or --free-ports for all"
  fi
}
