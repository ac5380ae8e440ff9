# Where everything of one running platform lies, and its lock.

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Sets $dir and what is in it, from DIR.
settle_in() {
  dir=$(realpath -m -- "$1") run=$dir/run known=$dir/run/known logs=$dir/log
}

# One at a time may change what runs.
lock() {
  exec 8> "$run/lock"
  flock -n 8 || fail "another command is at work on $dir"
}
