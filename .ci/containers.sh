# The image and docker-compose.yml under a real engine, in a project of their own that is removed afterwards. Sourced by test.sh.

compose() { docker compose --project-directory "$here" --env-file "$container_folder/env" -p "musicsocial-test-$$" "$@"; }

answered() { # path: what the hub says through nginx
  curl -fsS --max-time 10 "http://127.0.0.1:$container_port$1"
}

run_containers() {
  if ! command -v docker >/dev/null || ! docker info >/dev/null 2>&1 || ! docker compose version >/dev/null 2>&1; then
    say "Docker with Compose does not answer here: the containers are not run."
    return
  fi
  container_folder=$(mktemp -d)
  container_port=$(node -p "const s = require('net').createServer().listen(0, '127.0.0.1'); s.on('listening', () => { console.log(s.address().port); s.close(); }); ''" | grep .)
  # A password that a connection string would have to quote.
  printf '%s\n' "POSTGRES_PASSWORD='a;b=\"c\" d'" "REDIS_PASSWORD=$$$RANDOM" "HUB_ADDRESS=127.0.0.1:$container_port" >"$container_folder/env"
  check "docker compose build" compose build --quiet
  check "docker compose up" compose up -d --wait --wait-timeout 180
  check "the page through nginx" answered /
  check "ready through nginx" answered /readyz
  check "a password is needed" bash -c "! docker compose --project-directory '$here' --env-file /dev/null config --quiet 2>/dev/null"
  check "a verb after the image's name" docker run --rm musicsocial-hub doctor --help
  check "emoji and CJK can be drawn" docker run --rm --entrypoint sh musicsocial-hub -c 'fc-list :lang=ja | grep -q . && fc-list | grep -qi emoji'
  check "a node goes" compose stop node2
  check "the page with a node away" answered /
  check "nginx starts with a node away" compose restart nginx
  check "nginx is well with a node away" eval 'for try in $(seq 40); do answered /readyz && break; sleep 1; done; answered /'
  check "the node is back" compose up -d --wait node2
  check "one node after the other" compose up -d --no-deps --wait --force-recreate node1
  check "a backup of the database" eval 'compose exec -T postgres pg_dump -Fc -U musicsocial musicsocial >"$container_folder/dump" && [ -s "$container_folder/dump" ]'
  check "no token in nginx' log" eval 'curl -s "http://127.0.0.1:$container_port/hub?access_token=SECRET123" >/dev/null; ! compose logs nginx | grep -q SECRET123'
  compose down -v --timeout 40 >/dev/null 2>&1
  rm -rf "$container_folder"
}
