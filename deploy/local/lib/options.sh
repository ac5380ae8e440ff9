# What the command lines say.

declare -A wanted=() explicit=()

# How many replicas of each service, from "store=3,customer=2", into $wanted; those that it names, into $explicit.
read_wanted() {
  local name one
  for name in "${table[@]}"; do wanted[$name]=1; done
  for one in ${1//,/ }; do
    name=${one%=*}
    [[ ${wanted[$name]-} ]] || fail "there is no service '$name'; there are ${table[*]}"
    [[ $one == *=* && ${one#*=} =~ ^[1-9][0-9]?$ ]] || fail "'$one' is no number of replicas from 1 to 99"
    wanted[$name]=${one#*=} explicit[$name]=yes
  done
}

# Settings are those of a section, and three without one.
check_settings() {
  local one
  for one; do
    [[ ${one%%=*} =~ ^([A-Za-z][^:]*:.+|Bind|environment)$ && $one != *$'\n'* ]] ||
      fail "'${one%%=*}' is no setting; there are environment, Bind and those of a section, such as Order:RestPort"
  done
}
