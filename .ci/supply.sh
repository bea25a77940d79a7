#!/usr/bin/env bash
# What the hub is made of.
#   supply.sh sbom FOLDER   writes bills of material (CycloneDX) of the hub and of the web client
#   supply.sh audit         asks the package feeds about known holes; says so and goes on where a feed does not answer
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$here/.ci/setup.sh"

sbom() { # folder
  mkdir -p "$1"
  local folder
  folder=$(cd "$1" && pwd)
  (cd "$here" && dotnet tool restore >/dev/null &&
    dotnet CycloneDX src/MusicSocial.Server/MusicSocial.Server.csproj --output "$folder" --filename hub.cdx.json --output-format Json \
      --set-name musicsocial-hub --disable-package-restore >"$folder/hub.log") || { cat "$folder/hub.log" >&2; return 1; }
  rm "$folder/hub.log"
  (cd "$here/src/MusicSocial.Web" && npm sbom --sbom-format cyclonedx --package-lock-only --omit dev >"$folder/web.cdx.json") || return 1
  say "Bills of material: $folder/hub.cdx.json, $folder/web.cdx.json"
}

audit() {
  local found=0 output
  output=$(cd "$here" && dotnet list MusicSocial.sln package --vulnerable --include-transitive 2>&1)
  if grep -q 'has the following vulnerable packages' <<<"$output"; then
    found=1
    grep -E 'has the following vulnerable|^ +>' <<<"$output"
  elif grep -q 'has no vulnerable packages' <<<"$output"; then
    say "NuGet: the configured sources name no holes"
  else
    say "NuGet: the feed says nothing about holes"
  fi
  local folder
  for folder in src/MusicSocial.Web tests/MusicSocial.Web.Tests tests/MusicSocial.Realtime.Tests/npm; do
    output=$(cd "$here/$folder" && npm audit --audit-level=moderate 2>&1)
    case $output in
      *'found 0 vulnerabilities'*) say "npm, $folder: no known holes" ;;
      *'severity'* | *'vulnerabilities'*) found=1 && printf '%s\n' "npm, $folder:" "$output" ;;
      *) say "npm, $folder: the feed says nothing about holes" ;;
    esac
  done
  return $found
}

case ${1:-} in
  sbom) sbom "${2:?A folder is needed.}" ;;
  audit) audit ;;
  *) sed -n '2,4p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
esac
