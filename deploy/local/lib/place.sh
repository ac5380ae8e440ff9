# Where everything of one running platform lies, and its lock.

# Names of files are UTF-8, whatever language whoever starts this speaks.
export LC_ALL=C.UTF-8

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Sets $dir and what is in it, from DIR.
settle_in() {
  dir=$(realpath -m -- "$1") run=$dir/run known=$dir/run/known logs=$dir/log
}

# One at a time may change what runs; waits for it, if told to, so many SECONDS.
lock() {
  exec 8> "$run/lock"
  flock -w "${1:-0}" 8 || fail "another command is at work on $dir"
}
