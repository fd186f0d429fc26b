# shellcheck shell=bash
# Runs a long command with its output in a log, and says how far it is: on one refreshed line of a terminal, or with a
# plain line every 15 seconds without one.

# The process group of the command being watched; empty between commands.
watched=

# watch LABEL LOG COMMAND…: runs the command and returns its status. Its output is in LOG.
#
# The command gets a process group of its own, so that Ctrl-C stops it with all its children, and no standard input.
# The lock of this project (see lock.sh) is not handed on: a child that outlives us must not hold it. COMMAND is a
# program, not a function: it takes the place of the process that is watched.
watch() {
  local label=$1 log=$2 started=$SECONDS shown=$SECONDS pause=15 status=0
  shift 2
  mkdir -p "$(dirname -- "$log")"
  say "+ $(quoted "$@")"
  if on_terminal; then pause=1; fi
  set -m
  (leave_lock && exec "$@") >"$log" 2>&1 </dev/null &
  watched=$!
  set +m
  while kill -0 "$watched" 2>/dev/null; do
    sleep 0.2
    if ((SECONDS - shown >= pause)); then
      shown=$SECONDS
      show_progress "$label: $(elapsed "$((SECONDS - started))")$(last_step "$log")"
    fi
  done
  wait "$watched" || status=$?
  watched=
  clear_line
  return "$status"
}

show_progress() { if on_terminal; then refresh "$1"; else say "$1"; fi; }

# last_step LOG: ", step 12 of 345, Compiling NIOCore" from a build's "[12/345] Compiling NIOCore …", else the last line.
last_step() {
  local line step='^\[([0-9]+)/([0-9]+)\] *(.*)'
  line=$(tail -c 4096 -- "$1" 2>/dev/null | tr '\r' '\n' | tr -cd '[:print:]\n' | grep -v '^ *$' | tail -n 1) || return 0
  if [[ $line =~ $step ]]; then
    printf ', step %d of %d, %.60s' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
  elif on_terminal && [[ -n $line ]]; then
    printf ', %.100s' "$line"
  fi
}

# quoted WORD…: the words as they could be typed again.
quoted() {
  local word line=
  for word in "$@"; do
    if [[ $word =~ ^[A-Za-z0-9_./:=,@%+-]+$ ]]; then line+=" $word"; else line+=" ${word@Q}"; fi
  done
  printf '%s' "${line# }"
}

# interrupted SIGNAL STATUS: stops the watched command with all its children, politely first, and ends.
interrupted() {
  trap '' HUP INT TERM
  if [[ -n $watched ]]; then
    say "Stopping…"
    kill -s "$1" -- "-$watched" 2>/dev/null || true
    local attempt
    for attempt in {1..50}; do
      kill -0 -- "-$watched" 2>/dev/null || break
      if ((attempt == 50)); then kill -s KILL -- "-$watched" 2>/dev/null || true; fi
      sleep 0.1
    done
  fi
  say "$COMMAND: stopped. Nothing is lost: the next run goes on where this one was."
  exit "$2"
}
trap 'interrupted HUP 129' HUP
trap 'interrupted INT 130' INT
trap 'interrupted TERM 143' TERM

# show_failure LOG: what a person needs from a failed command's log: the errors, else the end.
show_failure() {
  local errors
  errors=$(grep -aE '(^|[^A-Za-z])(error|fatal error|E): ' -- "$1" | awk '!seen[$0]++' | head -n 20 || true)
  if [[ -z $errors ]]; then errors=$(tail -n 30 -- "$1" || true); fi
  say "$errors"
  say "(the whole output is in $1)"
}
