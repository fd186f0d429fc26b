# shellcheck shell=bash
# A simulated power failure: what was acknowledged must be on the disk, not only in the kernel's memory.
#
# The data folder lies on an ext4 of its own, in a file behind a loop device, mounted so that the journal commits by
# itself only every ten minutes: within a round nothing reaches the file but what somebody synced. While the writers are
# frozen in the middle of their work, the file is copied: the copy is the disk at the moment the power went. It is mounted
# (ext4 replays its journal, as after a real failure) and the acknowledged writes, whose ledger lies elsewhere, are looked
# for. It does not show a disk that lies about its own cache. Needs root and loop devices.
# shellcheck disable=SC2034 # `watched` is of watch.sh, which stops it on Ctrl-C

powercut_ground=
powercut_server=
powercut_rounds=20
powercut_seconds=3
powercut_image_megabytes=256

hunt_powercut() {
  local ground round started failed=0
  if ! powercut_possible; then suite_could_not_run powercut "$powercut_obstacle"; return; fi
  if ! build_release bench || ! build_release arbiter; then suite_could_not_run powercut "it does not build."; return; fi
  ground=$(hunting_ground powercut)
  powercut_ground=$ground
  at_exit powercut_unmount
  started=$(now_micros)
  for ((round = 1; round <= powercut_rounds; round++)); do
    say "Power cut $round of $powercut_rounds"
    if ! powercut "$ground" "$TEST_LOGS/powercut-$round.log"; then
      failed=$((failed + 1))
      say "--- power cut $round failed; image and ledger are kept in $ground/kept-$round:"
      tail -n 20 "$TEST_LOGS/powercut-$round.log" >&2
      powercut_keep "$ground" "$round"
    fi
    powercut_unmount
  done
  record_suite powercut "$((powercut_rounds - failed))" "$failed" "$(seconds_since "$started")"
  if ((failed == 0)); then rm -rf "$ground"; fi
}

# powercut_possible: else powercut_obstacle says why not.
powercut_possible() {
  powercut_obstacle=
  if ((EUID != 0)); then
    powercut_obstacle="mounting needs root: sudo bin/check --powercut."
  elif [[ $(uname -s) != Linux || ! -e /dev/loop-control ]]; then
    powercut_obstacle="there are no loop devices here (/dev/loop-control)."
  elif ! command -v mkfs.ext4 >/dev/null; then
    powercut_obstacle="mkfs.ext4 is missing (apt-get install e2fsprogs)."
  fi
  [[ -z $powercut_obstacle ]]
}

# powercut GROUND LOG: one round.
powercut() {
  local ground=$1 log=$2 load
  powercut_server=
  rm -rf "$ground"/{disk,cut,ledger}
  mkdir -p "$ground/mounted" "$ground/after"
  truncate -s "${powercut_image_megabytes}M" "$ground/disk"
  {
    mkfs.ext4 -q "$ground/disk" && mount -o loop,commit=600 "$ground/disk" "$ground/mounted" || return 1
    set -m
    (leave_lock && exec "$BUILD/release/bench" powercut-load --data "$ground/mounted/data" --ledger "$ground/ledger" \
      >"$ground/said" 2>&1) &
    load=$!
    set +m
    watched=$load # so that Ctrl-C stops it
    # Not the same moment every time.
    sleep "$powercut_seconds.$((RANDOM % 10))"
    powercut_server=$(sed -n 's/^powercut-load: server //p' "$ground/said")
    cat "$ground/said"
    if [[ -z $powercut_server ]] || ! kill -s STOP "$powercut_server"; then
      kill -s KILL -- "-$load" || true
      watched=
      echo "the server did not run when its power was to be cut"
      return 1
    fi
    cp --sparse=always "$ground/disk" "$ground/cut"
    powercut_end_server
    kill -s KILL -- "-$load"
    wait "$load" || true
    watched=
    umount "$ground/mounted" || return 1
    mount -o loop "$ground/cut" "$ground/after" || return 1
    [[ -s $ground/ledger ]] || { echo "nothing was acknowledged: the round shows nothing"; return 1; }
    "$BUILD/release/bench" powercut-check --data "$ground/after/data" --ledger "$ground/ledger"
  } >"$log" 2>&1
}

# powercut_end_server: the server is in a process group of its own, and holds the disk.
powercut_end_server() {
  if [[ -z $powercut_server ]]; then return; fi
  kill -s KILL "$powercut_server" 2>/dev/null || true
  while [[ -d /proc/$powercut_server ]]; do sleep 0.05; done
  powercut_server=
}

powercut_unmount() {
  local folder
  powercut_end_server
  for folder in mounted after; do
    if mountpoint -q "$powercut_ground/$folder"; then umount "$powercut_ground/$folder"; fi
  done
}

powercut_keep() {
  powercut_unmount
  mkdir -p "$1/kept-$2"
  mv "$1/cut" "$1/ledger" "$1/kept-$2/" 2>/dev/null || true
}
