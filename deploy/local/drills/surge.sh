# A sudden tenfold load for 20 s: those who are let in wait hardly longer, the others are refused at once and told when to come again

exercise() {
  begin
  local entry few calm ratio
  entry=$(rest gateway-1) few=$(seconds 50 20)
  sign_in
  warm_up "$entry"

  surge calm "$few" "$(seconds 20 8)"
  calm=$accepted_p99
  demand_of_long "$refused were refused before the surge" "$refused == 0"

  surge surge $((few * 10)) "$(seconds 20 12)"
  ratio=$(awk "BEGIN { printf \"%.2f\", $accepted_p99 / $calm }")
  echo "accepted: p99 $calm s before, $accepted_p99 s in the surge: $ratio times as long"
  demand "$lost got neither an order nor a refusal" "$lost == 0"
  demand 'hardly more were served than before' "$accepted > 1.2 * $few * $(seconds 20 8)"
  demand "those who were let in waited $ratio times as long" "$ratio <= $(seconds 3 5)"
  demand "a refusal took $refused_p99 s" "$refused_p99 <= $(seconds 0.25 1)"
  [[ ! -e $work/unadvised ]] || unmet+=('a refusal does not say when to come again')
  within 10 ordered "$entry" || unmet+=("after the surge an order was answered $code")
  check_books
}

# So many users, who come again within a second after each answer, for about so many SECONDS: surge RUN USERS SECONDS. How many were accepted, refused (503, 429)
# and neither, and how long those took, into $accepted, $refused, $lost, $accepted_p99 and $refused_p99.
surge() {
  local name=$1 users=$2 requests=$(($3 * 4 / 3)) json=false began=$SECONDS asked
  besiege "$name" "$users" "$requests" -d1 "${bearer[@]}" "$entry/orders POST $order" &
  asked=$!
  while kill -0 "$asked" 2> /dev/null; do
    order_once "$entry"
    if [[ $code != 201 && ! $after ]]; then : > "$work/unadvised"; fi
    sleep 0.5
  done
  wait "$asked"
  read -r accepted accepted_p99 <<< "$(took "$name" 201)"
  read -r refused refused_p99 <<< "$(took "$name" '503|429')"
  lost=$((users * requests - accepted - refused))
  acknowledged=$((acknowledged + accepted)) doubtful=$((doubtful + refused + lost))
  echo "$name: $users users for $((SECONDS - began)) s: $accepted accepted (p99 $accepted_p99 s), $refused refused (p99 $refused_p99 s), $lost neither"
  awk -v n="$accepted" -v all=$((users * requests)) -v s=$((SECONDS - began)) \
    'BEGIN { printf "Transaction rate: %.2f\nAvailability: %.2f %%\n", n / (s > 0 ? s : 1), 100 * n / all }'
}

# How many answers of RUN have a status, and their p99 in seconds, by what siege says of each.
took() {
  { grep -aE "^HTTP/1\.1 ($2) " "$work/$1.siege" || true; } | awk '{ print $3 }' | sort -n |
    awk '{ all[NR] = $1 } END { at = int(NR * 0.99); print NR, NR ? all[at < 1 ? 1 : at] : 0 }'
}
