# Ports of this machine.

# Whether somebody listens on PORT.
taken() {
  local hex
  printf -v hex '%04X' "$1"
  grep -qE "^ *[0-9]+: [0-9A-F]+:$hex [0-9A-F]+:0000 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

declare -A given=()

# A port that nobody listens on, into $port: below those that the system hands out for outgoing connections, so that a process that is down keeps its own.
free_port() {
  local tries
  for ((tries = 0; tries < 1000; tries++)); do
    port=$((15000 + SRANDOM % 17000))
    [[ ${given[$port]-} ]] || taken "$port" || { given[$port]=yes; return 0; }
  done
  fail "no free port was found"
}
