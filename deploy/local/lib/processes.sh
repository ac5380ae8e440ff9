# What runs. A number alone may belong to another process by now, so that a process is remembered by its number and its time of birth.

# The time at which PID began, in ticks since the machine did, into $born; false if it has ended.
begun() {
  local stat
  { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 1
  local fields=(${stat##*) })
  [[ ${fields[0]} != [ZX] ]] && born=${fields[19]}
}

# Remembers PID in FILE.
remember() {
  local born
  begun "$2" && printf '%s %s\n' "$2" "$born" > "$1.new" && mv "$1.new" "$1"
}

# Whether the process that FILE remembers lives; its number into $pid.
lives() {
  local at born
  { read -r pid at < "$1"; } 2>/dev/null && begun "$pid" && [[ $born == "$at" ]]
}

# What asks a process of NAME to end. PostgreSQL would wait for its clients, if it were asked by SIGTERM.
ending_signal() { case $1 in postgres*) echo INT ;; *) echo TERM ;; esac; }

# Ends the process that FILE remembers and that nobody supervises, and kills it after SECONDS.
put_down() {
  local pid end=$((SECONDS + $2))
  lives "$1" || return 0
  kill -s "$(ending_signal "${1##*/}")" "$pid" 2>/dev/null
  kill -CONT "$pid" 2>/dev/null
  while lives "$1" && ((SECONDS < end)); do sleep 0.1; done
  lives "$1" && kill -KILL "$pid" 2>/dev/null
  while lives "$1"; do sleep 0.05; done
}
