# shellcheck shell=bash
# The Swift suites under ThreadSanitizer and AddressSanitizer.
#
# A sanitizer that sees nothing is as quiet as code without a fault. So small programs in Tests/Sanitizers go first: those
# with a planted fault must be reported and those without one must not, with the same compiler, options and preloads as the
# suites. No overrun is suppressed; of races and of leaks, what Tests/Sanitizers/races.supp and leaks.supp explain.
# shellcheck disable=SC2154 # swift_tests is of suites.sh

# hunt_sanitize [thread|address]: both, or that one, each in a build folder of its own. The first time each costs a whole
# build (about ten minutes on two cores).
hunt_sanitize() {
  local sanitizer
  for sanitizer in ${1:-thread address}; do
    [[ $sanitizer =~ ^(thread|address)$ ]] || refuse "--sanitize wants thread or address, not '$sanitizer'."
    "sanitize_$sanitizer"
  done
}

# What runs on one thread: nothing to race for, and loops that would take hours under ThreadSanitizer. A new suite is
# looked at unless it is named here.
single_threaded='^(House|StrictJSON|Expressions|Dice|Tabletop|Browser)Tests\.'

sanitize_thread() {
  local settings=(
    SWIFT_BACKTRACE=enable=no
    TSAN_OPTIONS="halt_on_error=0:exitcode=66:suppressions=$ROOT/Tests/Sanitizers/races.supp:print_suppressions=0"
  )
  if ! build_mutex_preload; then suite_could_not_run thread "Tests/Sanitizers/SwiftMutex.c does not compile."; return; fi
  settings+=("${mutex_preload[@]}")
  if see_planted thread Handover 'locked green' 'bare red' -- "${settings[@]}" \
    && see_planted thread SoleOwner 'alone green' 'shared red' -- "${settings[@]}"; then
    sanitize thread "$single_threaded" "${settings[@]}"
  fi
}

sanitize_address() {
  local settings=(
    SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=1
    LSAN_OPTIONS="suppressions=$ROOT/Tests/Sanitizers/leaks.supp:print_suppressions=0"
  )
  if see_planted address Overrun 'within green' 'beyond red' 'lost red' -- "${settings[@]}"; then
    sanitize address '^BrowserTests\.' "${settings[@]}"
  fi
}

# sanitize SANITIZER SKIPPED SETTING…: builds the tests and runs all but those that match SKIPPED.
#
# One test after the other: sanitized code is up to twenty times slower, and the tests keep the time limits of an ordinary
# build, which hundreds of them at once do not hold. The races looked for are those inside one test.
sanitize() {
  local sanitizer=$1 skipped=$2 scratch=$ROOT/.build-$1 suite_limit=("${hunt_limit[@]}")
  shift 2
  if ! build "Building with --sanitize=$sanitizer" "$LOGS/build-$sanitizer.log" \
    --build-tests --sanitize="$sanitizer" --scratch-path "$scratch"; then
    suite_could_not_run "$sanitizer" "the tests do not build with --sanitize=$sanitizer."
    return
  fi
  run_suite "$sanitizer" count_sanitized env "$@" "${swift_tests[@]}" --package-path "$ROOT" \
    --sanitize="$sanitizer" --scratch-path "$scratch" --no-parallel --skip "$skipped"
}

# count_sanitized LOG: "PASSED FAILED" of a Swift Testing run; each report of a sanitizer is a failure of its own.
count_sanitized() {
  local passed failed reports
  read -r passed failed <<<"$(count_swift "$1")"
  reports=$(count_reports "$1")
  echo "$passed $((failed + reports))"
}

count_reports() { grep -acE '(WARNING|ERROR): [A-Za-z]+Sanitizer: ' "$1" || true; }

# --- what must be seen -----------------------------------------------------------------------------------------------

# see_planted SANITIZER PROGRAM 'ARGUMENT green|red'… -- SETTING…: compiles Tests/Sanitizers/PROGRAM.swift and runs it with
# each argument. Returns 1 when one was not as it must be; the sanitizer's word is then worth nothing.
see_planted() {
  local sanitizer=$1 program=$2 folder=$ROOT/.build-$1/planted cases=() case started right=0
  shift 2
  while [[ $1 != -- ]]; do cases+=("$1"); shift; done
  shift
  mkdir -p "$folder"
  started=$(now_micros)
  if ! watch "Compiling $program" "$LOGS/$program.log" \
    swiftc -swift-version 6 -g -sanitize="$sanitizer" "$ROOT/Tests/Sanitizers/$program.swift" -o "$folder/$program"; then
    suite_could_not_run planted "Tests/Sanitizers/$program.swift does not compile; see $LOGS/$program.log"
    return 1
  fi
  for case in "${cases[@]}"; do
    if is_as_planted "${case#* }" "$TEST_LOGS/$program-${case% *}.log" env "$@" "$folder/$program" "${case% *}"; then
      right=$((right + 1))
    else
      say "--- $program ${case% *} should be ${case#* } under the $sanitizer sanitizer and is not; see $TEST_LOGS/$program-${case% *}.log"
    fi
  done
  record_suite planted "$right" "$((${#cases[@]} - right))" "$(seconds_since "$started")"
  ((right == ${#cases[@]}))
}

# is_as_planted green|red LOG COMMAND…: green is a good end without a report, red a bad end with one.
is_as_planted() {
  local color=$1 log=$2 status=0 reports
  shift 2
  watch "Looking for $color" "$log" "${suite_limit[@]}" "$@" || status=$?
  reports=$(count_reports "$log")
  if [[ $color == green ]]; then ((status == 0 && reports == 0)); else ((status != 0 && reports > 0)); fi
}

# --- Swift's Mutex ---------------------------------------------------------------------------------------------------

# build_mutex_preload: fills mutex_preload, the setting by which ThreadSanitizer sees a Mutex change hands on Linux, where
# it would report each handover as a race (Tests/Sanitizers/SwiftMutex.c tells why). Elsewhere it is empty.
mutex_preload=()
build_mutex_preload() {
  local library=$ROOT/.build-thread/SwiftMutex.so
  if [[ $(uname) != Linux ]]; then return 0; fi
  mkdir -p "$ROOT/.build-thread"
  watch "Compiling SwiftMutex.c" "$LOGS/SwiftMutex.log" \
    "$(swift_folder)/clang" -Wall -Wextra -Werror -O1 -fPIC -shared -o "$library" \
    "$ROOT/Tests/Sanitizers/SwiftMutex.c" -ldl || return 1
  mutex_preload=(LD_PRELOAD="$library")
}
