# shellcheck shell=bash
# What every command shares: where the project lies, how it speaks, and how it cleans up.
#
# Everything a command says about its own steps goes to stderr; only results (a table, the last line) go to stdout.

if ((BASH_VERSINFO[0] < 4 || (BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] < 4))); then
  echo "These commands need bash 4.4 or newer; this is bash $BASH_VERSION (on macOS: brew install bash)." >&2
  exit 2
fi

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
COMMAND=$(basename -- "$0")
BUILD=$ROOT/.build
LOGS=$BUILD/logs
if ! mkdir -p "$LOGS" 2>/dev/null || [[ ! -w $BUILD || ! -w $LOGS ]]; then
  echo "$COMMAND: $LOGS cannot be written by $(id -un). Run this as its owner, or remove $BUILD." >&2
  exit 2
fi

# The commands to run when this one ends, in whatever way; the newest first.
cleanups=()
at_exit() { cleanups=("$1" "${cleanups[@]}"); }
clean_up() {
  local cleanup
  for cleanup in "${cleanups[@]}"; do "$cleanup" || true; done
  clear_line
}
trap clean_up EXIT

# A mistake of these scripts must not end them without a word.
set -o errtrace
trap 'say "$COMMAND: ended at line $LINENO of ${BASH_SOURCE[0]##*/} ($BASH_COMMAND): a mistake of this script."' ERR

# A refreshed line is for a person looking on; a pipe or a log gets plain lines.
on_terminal() { [[ -t 2 ]]; }
clear_line() { if on_terminal; then printf '\r\033[K' >&2; fi; }

say() { clear_line; printf '%s\n' "$*" >&2; }

# refresh TEXT: replaces the current line of the terminal, cut to its width.
refresh() { printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$1" >&2; }

# fail MESSAGE: the command could not do its work.
fail() { say "$COMMAND: $*"; exit 1; }

# refuse MESSAGE: the command was asked for something it does not do, or needs an answer first.
refuse() { say "$COMMAND: $*"; exit 2; }

# print_help: the comment at the top of the command is its help.
print_help() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

# elapsed SECONDS: "45 s", "3 min 20 s".
elapsed() {
  if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %02d s' "$(($1 / 60))" "$(($1 % 60))"; fi
}

# A clock in microseconds, for the seconds in tables.
now_micros() { local now=${EPOCHREALTIME/[.,]/}; printf '%s' "$now"; }
seconds_since() {
  local micros=$(($(now_micros) - $1))
  printf '%d.%d' "$((micros / 1000000))" "$((micros % 1000000 / 100000))"
}

# digest: the SHA-256 of what comes in, in hexadecimal.
DIGEST=(sha256sum)
command -v sha256sum >/dev/null || DIGEST=(shasum -a 256)
digest() { "${DIGEST[@]}" | cut -d ' ' -f 1; }
