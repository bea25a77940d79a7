#!/usr/bin/env bash
# Starts one of the servers a cluster needs, on loopback, with the settings docs/operations.md asks for. Sourced by run.sh, which
# uses the functions; run by tests, which want one server that ends with them:
#   services.sh redis FOLDER PORT [SETTING...]
#   services.sh postgres FOLDER PORT [SETTING...]
#   services.sh nginx FOLDER PORT NODE_PORT...
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

start_nginx() { # folder, port, node's port ...
  local folder=$1 port=$2 servers="zone hub 512k; " node
  shift 2
  mkdir -p "$folder"
  for node in "$@"; do servers+="server 127.0.0.1:$node max_fails=1 fail_timeout=1s; "; done
  {
    echo "daemon off; pid $folder/nginx.pid; error_log $folder/error.log; worker_processes 1; worker_rlimit_nofile 20000;"
    echo "events { worker_connections 19000; }"
    echo "http {"
    echo "access_log off;"
    local path
    for path in client_body proxy fastcgi uwsgi scgi; do echo "${path}_temp_path $folder/$path;"; done
    sed -e "s/\${HUB_LISTEN}/127.0.0.1:$port/; s/\${HUB_SERVERS}/$servers/" \
      "$(dirname "${BASH_SOURCE[0]}")/../src/MusicSocial.Server/Deploy/hub.conf.template"
    echo "}"
  } >"$folder/nginx.conf"
  PATH=$PATH:/usr/sbin nginx -c "$folder/nginx.conf" -p "$folder" </dev/null 2>"$folder/nginx.log" &
  echo $! >"$folder/pid"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -u
  service=$1 folder=$2
  shift
  "start_$service" "$@" || exit 1
  # The process that started this holds the other end of standard input: when it ends, in whatever way, so does the server.
  cat >/dev/null
  kill -CONT "$(cat "$folder/pid")" 2>/dev/null
  kill -INT "$(cat "$folder/pid")" 2>/dev/null
  wait
fi
