#!/usr/bin/env bash
# Builds MusicSocial and starts the hub on http://localhost:5080. Arguments go to the server:
#   ./run.sh --urls http://127.0.0.1:6000 --data /some/folder --music /some/music
# Or starts two nodes with Redis, PostgreSQL and nginx on free ports, and prints the address:
#   ./run.sh --cluster
# Or runs another verb of the program (scan, copy, backup, restore, operator, doctor):
#   ./run.sh doctor
#   ./run.sh --help
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/.ci/setup.sh"

need_command dotnet "the .NET 10 SDK"
need_command npm "Node.js 20 or newer with npm"
needed=(libicu:libicuuc.so)
[ "${1:-}" != --cluster ] || needed+=(redis-server:redis-server postgresql:/usr/lib/postgresql/*/bin/initdb nginx:/usr/sbin/nginx)
# Wanted: ffmpeg reads every audio format in your own folders, fonts draw quote cards. The demo library plays without them.
need_packages "${needed[@]}" -- ffmpeg:ffprobe "${FONT_PACKAGES[@]}"

build_web
build_server

if [ "${1:-}" = --cluster ]; then
  shift
  source "$here/.ci/cluster.sh"
  run_cluster "$@"
  exit
fi

# Every verb and setting is the program's own: ./run.sh --help lists them.
export ASPNETCORE_CONTENTROOT="$here/src/MusicSocial.Server" Data="${Data:-$here/data}"
exec dotnet "$here/src/MusicSocial.Server/bin/Release/net10.0/MusicSocial.Server.dll" "$@"
