# shellcheck shell=bash
# Sabotage: plants one defect at a time and expects the test meant for it to go red. A test nobody has seen red may be
# unable to fail.
#
# A defect is a file Tests/Sabotage/NAME.sabotage: header lines, then a unified diff against the tree.
#
#   # what: rows are acknowledged before the commit
#   # suite: swift                (swift, browser or assets)
#   # test: ^StorageSQLiteTests\.DurabilityTests
#   --- a/Sources/StorageSQLite/Writer.swift
#   …
#
# `test` is a pattern for `swift test --filter`, or for node's --test-name-pattern. The work happens in a copy of the tree
# under .build-sabotage with a build folder of its own; the first run pays for a whole debug build there, later ones only
# for what the defects touch. (A copy of .build is of no use there: it is full of its own absolute paths.) Files of the
# copy are replaced only when they differ, so that SwiftPM keeps what it built.
# shellcheck disable=SC2154 # swift_tests, suite_limit and browser_obstacle are of suites.sh

SABOTAGE=$ROOT/.build-sabotage

# hunt_sabotage [WORD]: all defects, or those whose file name contains WORD.
hunt_sabotage() {
  local files file started rows=() seen=0 unseen=0
  mapfile -d '' -t files < <(find "$ROOT/Tests/Sabotage" -name "*${1:-}*.sabotage" -print0 2>/dev/null | LC_ALL=C sort -z)
  if ((${#files[@]} == 0)); then suite_could_not_run sabotage "no *${1:-}*.sabotage under Tests/Sabotage."; return; fi
  started=$(now_micros)
  sabotage_needs "${files[@]}"
  sabotage_mirror
  for file in "${files[@]}"; do
    sabotage_one "$file"
    if [[ $sabotage_verdict == red* ]]; then seen=$((seen + 1)); else unseen=$((unseen + 1)); fi
    rows+=("$(printf '%-28s  %-60s  %s' "$(basename -- "$file" .sabotage)" "$(sabotage_field "$file" test)" "$sabotage_verdict")")
  done
  clear_line
  printf '\n%-28s  %-60s  %s\n' defect 'the test meant for it' 'was it seen?'
  printf '%s\n' "${rows[@]}"
  record_suite sabotage "$seen" "$unseen" "$(seconds_since "$started")"
}

# sabotage_needs FILE…: installs what the suites of these defects need; what is still missing then fails their tests.
sabotage_needs() {
  if grep -qE '^# suite: *assets' "$@"; then ensure_installed node || true; fi
  if grep -qE '^# suite: *browser' "$@"; then
    ensure_installed chromium chromedriver fonts python || true
    ensure_axe || true
  fi
}

# sabotage_one FILE: leaves in sabotage_verdict "red in N s", or why the defect counts as not seen.
sabotage_one() {
  local file=$1 name suite pattern
  name=$(basename -- "$file" .sabotage)
  suite=$(sabotage_field "$file" suite)
  pattern=$(sabotage_field "$file" test)
  say "Sabotage $name: $(sabotage_field "$file" what)"
  if [[ -z $pattern || ! $suite =~ ^(swift|browser|assets)$ ]]; then
    sabotage_verdict="NOT SEEN: its header needs '# test: …' and '# suite: swift|browser|assets'"
  elif ! sabotage_green "$suite" "$pattern"; then
    sabotage_verdict="NOT SEEN: the test is not green without the defect"
  elif ! sabotage_patch "$file"; then
    sabotage_verdict="NOT SEEN: the diff does not apply; see $LOGS/sabotage-patch.log"
  else
    sabotage_watch "$suite" "$pattern" "$TEST_LOGS/sabotage-$name.log"
    sabotage_patch "$file" --reverse || fail "$name cannot be taken out of $SABOTAGE/tree again."
  fi
  say "  $sabotage_verdict"
}

# sabotage_watch SUITE PATTERN LOG: builds with the defect in and looks for red.
sabotage_watch() {
  local started=$SECONDS
  if ! sabotage_build "$1"; then
    sabotage_verdict="NOT SEEN: it does not build; see $LOGS/sabotage-build.log"
  elif sabotage_test "$@"; then
    sabotage_verdict="NOT SEEN: green in spite of it"
  elif ! grep -qaE '^✘ Test |^ *not ok |unexpected signal|Fatal error|Precondition failed' "$3"; then
    sabotage_verdict="NOT SEEN: the test did not run; see $3"
  else
    sabotage_verdict="red in $((SECONDS - started)) s"
  fi
}

# sabotage_field FILE NAME: the value of the header line "# NAME: value".
sabotage_field() { sed -n "/^---/q; s/^# $2: *//p" "$1" | head -n 1; }

# sabotage_green SUITE PATTERN: whether the test is green without a defect; asked once for each.
declare -A sabotage_known_green=()
sabotage_green() {
  if [[ -n ${sabotage_known_green["$1 $2"]:-} ]]; then return 0; fi
  sabotage_build "$1" && sabotage_test "$1" "$2" "$TEST_LOGS/sabotage-green.log" || return 1
  sabotage_known_green["$1 $2"]=yes
}

# The copy lies inside our repository; the ceiling keeps git from taking one for the other.
sabotage_patch() {
  (cd -- "$SABOTAGE/tree" && GIT_CEILING_DIRECTORIES=$SABOTAGE git apply --verbose "${@:2}" "$1") \
    >"$LOGS/sabotage-patch.log" 2>&1
}

# sabotage_build SUITE
sabotage_build() {
  if [[ $1 == assets ]]; then return 0; fi
  watch "Building the copy" "$LOGS/sabotage-build.log" \
    swift build --package-path "$SABOTAGE/tree" --scratch-path "$SABOTAGE/build" --build-tests
}

# sabotage_test SUITE PATTERN LOG: runs the named tests of the copy. Returns 0 only when some ran and all were green.
sabotage_test() {
  local pattern=$2 log=$3 status=0 counter=count_swift command
  local tests=("${swift_tests[@]}" --package-path "$SABOTAGE/tree" --scratch-path "$SABOTAGE/build" --filter "$pattern")
  case $1 in
    swift) command=("${tests[@]}") ;;
    browser)
      find_browser || { say "$browser_obstacle"; return 1; }
      command=(env "${browser_places[@]}" "${tests[@]}")
      ;;
    assets)
      counter=count_tap
      find_asset_tests "$SABOTAGE/tree"
      command=(node --test --test-reporter=tap --test-name-pattern "$pattern" "${asset_tests[@]}")
      ;;
  esac
  watch "Testing $pattern" "$log" "${suite_limit[@]}" "${command[@]}" || status=$?
  ((status == 0)) && [[ $("$counter" "$log") == *" 0" ]]
}

# --- the copy --------------------------------------------------------------------------------------------------------

# sabotage_mirror: makes the copy equal to the tree, whatever an interrupted run left in it.
sabotage_mirror() {
  local path paths
  mapfile -d '' -t paths < <(sabotage_paths)
  declare -A wanted=()
  for path in "${paths[@]}"; do
    wanted["$path"]=1
    if ! cmp -s "$ROOT/$path" "$SABOTAGE/tree/$path"; then
      mkdir -p "$(dirname -- "$SABOTAGE/tree/$path")"
      cp -p "$ROOT/$path" "$SABOTAGE/tree/$path"
    fi
  done
  mapfile -d '' -t paths < <(cd -- "$SABOTAGE/tree" && find . -type f -printf '%P\0')
  for path in "${paths[@]}"; do
    if [[ -z ${wanted["$path"]:-} ]]; then rm -f "$SABOTAGE/tree/$path"; fi
  done
}

# sabotage_paths: every file but git's and what builds left, each followed by a zero byte.
sabotage_paths() {
  cd -- "$ROOT" && find . \( -path './.build*' -o -path ./.git \) -prune -o -type f -printf '%P\0'
}
