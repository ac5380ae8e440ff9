# What somebody who has just started the platform wants to know.

banner() {
  local name number ports line order store customer
  printf '\n%-12s %-22s %-22s %s\n' '' 'REST, gRPC-Web' gRPC 'try it'
  for name in "${table[@]}"; do
    replicas_of "$name"
    for number in "${replicas[@]}"; do
      read -ra ports < "$run/$name-$number.ports"
      printf '%-12s %-22s %-22s %s\n' "$name-$number" "http://localhost:${ports[0]}" "${ports[1]:+http://localhost:${ports[1]}}" \
        "$([[ $name == proxy ]] && echo 'for development only: nobody needs a token' || echo "http://localhost:${ports[0]}/swagger")"
    done
  done
  for name in "${servers[@]}"; do printf '%-12s %s\n' "$name-1" "127.0.0.1:$(<"$run/$name-1.ports")"; done
  printf '%-12s %s\n%-12s %s\n' data "$dir" logs "$logs"
  read -r order _ < "$run/order-1.ports"
  read -r store _ < "$run/store-1.ports"
  read -r customer _ < "$run/customer-1.ports"
  cat <<END

curl -s localhost:$order/orders --json '{"item": "chicken", "address": "서울시 마포구 1"}'
curl -s -X PATCH localhost:$store/deliveries/1 --json '{"status": "receive"}'
curl -s localhost:$customer/orderStatuses/1

ready after $((SECONDS - began)) s; deploy/local/down$([[ $dir == "$repository/data" ]] || printf -- " --data '%s'" "$dir") stops it
END
}
