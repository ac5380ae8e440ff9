# Users who order without a pause, by siege, as a tester types it.

acknowledged=0 doubtful=0 unheard=0
order='{"item": "chicken"}'

install_siege() {
  command -v siege > /dev/null && return
  [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null || fail 'this Debian package is missing: siege; as root it is installed'
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends siege > /dev/null
}

# So many SECONDS in the long form, fewer in the short one.
seconds() { if [[ $short ]]; then echo "$2"; else echo "$1"; fi; }

# Users who make so many requests each, one after the other: besiege RUN USERS REQUESTS … Siege has its usual settings, except that it does not give up
# and leaves no settings with the user. It is not told a time (-t): at its end it would cancel its threads, after which it sometimes never ends, and
# nobody would know what became of the requests that were under way. With $json false it tells of each answer, and not of all.
besiege() {
  local name=$1 users=$2 requests=$3 code=0
  shift 3
  printf '%s\n' "json_output = ${json:-true}" 'verbose = true' 'color = off' 'logging = false' 'show-logfile = false' 'parser = true' 'limit = 2000' \
    'protocol = HTTP/1.1' 'chunked = true' 'connection = close' 'failures = 1000000000' 'unique = true' 'accept-encoding = gzip, deflate' > "$work/siegerc"
  HOME=$work timeout -k 5 180 siege -R "$work/siegerc" "-c$users" "-r$requests" --content-type application/json "$@" > "$work/$name.siege" 2> "$work/$name.said" < /dev/null &
  echo "$!" > "$work/$name.running"
  wait "$!" || code=$?
  rm -f "$work/$name.running"
  # Siege now and then breaks off at its end, after the last answer, and takes its figures with it. What became of orders the books tell: there each must be.
  if ((code == 124 || code == 137)) || [[ "$*" != *" POST $order"* ]] || grep -q '"transactions"' "$work/$name.siege" || [[ ${json:-true} == false ]]; then
    figures "$name" >> "$work/$name.load"
  else
    echo "siege broke off with code $code: $((users * requests)) requests of '$name' are looked for in the books" >&2
    echo $((users * requests)) >> "$work/$name.unheard"
    : >> "$work/$name.load"
  fi
}

# Answered, unanswered, seconds, longest. Siege counts a refusal of less than 500 as a hit; here only 2xx is an answer.
figures() {
  awk -F '[:,[:space:]]+' '
    { gsub(/[{"]/, ""); for (i = 1; i < NF; i++) if ($i ~ /_/ || $i == "transactions") said[$i] = $(i + 1) }
    END {
      if (!("transactions" in said)) print 0, 1, 1, 999
      else {
        missed = said["transactions"] + said["failed_transactions"] - said["successful_transactions"]
        print said["successful_transactions"], (missed > 0 ? missed : 0), said["elapsed_time"], said["longest_transaction"]
      }
    }' "$work/$1.siege"
}

# Orders at an address for about so many SECONDS, since a payment takes half a second: order_for RUN USERS SECONDS ADDRESS …
order_for() {
  local name=$1 users=$2 time=$3 address=$4
  shift 4
  besiege "$name" "$users" $((time * 2)) "$@" "$address/orders POST $order"
  count_orders "$name"
}

# The testers' own command at an address, for so many SECONDS, and once more if siege has not found its end: order_as_typed RUN SECONDS ADDRESS … Those whom it cuts
# off at the end may have an order.
order_as_typed() {
  local name=$1 time=$2 address=$3 turn
  shift 3
  for turn in 1 2; do
    besiege "$name" 100 10 "-t${time}S" "$@" "$address/orders POST $order"
    doubtful=$((doubtful + 100))
    if grep -q transactions "$work/$name.siege"; then break; fi
    rm -f "$work/$name.load"
  done
  count_orders "$name"
}

# Users who do not stop until they are told to: keep_on RUN USERS …
keep_on() {
  (
    trap - EXIT
    until [[ -e $work/$1.enough ]]; do besiege "$1" "$2" 10 "${@:3}"; done
  ) &
  printf '%s %s\n' "$!" "$SECONDS" > "$work/$1.users"
}

keep_ordering() { keep_on "$1" "$2" "${@:4}" "$3/orders POST $order"; }

# Tells them to stop, and does not wait for them.
enough() { : > "$work/$1.enough"; }

# Stops them when they have been there for so many SECONDS: stop_users RUN SECONDS
stop_users() {
  local users began
  read -r users began < "$work/$1.users"
  while ((SECONDS - began < $2)); do sleep 0.5; done
  enough "$1"
  wait "$users"
}

# What became of RUN, and tells it.
read_load() {
  read -r answered unanswered longest rate availability <<< "$(awk '
    { answered += $1; unanswered += $2; seconds += $3; if ($4 > longest) longest = $4 }
    END {
      share = answered + unanswered ? 100 * answered / (answered + unanswered) : 0
      printf "%d %d %.2f %.2f %.2f", answered, unanswered, longest, answered / (seconds > 0 ? seconds : 1), int(share * 100) / 100
    }' "$work/$1.load")"
  printf '%s: %s answered, %s not, longest %s s\nTransaction rate: %s\nAvailability: %s %%\n' "$1" "$answered" "$unanswered" "$longest" "$rate" "$availability"
}

# The same of orders. Whoever was not answered may have an order nevertheless.
count_orders() {
  local lost=0 times=0
  [[ ! -e $work/$1.unheard ]] || read -r lost times <<< "$(awk '{ all += $1 } END { print all, NR }' "$work/$1.unheard")"
  demand "siege broke off $times times" "$times <= 1"
  doubtful=$((doubtful + lost)) unheard=$((unheard + lost))
  read_load "$1"
  acknowledged=$((acknowledged + answered)) doubtful=$((doubtful + unanswered))
}

# One order: its status, how long it took and Retry-After, into $code, $took and $after; the answer into $body.
order_once() {
  local said
  said=$(curl -s --noproxy '*' --max-time 10 -o "$work/body" -w '%{http_code} %{time_total} %header{retry-after}' \
    -H 'Content-Type: application/json' "${bearer[@]}" -d "$order" "$1/orders") || true
  read -r code took after <<< "$said"
  body=$(cat "$work/body")
  if [[ $code == 201 ]]; then acknowledged=$((acknowledged + 1)); else doubtful=$((doubtful + 1)); fi
}

ordered() { order_once "$1" && [[ $code == 201 ]]; }

# The first orders of a system's life are slower, since its code has not been compiled yet.
warm_up() {
  within 60 ordered "$1" || { unmet+=("no order at all: $code $body"); return 0; }
  order_for "warm-up ${1##*:} $SECONDS" 20 2 "$1" "${bearer[@]}" > /dev/null
}

bearer=()

# A demo customer's token, which the gateway asks for.
sign_in() {
  [[ -e $run/identity-1.ports ]] || return 0
  local token
  token=$(curl -s --noproxy '*' --max-time 10 -d 'grant_type=client_credentials&client_id=demo-customer&client_secret=demo' "$(rest identity-1)/connect/token" |
    sed -nE 's/.*"access_token": *"([^"]+)".*/\1/p')
  [[ $token ]] || { unmet+=('no token from Identity'); return 0; }
  bearer=(-H "Authorization: Bearer $token")
}
