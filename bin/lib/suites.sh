# shellcheck shell=bash
# The suites of bin/test. Each leaves its whole output in .build/test-logs and one row in the table.

TEST_LOGS=$BUILD/test-logs
ASSET_CHECKS=$BUILD/asset-checks

# No suite may run for ever: one that hangs is stopped after this long and counts as failed.
suite_limit=()
if command -v timeout >/dev/null; then suite_limit=(timeout -k 10 40m); fi

# run_suite NAME COUNTER COMMAND…: runs the command, counts with COUNTER, shows the log when anything failed.
run_suite() {
  local name=$1 counter=$2 log=$TEST_LOGS/$1.log started passed failed status=0
  shift 2
  started=$(now_micros)
  watch "Testing $name" "$log" "${suite_limit[@]}" "$@" || status=$?
  read -r passed failed <<<"$("$counter" "$log")"
  # A runner that ends badly after good tests (a crash at exit, a race report) has failed all the same.
  if ((status != 0 && failed == 0)); then failed=1; fi
  record_suite "$name" "$passed" "$failed" "$(seconds_since "$started")"
  if ((failed > 0)); then
    say "--- $name failed (status $status); from $log:"
    show_test_failure "$log"
  fi
}

# suite_could_not_run NAME REASON: counts as one failure, so that nothing is ever left out unseen.
suite_could_not_run() {
  say "--- $1 could not run: $2"
  record_suite "$1" 0 1 0.0
}

# show_test_failure LOG: the failed tests' own lines with what stands under them, else the end of the log.
show_test_failure() {
  local lines
  lines=$(grep -avE '^[✔◇➜] ' "$1" |
    grep -aE -A 6 '^✘ |^ *not ok |error: |Fatal error|Precondition failed|Sanitizer: ' | head -n 120 || true)
  if [[ -z $lines ]]; then lines=$(tail -n 60 "$1"); fi
  say "$lines"
}

# --- the suites ------------------------------------------------------------------------------------------------------

# suite_scripts: these commands' own tests.
suite_scripts() { run_suite scripts count_closing_line "$ROOT/bin/lib/selftest"; }

suite_format() {
  run_suite format count_findings swift format lint --recursive --strict --configuration "$ROOT/.swift-format" \
    "$ROOT/Package.swift" "$ROOT/Sources" "$ROOT/Tests"
}

# XCTest has no tests here and would only add a closing line of its own.
# Not all tests at once: a test that waits for its turn on a machine with few cores would use up its time limit waiting.
swift_tests=(env SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8 swift test --skip-build --disable-xctest --enable-swift-testing)

# suite_swift [PATTERN]: every test target but the browser's, in the build that is there.
suite_swift() {
  run_suite swift count_swift "${swift_tests[@]}" --package-path "$ROOT" --skip '^BrowserTests\.' ${1:+--filter "$1"}
}

# suite_browser [PATTERN]: the same build's BrowserTests against a real Chromium.
suite_browser() {
  if ! find_browser; then suite_could_not_run browser "$browser_obstacle"; return; fi
  run_suite browser count_swift env "${browser_places[@]}" "${swift_tests[@]}" --package-path "$ROOT" \
    --filter "^BrowserTests\..*${1:-}"
}

# find_browser: fills browser_places, the environment by which BrowserTests learn where things are; returns 1 when
# something is missing, with the reason in browser_obstacle.
browser_places=()
browser_obstacle=
find_browser() {
  browser_obstacle=
  if ! has_chromium || ! has_chromedriver; then
    browser_obstacle="there is no Chromium with its chromedriver."
  elif [[ ! -s $ASSET_CHECKS/axe.min.js ]]; then
    browser_obstacle="axe-core is not there; see $LOGS/axe.log."
  fi
  if [[ -n $browser_obstacle ]]; then return 1; fi
  browser_places=(
    ARBITER_BROWSER=1
    ARBITER_CHROMIUM="$(find_first_command chromium chromium-browser google-chrome)"
    ARBITER_CHROMEDRIVER="$(command -v chromedriver)"
    ARBITER_AXE="$ASSET_CHECKS/axe.min.js"
  )
}

# suite_clients: the official clients, as they are, against a server of the same build.
suite_clients() {
  if ! clients_are_good; then suite_could_not_run clients "the clients are not there; see $LOGS/python-clients.log."; return; fi
  run_suite clients count_unittest env ARBITER_PROGRAM="$BUILD/debug/arbiter" PYTHONDONTWRITEBYTECODE=1 \
    "$(environment_python clients)" -m unittest discover --verbose --start-directory "$ROOT/Tests/ClientTests"
}

client_environment=(clients "$ROOT/Tests/ClientTests/requirements.txt" openai anthropic)
ensure_clients() { ensure_environment "${client_environment[@]}"; }
clients_are_good() { environment_is_good "${client_environment[@]}"; }

# suite_models: a llama.cpp server with random weights behind a server of the same build.
suite_models() {
  if ! models_are_good; then suite_could_not_run models "llama.cpp is not there; see $LOGS/python-models.log."; return; fi
  run_suite models count_unittest env ARBITER_PROGRAM="$BUILD/debug/arbiter" PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH="$ROOT/Tests/ClientTests" \
    "$(environment_python models)" -m unittest discover --verbose --start-directory "$ROOT/Tests/ModelTests"
}

model_environment=(models "$ROOT/Tests/ModelTests/requirements.txt" xllamacpp)
ensure_models() { ensure_environment "${model_environment[@]}"; }
models_are_good() { environment_is_good "${model_environment[@]}"; }

# suite_assets: the DOM-free logic of the page.
suite_assets() {
  if ! has_node; then suite_could_not_run assets "there is no Node.js 18 or newer."; return; fi
  find_asset_tests "$ROOT"
  if ((${#asset_tests[@]} == 0)); then suite_could_not_run assets "no *.test.js or *.test.mjs under Tests/AssetTests."; return; fi
  run_suite assets count_tap node --test --test-reporter=tap "${asset_tests[@]}"
}

# find_asset_tests TREE: fills asset_tests. The files are named one by one, since Node 22 refuses a folder.
asset_tests=()
find_asset_tests() {
  mapfile -d '' -t asset_tests < <(find "$1/Tests/AssetTests" -name '*.test.*js' -print0 2>/dev/null | LC_ALL=C sort -z)
}
