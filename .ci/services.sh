#!/usr/bin/env bash
# Starts one of the servers a cluster needs, on loopback, with the settings docs/operations.md asks for. Sourced by run.sh, which
# uses the functions; run by tests, which want one server that ends with them:
#   services.sh redis FOLDER PORT [SETTING...]        services.sh postgres FOLDER PORT [SETTING...]
# The server's process id is written to FOLDER/pid. Closing standard input stops it.

# PostgreSQL refuses to run as root; its package brings a user that may.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else exec "$@"; fi
}

postgres_program() { # name
  command -v "$1" || ls -d /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -n 1
}

start_redis() { # folder, port, setting ...
  local folder=$1 port=$2
  shift 2
  mkdir -p "$folder"
  redis-server --port "$port" --bind 127.0.0.1 --dir "$folder" --appendonly yes --appendfsync everysec \
    --maxmemory-policy noeviction --save '' --loglevel warning --logfile "$folder/redis.log" "$@" </dev/null >/dev/null &
  echo $! >"$folder/pid"
}

start_postgres() { # folder, port, setting ...
  local folder=$1 port=$2
  shift 2
  mkdir -p "$folder"
  if [ ! -e "$folder/data/PG_VERSION" ]; then
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    (unprivileged "$(postgres_program initdb)" -D "$folder/data" -U musicsocial --auth=trust --locale=C --encoding=UTF8 \
      --no-sync >"$folder/initdb.log" 2>&1) || { cat "$folder/initdb.log" >&2; return 1; }
  fi
  (unprivileged "$(postgres_program postgres)" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c max_connections=300 "$@" </dev/null >"$folder/postgres.log" 2>&1) &
  echo $! >"$folder/pid"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -u
  service=$1 folder=$2
  shift
  "start_$service" "$@" || exit 1
  # Whoever started this holds the other end; when they die, however they die, the server ends too.
  cat >/dev/null
  kill -CONT "$(cat "$folder/pid")" 2>/dev/null
  kill -INT "$(cat "$folder/pid")" 2>/dev/null
  wait
fi
