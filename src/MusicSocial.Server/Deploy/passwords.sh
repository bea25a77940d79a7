#!/usr/bin/env bash
# Writes .env beside docker-compose.yml with passwords made for this installation. What .env already says is kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
umask 077
touch .env
for name in POSTGRES_PASSWORD REDIS_PASSWORD; do
  grep -q "^$name=." .env || echo "$name=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" >>.env
done
