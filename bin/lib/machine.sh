# shellcheck shell=bash
# What a figure is worth depends on where it was measured: the machine, how busy it is, and how long its disk takes.

print_machine() {
  local p50 p99
  read -r p50 p99 <<<"$(fdatasync_micros)"
  printf 'machine    %s, %s cores, %s MB, %s %s\n' "$(processor)" "$(getconf _NPROCESSORS_ONLN)" "$(memory_megabytes)" \
    "$(uname -s)" "$(uname -r)"
  printf 'load       %s (1, 5 and 15 minutes)\n' "$(uptime | sed 's/.*load averages\{0,1\}: *//')"
  printf 'build      release, Swift %s, revision %s\n' "$(swift_version || echo unknown)" "$(revision)"
  printf 'fdatasync  %s µs p50, %s µs p99 (4 KiB appended, 200 times, in %s)\n' "$p50" "$p99" "$BUILD"
}

processor() { sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 | grep . || uname -m; }

memory_megabytes() { awk '/^MemTotal/ { printf "%d", $2 / 1024 }' /proc/meminfo 2>/dev/null || echo unknown; }

revision() {
  local name
  name=$(git -C "$ROOT" rev-parse --short HEAD 2>/dev/null) || { echo unknown; return; }
  if [[ -n $(git -C "$ROOT" status --porcelain 2>/dev/null) ]]; then name+=" with changes"; fi
  echo "$name"
}

# fdatasync_micros: "P50 P99" of one 4 KiB write and its fdatasync, as dd itself measures each. The file lies where the
# build does, which is where benchmarks keep their data.
fdatasync_micros() {
  local file=$BUILD/fdatasync-probe round
  rm -f "$file"
  for ((round = 0; round < 200; round++)); do
    LC_ALL=C dd if=/dev/zero of="$file" bs=4096 count=1 seek="$round" conv=notrunc,fdatasync 2>&1
  done | sed -nE 's/.* copied, ([0-9.e+-]+) s,.*/\1/p' | LC_ALL=C sort -g |
    awk '{ micros[NR] = $1 * 1000000 } END { printf "%d %d", micros[int((NR + 1) * 0.5)], micros[int(NR * 0.99)] }'
  rm -f "$file"
}
