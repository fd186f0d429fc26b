# shellcheck shell=bash
# Builds with SwiftPM, and knows when nothing has to be built.
# shellcheck disable=SC2154 # build_needs is of toolchain.sh

# prepare_build: everything a build needs, installed and checked.
prepare_build() {
  ensure_swift
  ensure_installed "${build_needs[@]}" || fail "the build needs what is named above."
}

# build LABEL LOG ARGUMENT…: `swift build` with these arguments, watched.
build() {
  local label=$1 log=$2 started=$SECONDS
  shift 2
  if ! watch "$label" "$log" swift build --package-path "$ROOT" "$@"; then
    if grep -qE 'Could not resolve host|unable to access|Failed to clone' "$log"; then
      say "The packages it depends on could not be fetched: this machine does not reach them."
    fi
    show_failure "$log"
    return 1
  fi
  say "$label: done in $(elapsed "$((SECONDS - started))")."
}

# build_release PRODUCT: makes sure that .build/release/PRODUCT is what the sources say. Takes the lock only to build.
build_release() {
  local product=$1 before
  if is_current "$product"; then return 0; fi
  take_lock
  rm -f "$BUILD/$product.stamp"
  prepare_build
  # A first build pins the packages it finds, and the pins are part of what the stamp names.
  if [[ ! -f $ROOT/Package.resolved ]]; then
    watch "Fetching packages" "$LOGS/resolve.log" swift package --package-path "$ROOT" resolve || true # the build tells why
  fi
  before=$(source_identity)
  if [[ ! -d $BUILD/release ]]; then say "The first build in release takes about ten minutes on two cores."; fi
  build "Building $product" "$LOGS/build-release.log" -c release --product "$product" || return 1
  # Sources edited during the build leave no stamp, so that the next run builds again.
  if [[ $(source_identity) == "$before" ]]; then stamp "$product" "$before" >"$BUILD/$product.stamp"; fi
}

# is_current PRODUCT: whether the program is what the sources say.
#
# Correct first: the stamp names the contents of every source file, the compiler, and the program itself (its size and
# time), so that a build by hand and a switched branch are noticed. Fast second: when all three are as they were after the
# last build, SwiftPM is not started at all. A stamp that does not fit costs only the build SwiftPM then judges necessary.
is_current() {
  [[ -x $BUILD/release/$1 && -f $BUILD/$1.stamp ]] &&
    [[ $(<"$BUILD/$1.stamp") == "$(stamp "$1" "$(source_identity)")" ]]
}

stamp() { printf '%s %s' "$2" "$(file_identity "$BUILD/release/$1")"; }

# source_identity: one hash over the names and contents of all that is compiled or embedded, and over the compiler.
source_identity() {
  local path
  (
    cd -- "$ROOT" || exit 1
    toolchain_identity
    for path in Package.swift Package.resolved Sources Tests Benchmarks; do
      if [[ -e $path ]]; then find "$path" -type f -print0; fi
    done | LC_ALL=C sort -z | xargs -0 "${DIGEST[@]}"
  ) | digest
}

# file_identity FILE: its size and its time to the nanosecond.
file_identity() { stat -L -c '%s %y' -- "$1" 2>/dev/null || stat -L -f '%z %Fm' -- "$1"; }
