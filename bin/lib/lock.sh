# shellcheck shell=bash
# One command at a time per checkout: two builds in one folder would wait for each other without a word.

lock_file=$BUILD/commands.lock
lock_descriptor=

# take_lock: takes the lock, unless it is ours already, or refuses, naming who has it. Without flock (macOS) there is
# none; SwiftPM's own remains.
take_lock() {
  if [[ -n $lock_descriptor ]] || ! command -v flock >/dev/null; then return 0; fi
  exec {lock_descriptor}<>"$lock_file"
  if ! flock -n "$lock_descriptor"; then
    local holder
    holder=$(head -n 1 "$lock_file")
    lock_descriptor=
    fail "another run is at work in $ROOT: ${holder:-an unnamed one}. Wait for it or stop it, then try again."
  fi
  printf 'bin/%s, process %d, since %s\n' "$COMMAND" "$$" "$(date '+%H:%M:%S')" >"$lock_file"
}

release_lock() {
  [[ -n $lock_descriptor ]] || return 0
  : >"$lock_file"
  exec {lock_descriptor}>&-
  lock_descriptor=
}

# without_lock COMMAND…: runs a function of this shell without the descriptor, for what starts servers that outlive it.
# (By eval, since {name}>&- would close it for good.)
without_lock() {
  if [[ -n $lock_descriptor ]]; then eval '"$@"' "$lock_descriptor>&-"; else "$@"; fi
}

# leave_lock: for a child process: closes the descriptor, which the parent keeps.
leave_lock() {
  if [[ -n $lock_descriptor ]]; then exec {lock_descriptor}>&-; fi
}
