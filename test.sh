#!/usr/bin/env bash
# Sets up and runs every test of MusicSocial: .NET suites, the web client's, and browser tests against hubs they start themselves.
#   ./test.sh            everything
#   ./test.sh dotnet     only one part: style, dotnet, web or browser
#   ./test.sh containers the image and docker-compose.yml, where Docker answers (not part of everything)
# A test that fails, is skipped or does not end has failed; none is tried twice.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"
source "$here/.ci/setup.sh"
source "$here/.ci/containers.sh"
export DOTNET_CLI_TELEMETRY_OPTOUT=1

parts=${*:-style dotnet web browser}
passed=0 failed=0
results=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$results"' EXIT

# One check that is either right or wrong.
check() { # name, command ...
  local name=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    say "FAILED: $name"
    echo "$name" >>"$results/checks.txt"
  fi
}

# A runner that reports its own counts; none at all is a failure, and so is a runner that ended badly although no test of it failed.
count() { # name, passed, failed, the runner's exit code
  say "$1: $2 passed, $3 failed"
  passed=$((passed + $2)) failed=$((failed + $3))
  [ $(($2 + $3)) = 0 ] && echo "$1: no results" >>"$results/checks.txt" && failed=$((failed + 1)) && return
  [ "$4" = 0 ] || [ "$3" -gt 0 ] || { echo "$1: ended with $4" >>"$results/checks.txt" && failed=$((failed + 1)); }
}

set_up() {
  need_command dotnet "the .NET 10 SDK"
  need_command npm "Node.js 20 or newer with npm"
  need_packages libicu:libicuuc.so ffmpeg:ffprobe "chromium:${CHROMIUM:-/usr/bin/chromium}" "${FONT_PACKAGES[@]}" \
    postgresql:/usr/lib/postgresql/*/bin/initdb redis-server:redis-server nginx:/usr/sbin/nginx \
    fluidsynth:fluidsynth fluidr3mono-gm-soundfont:/usr/share/sounds/sf3/FluidR3Mono_GM.sf3 \
    festival:festival festvox-kallpc16k:/usr/share/festival/voices/english/kal_diphone librsvg2-bin:rsvg-convert webp:cwebp \
    pulseaudio:pulseaudio pulseaudio-utils:parec
  build_web || exit 1
  npm_packages "$here/tests/MusicSocial.Realtime.Tests/npm" || exit 1
  say "Building the solution"
  dotnet build MusicSocial.sln -c Release -v q --nologo -p:RestoreLockedMode=true || exit 1
}

# Code style and analyzers are part of the build, where warnings are errors; what is left is layout.
run_style() {
  check "dotnet format" dotnet format whitespace MusicSocial.sln --verify-no-changes --no-restore
  check "Biome" npm --prefix src/MusicSocial.Web run --silent lint
  check "TypeScript" npm --prefix src/MusicSocial.Web run --silent check
  check "size of the web client" npm --prefix src/MusicSocial.Web run --silent size
}

# Two lanes side by side, about as long as each other. The classes of the server's suite that store something or cross nodes run once more on what a cluster shares.
run_dotnet() {
  local project name suites=() rest=()
  for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    suites+=("$name")
    case $name in
      *.Server.Tests | *.Client.Tests | *.Lyrics.Tests) ;;
      *) rest+=("$name") ;;
    esac
  done
  {
    for name in MusicSocial.Server.Tests MusicSocial.Client.Tests MusicSocial.Lyrics.Tests; do run_suite "$name" "$name"; done
  } &
  for name in "${rest[@]}"; do run_suite "$name" "$name"; done
  MUSICSOCIAL_TEST_STORES=cluster run_suite MusicSocial.Server.Tests "MusicSocial.Server.Tests (cluster)" --filter Stores=both
  wait
  for name in "${suites[@]}" "MusicSocial.Server.Tests (cluster)"; do
    count "$name" "$(outcome "$name" passed)" "$(($(outcome "$name" total) - $(outcome "$name" passed)))" "$(cat "$results/$name.code")"
  done
}

# Each asynchronous test has a limit of its own (tests/TimeLimitedTests.cs); the runner ends a suite in which any other stands still.
run_suite() { # project, name, more of dotnet test's arguments
  local project=$1 name=$2 began=$SECONDS
  shift 2
  dotnet test "tests/$project" -c Release --no-build --nologo -v q --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 6m --blame-hang-dump-type none --results-directory "$results/blame" "$@" >"$results/$name.log" 2>&1
  echo $? >"$results/$name.code"
  say "$name, $((SECONDS - began)) s"
  cat "$results/$name.log"
}

# A total of the result file, 0 when the runner never wrote one.
outcome() { # suite, passed|failed|total
  sed -n "s/.*<Counters.* $2=\"\([0-9]*\)\".*/\1/p" "$results/$1.trx" 2>/dev/null | head -n 1 | grep . || echo 0
}

run_web() {
  (cd src/MusicSocial.Web && npx vitest run --reporter=default --reporter=json --outputFile.json="$results/web.json")
  local code=$?
  count "Web" "$(json web numPassedTests)" "$(($(json web numTotalTests) - $(json web numPassedTests)))" "$code"
}

run_browser() {
  npm_packages "$here/tests/MusicSocial.Web.Tests" || exit 1
  (cd tests/MusicSocial.Web.Tests && PLAYWRIGHT_JSON_OUTPUT_NAME="$results/browser.json" npx playwright test --forbid-only --reporter=list,json)
  local code=$?
  count "Browser" "$(json browser stats.expected)" "$(($(json browser stats.unexpected) + $(json browser stats.flaky) + $(json browser stats.skipped)))" "$code"
}

json() { # file, path
  node -p "'$2'.split('.').reduce((value, key) => value[key], JSON.parse(require('fs').readFileSync('$results/$1.json')))" 2>/dev/null || echo 0
}

timed() { # command ...
  local began=$SECONDS
  "$@"
  took+="$1 $((SECONDS - began)) s, "
}

took=""
# Containers bring what they need.
[ "$parts" = containers ] || timed set_up
for part in $parts; do timed "run_$part"; done
node .ci/failures.mjs "$results"
printf '%s\n' "${took%, }"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
