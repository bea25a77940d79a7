# The scaled-out topology as plain processes: Redis, PostgreSQL, two nodes, nginx before them. Sourced by run.sh.

free_ports() { # how many
  node -e "
    const net = require('net');
    const servers = Array.from({ length: $1 }, () => net.createServer().listen(0, '127.0.0.1'));
    Promise.all(servers.map((server) => new Promise((open) => server.on('listening', open)))).then(() => {
      console.log(servers.map((server) => server.address().port).join(' '));
      servers.forEach((server) => server.close());
    });"
}

answers() { # address
  node -e "fetch('$1').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
}

listens() { # port
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

wait_for() { # what, command ...
  local what=$1 tries
  shift
  for tries in $(seq 150); do
    "$@" && return
    sleep 0.2
  done
  say "$what did not answer; see the logs in $cluster"
  exit 1
}

# PostgreSQL runs as another user when we are root; it must be able to reach its folder.
cluster_folder() {
  mkdir -p "$here/data/cluster"
  if [ "$(id -u)" != 0 ] || setpriv --reuid=postgres --regid=postgres --init-groups test -x "$here/data/cluster"; then
    echo "$here/data/cluster"
  else
    mkdir -p /var/lib/musicsocial/cluster && echo /var/lib/musicsocial/cluster
  fi
}

start_node() { # name, port, setting ...
  local folder="$cluster/$1" port=$2
  shift 2
  mkdir -p "$folder"
  dotnet "$here/src/MusicSocial.Server/bin/Release/net10.0/MusicSocial.Server.dll" --contentRoot "$here/src/MusicSocial.Server" \
    --urls "http://127.0.0.1:$port" --data "$folder" --redis "127.0.0.1:$redis" \
    --postgres "Host=127.0.0.1;Port=$postgres;Username=musicsocial;Database=musicsocial" "$@" >"$folder/hub.log" 2>&1 </dev/null &
  echo $! >"$folder/pid"
}

# One that is gone already, by kill -9 for one, keeps none of the others from being stopped.
stop() { # signal, name ...
  local signal=$1 name
  shift
  for name in "$@"; do [ ! -e "$cluster/$name/pid" ] || kill "-$signal" "$(cat "$cluster/$name/pid")" 2>/dev/null || true; done
  for name in "$@"; do [ ! -e "$cluster/$name/pid" ] || wait "$(cat "$cluster/$name/pid")" 2>/dev/null || true; done
}

# Nodes first, so that they can say goodbye to their clients and write their last.
stop_cluster() {
  trap - EXIT INT TERM
  say "Stopping the cluster"
  stop TERM node1 node2
  stop TERM nginx
  stop INT postgres redis
}

run_cluster() { # setting for both nodes ...
  source "$here/.ci/services.sh"
  cluster=$(cluster_folder)
  rm -f "$cluster"/*/pid
  local public node1 node2
  read -r public redis postgres node1 node2 < <(free_ports 5)
  trap 'stop_cluster; exit 0' INT TERM
  trap stop_cluster EXIT

  start_redis "$cluster/redis" "$redis"
  start_postgres "$cluster/postgres" "$postgres" || exit 1
  wait_for Redis listens "$redis"
  wait_for PostgreSQL "$(postgres_program psql)" -qAt -h 127.0.0.1 -p "$postgres" -U musicsocial -d postgres -c 'SELECT 1' >/dev/null 2>&1
  "$(postgres_program createdb)" -h 127.0.0.1 -p "$postgres" -U musicsocial musicsocial 2>/dev/null || true
  start_node node1 "$node1" "$@"
  start_node node2 "$node2" "$@"
  start_nginx "$cluster/nginx" "$public" "$node1" "$node2"
  wait_for "The first node" answers "http://127.0.0.1:$node1/readyz"
  wait_for "The second node" answers "http://127.0.0.1:$node2/readyz"
  wait_for nginx answers "http://127.0.0.1:$public/readyz"

  say "MusicSocial runs on http://localhost:$public"
  cat <<END
  nodes       http://127.0.0.1:$node1  http://127.0.0.1:$node2
  Redis       127.0.0.1:$redis
  PostgreSQL  Host=127.0.0.1;Port=$postgres;Username=musicsocial;Database=musicsocial
  logs        $cluster/node1/hub.log and its neighbours
Ctrl+C stops everything.
END
  wait
}
