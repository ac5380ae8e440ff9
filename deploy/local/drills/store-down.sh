# Store is down: orders and cancellations are still accepted; when it is back it catches up, each order once

exercise() {
  begin
  local turn number entry cancelled=()
  entry=$(rest order-1)
  warm_up "$entry"
  hold_down store-1
  order_for 'while Store is down' 50 "$(seconds 60 15)" "$entry"
  demand "only $availability % were answered without Store" "$availability >= $(seconds 99.9 99)"
  demand "the longest took $longest s" "$longest < $(seconds 2 5)"
  for turn in 1 2 3 4 5; do
    ordered "$entry" || continue
    number=$(sed -nE 's/.*"orderId": *([0-9]+).*/\1/p' <<< "$body")
    if curl -fso /dev/null --noproxy '*' --max-time 10 -X PATCH -H 'Content-Type: application/json' -d '{"status": "order_cancel_request"}' "$entry/orders/$number"; then
      cancelled+=("$number")
    fi
  done
  echo "asked to cancel while Store is down: ${cancelled[*]}"
  demand "only ${#cancelled[@]} of 5 cancellations were accepted" "${#cancelled[@]} == 5"
  [[ $(ask store 'select count(*) from tickets') -lt $acknowledged ]] || unmet+=('Store was not down')

  local back=$SECONDS
  let_go store-1
  check_books
  echo "Store has caught up $((SECONDS - back)) s after it was started again"
  within 10 steps_back store-1 || unmet+=('Store does not step back behind those whom customers wait for')
  demand 'not every cancelled order was refunded' \
    "$(ask ordering "select count(*) from orders where cancellation = 'Refunded'") == ${#cancelled[@]}"
}

# Whether NAME is as nice as the table says.
steps_back() { (($(ps -o ni= -p "$(<"$run/$1.pid")") == ${niceness[${1%-*}]})); }
