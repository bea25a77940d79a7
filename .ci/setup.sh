# Shared by run.sh and test.sh: what must be installed, and builds that do nothing when nothing changed.
# Sourced, with $here set to the repository.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

need_command() { # command, what it is
  command -v "$1" >/dev/null || { say "MusicSocial needs $2 ($1 is not on the PATH)."; exit 1; }
}

# A package's proof is a command, a shared library (*.so*) or a file (/..., where * stands for any part of a name).
is_there() {
  case "$1" in
    /*) compgen -G "$1" >/dev/null ;;
    # Not `ldconfig | grep -q`: grep ends at the first match, and with pipefail the broken pipe would count as "not installed".
    *.so*) [[ "$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null)" == *"$1"* ]] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing_packages() { # package:proof ...
  local pair
  for pair in "$@"; do is_there "${pair#*:}" || printf '%s ' "${pair%%:*}"; done
}

# The names this distribution gives to packages whose name contains a version: libicu is libicu72 on Debian 12, libicu74 on Ubuntu 24.04, libicu76 on
# Debian 13. Without a package list, libicu-dev is there everywhere and brings the library.
package_names() { # package ...
  local package names=()
  for package in "$@"; do
    if [ "$package" = libicu ]; then
      package=$(apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | sort -rV | awk 'NR == 1 { print $1 }')
    fi
    names+=("${package:-libicu-dev}")
  done
  echo "${names[@]}"
}

apt_install() { # package ...
  # shellcheck disable=SC2046 # one argument a name
  apt-get install -y -qq --no-install-recommends $(package_names "$@") >/dev/null
}

install_packages() { # package ...
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "Missing. Please run: sudo apt-get update && sudo apt-get install --no-install-recommends $(package_names "$@")"
    return 1
  fi
  say "Installing $*"
  # Servers are wanted as programs: at this run level Debian's packages do not start a service of their own.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt_install "$@" 2>/dev/null || { apt-get update -qq >/dev/null && apt_install "$@"; }
}

# Installs what is missing; as an ordinary user, says in one line how. Ends when a needed package is still missing, goes on without a wanted one.
need_packages() { # needed package:proof ... [-- wanted package:proof ...]
  local needed=() wanted=() missing
  while [ $# -gt 0 ] && [ "$1" != -- ]; do needed+=("$1") && shift; done
  wanted=("${@:2}")
  missing=$(missing_packages "${needed[@]}" "${wanted[@]}")
  # shellcheck disable=SC2086 # one argument a name
  [ -z "$missing" ] || install_packages $missing || true
  missing=$(missing_packages "${needed[@]}")
  [ -z "$missing" ] || { say "Cannot go on without: $(package_names $missing)"; exit 1; }
}

# True when any of the given paths is newer than the stamp file (first argument), or there is no stamp.
changed_since() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -not -path '*/obj/*' -not -path '*/bin/*' -not -path '*/node_modules/*' -not -path '*/wwwroot*' -print -quit)" ]
}

npm_packages() { # folder
  local stamp="$1/node_modules/.musicsocial"
  if changed_since "$stamp" "$1/package.json" "$1/package-lock.json"; then
    say "Fetching npm packages of ${1#"$here/"}"
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error) || return 1
    touch "$stamp"
  fi
}

# What quote cards need to draw any script: Latin to Khmer, Chinese, Japanese and Korean, emoji, and the tool that lists fonts.
FONT_PACKAGES=(
  fontconfig:fc-list
  fonts-noto-core:/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf
  fonts-noto-cjk:/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
  fonts-noto-color-emoji:/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf
)

build_web() {
  local web="$here/src/MusicSocial.Web" stamp="$here/src/MusicSocial.Server/wwwroot/.musicsocial"
  npm_packages "$web" || return 1
  if changed_since "$stamp" "$web"; then
    say "Building the web client"
    (cd "$web" && npm run --silent build) || return 1
    touch "$stamp"
  fi
}

build_server() {
  local stamp="$here/src/MusicSocial.Server/bin/Release/.musicsocial"
  if changed_since "$stamp" "$here/src" "$here/Directory.Build.props" "$here/Directory.Packages.props" "$here/global.json"; then
    say "Building the hub"
    dotnet build "$here/src/MusicSocial.Server" -c Release -v q --nologo
    touch "$stamp"
  fi
}
