# Shared by run.sh and test.sh: what must be installed, and builds that do nothing when nothing changed.
# Sourced, with $here set to the repository.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

need_command() { # command, what it is
  command -v "$1" >/dev/null || { say "MusicSocial needs $2 ($1 is not on the PATH)."; exit 1; }
}

# A package's proof is a command, a shared library (*.so*) or a file (/...).
is_there() {
  case "$1" in
    /*) [ -e "$1" ] ;;
    *.so*) ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p 2>/dev/null | grep -q "$1" ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing_packages() { # package:proof ...
  local pair
  for pair in "$@"; do is_there "${pair#*:}" || printf '%s ' "${pair%%:*}"; done
}

install_packages() { # package ...
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing $*"
    # Servers are wanted as programs: at this run level Debian's packages do not start a service of their own.
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
      { apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
  else
    say "Missing. Please run: sudo apt-get install --no-install-recommends $*"
    return 1
  fi
}

need_packages() {
  local missing
  missing=$(missing_packages "$@")
  [ -z "$missing" ] || install_packages $missing || exit 1
}

want_packages() {
  local missing
  missing=$(missing_packages "$@")
  [ -z "$missing" ] || install_packages $missing || true
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
    # Not `npm ci`: it insists on the builds for every other platform, which a partial feed may not have.
    (cd "$1" && npm install --no-save --no-audit --no-fund --loglevel=error)
    touch "$stamp"
  fi
}

build_web() {
  local web="$here/src/MusicSocial.Web" stamp="$here/src/MusicSocial.Server/wwwroot/.musicsocial"
  npm_packages "$web"
  if changed_since "$stamp" "$web"; then
    say "Building the web client"
    (cd "$web" && npm run --silent build)
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
