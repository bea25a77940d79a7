#!/usr/bin/env bash
# Starts one of the servers a cluster needs, on loopback, with the settings docs/operations.md asks for. Sourced by run.sh, which
# uses the functions; run by tests, which want one server that ends with them:
#   services.sh redis FOLDER PORT [SETTING...]
#   services.sh postgres FOLDER PORT [SETTING...]
#   services.sh nginx FOLDER PORT NODE_PORT... [PROXY_ADDRESS...]
#   services.sh proxy FOLDER PORT HUB_PORT          (the TLS proxy of README.md, with a certificate of its own making)
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

# nginx as the compose file starts it, with its folders here and no more open files than this machine grants.
start_nginx() { # folder, port, port of a node or address of a proxy that is trusted ...
  local folder=$1 port=$2 deploy servers="zone hub 512k; " proxies="" other files
  shift 2
  deploy=$(cd "$(dirname "${BASH_SOURCE[0]}")/../src/MusicSocial.Server/Deploy" && pwd)
  mkdir -p "$folder"
  for other in "$@"; do
    case $other in
      *[!0-9]*) proxies+="set_real_ip_from $other; " ;;
      *) servers+="server 127.0.0.1:$other max_fails=1 fail_timeout=1s; " ;;
    esac
  done
  files=$(ulimit -Hn)
  [ "$files" != unlimited ] && [ "$files" -lt 65536 ] || files=65536
  sed -e "s|\${HUB_LISTEN}|127.0.0.1:$port|; s|\${HUB_SERVERS}|$servers|; s|\${HUB_PROXIES}|$proxies|" \
    "$deploy/hub.conf.template" >"$folder/hub.conf"
  sed -e "s|/tmp/|$folder/|; s|/dev/stderr notice|$folder/error.log|; s|/dev/stdout|$folder/access.log|; s|/etc/nginx/conf.d/\*.conf|$folder/hub.conf|" \
    -e "s|worker_rlimit_nofile .*|worker_rlimit_nofile $files;|; s|worker_processes .*|worker_processes 2;|" \
    "$deploy/nginx.conf" >"$folder/nginx.conf"
  PATH=$PATH:/usr/sbin nginx -g 'daemon off;' -e "$folder/error.log" -c "$folder/nginx.conf" -p "$folder" </dev/null 2>"$folder/nginx.log" &
  echo $! >"$folder/pid"
}

# The example of README.md as it stands there, but for its port, its certificate and the hub's port.
start_proxy() { # folder, port, the hub's port
  local folder=$1 port=$2 hub=$3 path
  mkdir -p "$folder"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=example.org -addext subjectAltName=DNS:example.org \
    -keyout "$folder/privkey.pem" -out "$folder/fullchain.pem" 2>"$folder/openssl.log"
  {
    echo "pid $folder/nginx.pid; events { worker_connections 1024; }"
    echo "http {"
    echo "access_log $folder/access.log;"
    for path in client_body proxy fastcgi uwsgi scgi; do echo "${path}_temp_path $folder/$path;"; done
    awk '/^```nginx/ { inside = 1; next } /^```/ { inside = 0 } inside' "$(dirname "${BASH_SOURCE[0]}")/../README.md" |
      sed -e "s|listen 443|listen 127.0.0.1:$port|; s|/etc/letsencrypt/live/example.org/|$folder/|; s|127.0.0.1:5080|127.0.0.1:$hub|"
    echo "}"
  } >"$folder/nginx.conf"
  PATH=$PATH:/usr/sbin nginx -g 'daemon off;' -e "$folder/error.log" -c "$folder/nginx.conf" -p "$folder" </dev/null 2>"$folder/nginx.log" &
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
