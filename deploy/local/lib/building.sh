# The services' programs.

# Local refers to all services, so that one build makes them; a service that it does not know is built after it. The analyzers are for those who change
# the sources.
build_services() {
  local name
  echo "building ($configuration)"
  build_project Local
  for name in "${table[@]}"; do
    [[ -e $repository/services/${program[$name]}/bin/$configuration/net10.0/FoodDelivery.Services.${program[$name]}.dll ]] ||
      build_project "${program[$name]}"
  done
}

build_project() {
  dotnet build "$repository/services/$1" -c "$configuration" -p:RunAnalyzers=false -nologo -v quiet -clp:NoSummary 8>&-
}

# Where they are, with {program} for the program's name; each must be there.
find_programs() {
  local name folder=${programs:-$repository/services/{program\}/bin/$configuration/net10.0}
  [[ ! $programs ]] || folder=$(realpath -- "$programs")
  for name in "${table[@]}"; do
    [[ -e ${folder//\{program\}/${program[$name]}}/FoodDelivery.Services.${program[$name]}.dll ]] ||
      fail "the program of ${name} has not been built in ${folder//\{program\}/${program[$name]}}"
  done
  printf '%s\n' "$folder" > "$run/programs"
}
