# shellcheck shell=bash
# The short hunts of bin/check. The longer ones have files of their own: sanitizers.sh, sabotage.sh, powercut.sh,
# postgres.sh.
# shellcheck disable=SC2154 # swift_tests is of suites.sh, failed_in_all of results.sh

# The data of a hunt lie outside .build, in a temporary folder; the ledger of what was acknowledged outside the data.
hunting_ground() { mktemp -d "${TMPDIR:-/tmp}/arbiter-$1.XXXXXX"; }

# --- fuzzing ---------------------------------------------------------------------------------------------------------

# hunt_fuzz [SECONDS]: every program in Tests/Fuzzing for a minute, or so many seconds, under AddressSanitizer and libFuzzer. Their targets are in
# Package.swift only while ARBITER_FUZZ=1, since unsafe flags would make Dice and Expressions unusable as libraries.
# A finding is kept in .build-fuzz/findings; copied into Tests/Fuzzing/<name>/corpus it becomes a case for ever.
hunt_fuzz() {
  local folders folder seconds=${1:-60}
  [[ $seconds =~ ^[1-9][0-9]{0,5}$ ]] || refuse "--fuzz wants seconds, 1 to 999999, not '$seconds'."
  mapfile -d '' -t folders < <(
    find "$ROOT/Tests/Fuzzing" -mindepth 1 -maxdepth 1 -type d -name 'Fuzz*' -print0 2>/dev/null | LC_ALL=C sort -z
  )
  if ((${#folders[@]} == 0)); then suite_could_not_run fuzz "there is no Tests/Fuzzing/Fuzz* folder."; return; fi
  for folder in "${folders[@]}"; do fuzz "${folder##*/}" "$folder/corpus" "$seconds"; done
}

fuzz() {
  local name=$1 corpus=$2 seconds=$3 scratch=$ROOT/.build-fuzz findings=$ROOT/.build-fuzz/findings/$1
  mkdir -p "$findings" "$scratch/corpus/$name"
  if ! ARBITER_FUZZ=1 build "Building $name" "$LOGS/build-$name.log" \
    --sanitize=address --scratch-path "$scratch" --product "$name"; then
    suite_could_not_run "$name" "it does not build."
    return
  fi
  # Found inputs go to the first folder; the committed corpus is read only.
  local folders=("$scratch/corpus/$name")
  if [[ -d $corpus ]]; then folders+=("$corpus"); fi
  run_suite "$name" count_fuzzing env SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=symbolize=0:detect_leaks=0 \
    "$scratch/debug/$name" "${folders[@]}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="$findings/" -print_final_stats=1
}

# count_fuzzing LOG: one target is one test: passed when it ran inputs and found nothing.
count_fuzzing() {
  if grep -qE '^stat::number_of_executed_units: [1-9]' "$1" && ! grep -qE 'ERROR: |SUMMARY: ' "$1"; then
    echo "1 0"
  else
    echo "0 1"
  fi
}

# --- PostgreSQL ------------------------------------------------------------------------------------------------------

# hunt_postgres: the storage conformance suite against a private PostgreSQL, installed when missing and stopped again.
hunt_postgres() {
  if ! without_lock postgres_start; then suite_could_not_run postgres "no PostgreSQL could be started."; return; fi
  at_exit postgres_stop
  if build "Building the tests" "$LOGS/build-tests.log" --build-tests; then
    run_suite postgres count_swift "${swift_tests[@]}" --package-path "$ROOT" --filter '^StoragePostgresTests\.'
  else
    suite_could_not_run postgres "the tests do not build."
  fi
  postgres_stop
}

# --- kill -9 ---------------------------------------------------------------------------------------------------------

kill_rounds=50
kill_writers=32

# hunt_kill: the server under writers is killed at random moments and started again; whatever was acknowledged must be
# there, once. `bench kill` ends with "N passed, N failed", one for each round.
hunt_kill() {
  local ground
  if ! build_release bench || ! build_release arbiter; then suite_could_not_run kill "it does not build."; return; fi
  ground=$(hunting_ground kill)
  run_suite kill count_closing_line "$BUILD/release/bench" kill --rounds "$kill_rounds" --writers "$kill_writers" \
    --data "$ground/data" --ledger "$ground/ledger"
  if ((failed_in_all == 0)); then rm -rf "$ground"; else say "Its data and ledger are kept in $ground."; fi
}
