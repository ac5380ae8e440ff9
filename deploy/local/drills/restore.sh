# Each database is restored from a backup by itself, then all together, under load: after the commands of docs/backup-and-restore.md the books agree

exercise() {
  begin
  local entry store moved database
  entry=$(rest order-1) store=$(rest store-1)
  warm_up "$entry"
  for database in "${!restored_by[@]}"; do back_up "$database" older; done
  order_for 'since the backup' "$(seconds 20 5)" "$(seconds 20 3)" "$entry"
  moved=$(ask store 'select max(order_id) from tickets')
  move "$store" "$moved" receive
  move "$store" "$moved" cook

  # An older state, after which the log has the rest. Orders go on.
  keep_ordering 'while what the log can bring back is restored' "$(seconds 20 5)" "$entry"
  for database in "${!restored_by[@]}"; do restored "$database" "$database-1" older "${restored_by[$database]}"; done
  stop_users 'while what the log can bring back is restored' 0
  count_orders 'while what the log can bring back is restored'
  demand "only $availability % were answered" "$availability >= 99"
  [[ $(ask store "select status || ',' || version from tickets where order_id = $moved") == 4,3 ]] ||
    unmet+=("the ticket of order $moved is not where it was")

  # The state of the last commit, since what these have nobody else has.
  keep_ordering 'while the others are restored' "$(seconds 20 5)" "$entry"
  restored payment pay-1 newest
  restored ordering order-1 newest
  stop_users 'while the others are restored' 0
  count_orders 'while the others are restored'

  all_together
  within 60 ordered "$entry" || unmet+=('no order at all after the last restoration')
  order_for 'after all' "$(seconds 20 5)" "$(seconds 20 3)" "$entry"
  demand "only $availability % were answered after all was restored" "$availability >= 99"
  check_books
  within 60 view_agrees || unmet+=('the view does not know every order')
}

# What the log brings back, by the database that it is in; a service that names a rebuilding in its description has a database of its own name.
declare -A restored_by=([store]=tickets)
while read -r service thing; do restored_by[${service,,}]=$thing; done < <(
  sed -nE 's|.*"DevelopmentProxy": \{ "(\w+)": "operations/([a-z-]+)".*|\1 \2|p' "$repository"/services/*/*.service.json
)

# back_up DATABASE NAME
back_up() { postgres pg_dump -Fc -f "$work/$1.$2" "food_$1"; }

# put_back DATABASE NAME, as it is in docs/backup-and-restore.md.
put_back() {
  postgres dropdb --force "food_$1"
  postgres createdb --template=template0 --encoding=UTF8 --locale=C "food_$1"
  postgres pg_restore --exit-on-error -d "food_$1" "$work/$1.$2"
}

# Restores DATABASE of PROCESS, and has the log bring back what is missing: restored DATABASE PROCESS older|newest [THING]
restored() {
  local began=$SECONDS
  hold_down "$2"
  [[ $3 == older ]] || back_up "$1" "$3"
  put_back "$1" "$3"
  let_go "$2"
  if [[ ${4:-} ]]; then
    curl -fso /dev/null --noproxy '*' --max-time 10 -X POST "$(rest "$2")/operations/$4/rebuild" || unmet+=("$4 could not be rebuilt")
    within 60 rebuilt "$2" "$4" || unmet+=("$4 were not rebuilt within 60 s")
  fi
  echo "$1 was restored to its $3 state in $((SECONDS - began)) s"
}

rebuilt() { [[ $(curl -so /dev/null --noproxy '*' --max-time 5 -w '%{http_code}' "$(rest "$1")/operations/$2/rebuild") == 404 ]]; }

all_together() {
  local began=$SECONDS one databases
  mapfile -t databases < <(postgres psql -AXtqc "select substr(datname, 6) from pg_database where datname like 'food\_%'" postgres)
  ((${#databases[@]} >= 4)) || unmet+=("only the databases ${databases[*]} were found")
  for one in $(with_database | tac); do hold_down "$one"; done
  for one in "${databases[@]}"; do back_up "$one" together; done
  for one in "${databases[@]}"; do put_back "$one" together; done
  for one in $(with_database); do let_go "$one"; done
  echo "all were restored together in $((SECONDS - began)) s"
}

# The services that have one, those first that are called.
with_database() { sed -nE '/^(gateway|order)-/d; s/^([a-z]+-1) http[^ ]* http.*/\1/p' "$run/addresses"; echo order-1; }

postgres() { PGPASSWORD=$(<"$dir/postgres.password") PGHOST=127.0.0.1 PGPORT=$(<"$run/postgres-1.ports") PGUSER=postgres "$(postgres_programs)/$1" "${@:2}"; }

# move STORE ORDER STATUS
move() {
  curl -fso /dev/null --noproxy '*' --max-time 10 -X PATCH -H 'Content-Type: application/json' -d "{\"status\": \"$3\"}" "$1/deliveries/$2" ||
    unmet+=("the ticket of order $2 could not be moved to $3")
}

# The newest order is the view's newest one.
view_agrees() {
  local newest
  newest=$(ask ordering 'select max(id) from orders')
  curl -fso /dev/null --noproxy '*' --max-time 5 "$(rest customer-1)/orderStatuses/$newest"
}
