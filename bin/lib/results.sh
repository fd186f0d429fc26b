# shellcheck shell=bash
# Reads how many tests passed and failed from what each runner prints, and keeps the table of suites.

# count_swift LOG: "PASSED FAILED" of a Swift Testing run.
#
# The closing line is "✔ Test run with 123 tests in 12 suites passed after 3.2 seconds." or "✘ Test run with … failed
# after … with 4 issues.". Its number includes skipped tests, and it counts issues instead of failed tests, so both are
# counted from their own lines. Without a closing line the process died: what had passed counts, and the death is one
# failure. A red run without a red test (an issue outside of any) has one failure, and so has a run that executed nothing.
count_swift() {
  awk '
    /^✔ Test run with [0-9]+ tests? / { total += $5; closed = 1; next }
    /^✘ Test run with [0-9]+ tests? / { total += $5; closed = red = 1; next }
    /^✔ Test .* passed after / { green++ }
    /^✘ Test .* failed after / { failed++ }
    /^➜ Test .* skipped/ { skipped++ }
    END {
      passed = closed ? total - skipped - failed : green
      if (!closed) failed++
      else if ((red || passed <= 0) && failed == 0) { failed = 1; if (passed > 0) passed-- }
      print (passed > 0 ? passed : 0), failed + 0
    }' "$1"
}

# count_tap LOG: "PASSED FAILED" of `node --test --test-reporter=tap`: "# pass 12", "# fail 0", "# cancelled 0".
count_tap() {
  awk '
    /^# pass [0-9]+$/ { passed += $3; seen = 1 }
    /^# (fail|cancelled) [0-9]+$/ { failed += $3 }
    END {
      if (!seen || passed + failed == 0) failed = failed ? failed : 1
      print passed + 0, failed + 0
    }' "$1"
}

# count_unittest LOG: "PASSED FAILED" of `python -m unittest`: "Ran 20 tests in 3.2s", then "OK" or
# "FAILED (failures=1, errors=2)". Without its closing lines the process died.
count_unittest() {
  awk '
    /^Ran [0-9]+ tests? in / { total = $2 }
    /^OK/ { closed = 1 }
    /^FAILED \(/ {
      closed = 1
      rest = $0
      while (match(rest, /(failures|errors|unexpected successes)=[0-9]+/)) {
        word = substr(rest, RSTART, RLENGTH); sub(/.*=/, "", word); failed += word
        rest = substr(rest, RSTART + RLENGTH)
      }
    }
    END {
      if (!closed || total == 0) failed = failed ? failed : 1
      passed = total - failed
      print (passed > 0 ? passed : 0), failed + 0
    }' "$1"
}

# count_findings LOG: a linter is one check: passed when it printed no finding.
count_findings() { if grep -qE ': (error|warning): ' "$1"; then echo "0 1"; else echo "1 0"; fi; }

# count_closing_line LOG: "PASSED FAILED" of a runner that ends with "12 passed, 0 failed".
count_closing_line() {
  local counts
  counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$1" | tail -n 1)
  if [[ -z $counts || $counts == "0 0" ]]; then counts="0 1"; fi
  echo "$counts"
}

suite_rows=()
passed_in_all=0
failed_in_all=0

# record_suite NAME PASSED FAILED SECONDS
record_suite() {
  suite_rows+=("$(printf '%-10s %8d %8d %10s' "$@")")
  passed_in_all=$((passed_in_all + $2))
  failed_in_all=$((failed_in_all + $3))
}

# print_results: the table, and on the very last line the sum.
print_results() {
  clear_line
  printf '\n%-10s %8s %8s %10s\n' suite passed failed seconds
  if ((${#suite_rows[@]} > 0)); then printf '%s\n' "${suite_rows[@]}"; fi
  printf '\n%d passed, %d failed\n' "$passed_in_all" "$failed_in_all"
}
