#!/usr/bin/env bash
# Builds MusicSocial and starts the hub on http://localhost:5080. Arguments go to the server:
#   ./run.sh --urls http://127.0.0.1:6000 --data /some/folder --music /some/music
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/.ci/setup.sh"

need_command dotnet "the .NET 10 SDK"
need_command npm "Node.js 20 or newer with npm"
need_packages libsqlite3-0:libsqlite3.so.0 libicu72:libicuuc.so
# Nice to have: reads every audio format in your own folders. The demo library plays without it.
want_packages ffmpeg:ffprobe

build_web
build_server

exec dotnet "$here/src/MusicSocial.Server/bin/Release/net10.0/MusicSocial.Server.dll" \
  --contentRoot "$here/src/MusicSocial.Server" --data "$here/data" "$@"
