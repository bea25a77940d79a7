#!/usr/bin/env bash
# Sets up and runs every test of MusicSocial: .NET suites, the web client's, and browser tests against hubs they start themselves.
#   ./test.sh            everything
#   ./test.sh dotnet     only one part: style, dotnet, web or browser
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"
source "$here/.ci/setup.sh"
export DOTNET_CLI_TELEMETRY_OPTOUT=1

parts=${*:-style dotnet web browser}
passed=0 failed=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

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

# A runner that reports its own counts; none at all is a failure.
count() { # name, passed, failed
  say "$1: $2 passed, $3 failed"
  passed=$((passed + $2)) failed=$((failed + $3))
  [ $(($2 + $3)) -gt 0 ] && return
  failed=$((failed + 1))
  echo "$1: no results" >>"$results/checks.txt"
}

set_up() {
  need_command dotnet "the .NET 10 SDK"
  need_command npm "Node.js 20 or newer with npm"
  need_packages libicu:libicuuc.so ffmpeg:ffprobe chromium:/usr/bin/chromium "${FONT_PACKAGES[@]}" \
    postgresql:/usr/lib/postgresql/*/bin/initdb redis-server:redis-server nginx:/usr/sbin/nginx fluidsynth:fluidsynth fluidr3mono-gm-soundfont:/usr/share/sounds/sf3/FluidR3Mono_GM.sf3 \
    festival:festival festvox-kallpc16k:/usr/share/festival/voices/english/kal_diphone librsvg2-bin:rsvg-convert webp:cwebp \
    pulseaudio:pulseaudio pulseaudio-utils:parec
  build_web || exit 1
  npm_packages "$here/tests/MusicSocial.Realtime.Tests/npm" || exit 1
  say "Building the solution"
  dotnet build MusicSocial.sln -c Release -v q --nologo || exit 1
}

run_style() {
  check "dotnet format" dotnet format MusicSocial.sln --verify-no-changes --no-restore
  check "Biome" npm --prefix src/MusicSocial.Web run --silent lint
  check "TypeScript" npm --prefix src/MusicSocial.Web run --silent check
  check "size of the web client" npm --prefix src/MusicSocial.Web run --silent size
}

run_dotnet() {
  local project name
  for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    run_suite "$project" "$name"
  done
  # The server's suite once more on what a cluster shares.
  MUSICSOCIAL_TEST_STORES=cluster run_suite tests/MusicSocial.Server.Tests/MusicSocial.Server.Tests.csproj "MusicSocial.Server.Tests (cluster)"
}

# Suites break networks, stop servers and run two by two on whatever cores there are. What fails beside others is tried once more by itself: what fails again has
# failed, and what does not is named as unsteady at the end.
run_suite() { # project, name
  local project=$1 name=$2 suspects failed_at_first failed_alone
  run_tests "$project" "$name"
  failed_at_first=$(outcome "$name" failed) failed_alone=$failed_at_first
  suspects=$(node .ci/failures.mjs names "$results/$name.trx")
  if [ -n "$suspects" ]; then
    say "Once more, by themselves: $suspects"
    run_tests "$project" "$name.again" --filter "$suspects" -- xUnit.MaxParallelThreads=1
    [ $(($(outcome "$name.again" passed) + $(outcome "$name.again" failed))) = 0 ] || failed_alone=$(outcome "$name.again" failed)
  fi
  count "$name" $(($(outcome "$name" passed) + failed_at_first - failed_alone)) "$failed_alone"
}

run_tests() { # project, name, more of dotnet test's arguments
  local project=$1 name=$2
  shift 2
  dotnet test "$project" -c Release --no-build --nologo -v q --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" "$@"
}

# A total of the result file, 0 when the runner never wrote one.
outcome() { # suite, passed|failed
  sed -n "s/.*<Counters.* $2=\"\([0-9]*\)\".*/\1/p" "$results/$1.trx" 2>/dev/null | head -n 1 | grep . || echo 0
}

run_web() {
  (cd src/MusicSocial.Web && npx vitest run --reporter=default --reporter=json --outputFile.json="$results/web.json")
  count "Web" "$(json web numPassedTests)" "$(json web numFailedTests)"
}

run_browser() {
  npm_packages "$here/tests/MusicSocial.Web.Tests"
  (cd tests/MusicSocial.Web.Tests && PLAYWRIGHT_JSON_OUTPUT_NAME="$results/browser.json" npx playwright test --reporter=list,json)
  count "Browser" "$(json browser stats.expected)" "$(($(json browser stats.unexpected) + $(json browser stats.flaky)))"
}

json() { # file, path
  node -p "'$2'.split('.').reduce((value, key) => value[key], JSON.parse(require('fs').readFileSync('$results/$1.json')))" 2>/dev/null || echo 0
}

set_up
for part in $parts; do "run_$part"; done
node .ci/failures.mjs told "$results"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
