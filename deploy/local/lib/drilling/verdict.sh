# What a drill demands, and whether it was met.

unmet=() judged=''

# demand WHAT-IS-WRONG-OTHERWISE CONDITION, as awk reads it.
demand() { awk "BEGIN { exit !($2) }" || unmet+=("$1"); }

# What says something about a quiet machine only.
demand_of_long() { [[ $short ]] || demand "$@"; }

verdict() {
  judged=yes
  local one why=''
  for one in "${unmet[@]}"; do why+="${why:+; }$one"; done
  if [[ $why ]]; then
    echo "Verdict: failed: $why"
    return 1
  fi
  echo 'Verdict: passed'
}
