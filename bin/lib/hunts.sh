# shellcheck shell=bash
# The short hunts of bin/check. The longer ones have files of their own: sanitizers.sh, sabotage.sh, powercut.sh,
# postgres.sh.
# shellcheck disable=SC2154 # swift_tests is of suites.sh, failed_in_all of results.sh

# A hunt may last longer than a suite of every day.
hunt_limit=("${suite_limit[@]/40m/4h}")

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

# --- dice ------------------------------------------------------------------------------------------------------------

# hunt_dice [N[@SEED]]: N rolls (1,000,000) of each kind of expression, as many single dice of many sides, by chi-square
# beside their exact odds, and N / 10 generated expressions in all notations; from this seed or one made up. The same two
# numbers bring the same rolls. The log's own lines are shown: what was rolled, and how well it agrees.
hunt_dice() {
  local wish=${1:-1000000} count seed
  [[ $wish =~ ^[1-9][0-9]{0,8}(@[0-9]{1,18})?$ ]] || refuse "--dice wants N or N@SEED, 1 to 999999999, not '$wish'."
  count=${wish%@*}
  seed=$((RANDOM << 15 | RANDOM))
  if [[ $wish == *@* ]]; then seed=${wish#*@}; fi
  if ! build "Building the tests" "$LOGS/build-tests.log" --build-tests; then
    suite_could_not_run dice "the tests do not build."
    return
  fi
  local suite_limit=("${hunt_limit[@]}")
  run_suite dice count_swift env ARBITER_DICE="$count" ARBITER_DICE_SEED="$seed" "${swift_tests[@]}" \
    --package-path "$ROOT" --filter '^DiceTests\.(DiceStatisticsTests|GeneratedExpressionTests)'
  say "$(grep -a '^dice: ' "$TEST_LOGS/dice.log" || true)"
  say "The seed was $seed."
}

# --- proposals -------------------------------------------------------------------------------------------------------

# hunt_proposals [N[@SEED]]: so many generated proposals (20,000) brought to the desk, from this seed or one made up; after
# each, all of it is there or nothing. The same two numbers bring the same proposals. The log's own lines are shown: seed,
# how they ended, what share could be executed, and that all of it was rebuilt.
hunt_proposals() {
  local wish=${1:-20000} count seed
  [[ $wish =~ ^[1-9][0-9]{0,6}(@[0-9]{1,18})?$ ]] || refuse "--proposals wants N or N@SEED, 1 to 9999999, not '$wish'."
  count=${wish%@*}
  seed=$((RANDOM << 15 | RANDOM))
  if [[ $wish == *@* ]]; then seed=${wish#*@}; fi
  if ! build "Building the tests" "$LOGS/build-tests.log" --build-tests; then
    suite_could_not_run proposals "the tests do not build."
    return
  fi
  local suite_limit=("${hunt_limit[@]}")
  run_suite proposals count_swift env ARBITER_PROPOSALS="$count" ARBITER_PROPOSALS_SEED="$seed" "${swift_tests[@]}" \
    --package-path "$ROOT" --filter '^SimulationTests\.ProposalSimulationTests'
  say "$(grep -a '^proposals: ' "$TEST_LOGS/proposals.log" || true)"
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

# hunt_kill_turns: the server is killed while a turn is taken and started again, until every stage was hit five times.
hunt_kill_turns() {
  local ground
  if ! build_release bench || ! build_release arbiter; then suite_could_not_run kill-turns "it does not build."; return; fi
  ground=$(hunting_ground kill-turns)
  run_suite kill-turns count_closing_line "$BUILD/release/bench" kill-turns --data "$ground/data" --ledger "$ground/ledger"
  say "$(grep -aE '^(kills by stage|turns |acknowledged |minutes |chain )' "$TEST_LOGS/kill-turns.log" || true)"
  if ((failed_in_all == 0)); then rm -rf "$ground"; else say "Its data and ledger are kept in $ground."; fi
}

# --- the same bytes --------------------------------------------------------------------------------------------------

# hunt_repeatable: every plan of Examples/spells, and a sentence to the built-in model, with a seed and a time, by the debug
# and the release program: byte for byte the same.
hunt_repeatable() {
  if ! build "Building arbiter (debug)" "$LOGS/build-debug.log" --product arbiter || ! build_release arbiter; then
    suite_could_not_run repeatable "it does not build."
    return
  fi
  run_suite repeatable count_closing_line repeat_in_both_builds
}

repeat_in_both_builds() {
  local ground passed=0 failed=0 plan data
  ground=$(hunting_ground repeatable)
  data=$ground/data
  "$BUILD/debug/arbiter" campaign import "$ROOT/Examples/spells/campaign.json" --data "$data" >/dev/null
  local campaign
  campaign=$(sed -n 's/^ *"id": *"\([a-z0-9_-]*\)".*/\1/p' "$ROOT/Examples/spells/campaign.json" | head -1)
  for plan in "$ROOT"/Examples/spells/[0-9]*.json sentence; do
    if [[ $plan == *.expected.json ]]; then continue; fi
    local arguments=(--campaign "$campaign" --plan "$plan")
    if [[ $plan == sentence ]]; then arguments=("I cast fireball at the goblins"); fi
    local kind
    for kind in debug release; do
      "$BUILD/$kind/arbiter" play "${arguments[@]}" --seed 00c0ffee --clock 2026-01-01T00:00:00Z --json --data "$data" \
        >"$ground/$kind" 2>"$ground/$kind.errors" || true
    done
    if [[ -s $ground/debug ]] && cmp -s "$ground/debug" "$ground/release"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "differs: $plan"
      cat "$ground/debug.errors" "$ground/release.errors"
    fi
  done
  rm -rf "$ground"
  echo "$passed passed, $failed failed"
}
