# shellcheck shell=bash
# Swift itself: found, working and new enough. It is the one thing that is not installed here.

swift_minimum=6.2

# What a build needs beside Swift.
build_needs=(git certificates sqlite swift_libraries)

# ensure_swift: ends the command with one sentence when there is no usable Swift.
ensure_swift() {
  command -v swift >/dev/null ||
    refuse "Swift $swift_minimum or newer is needed and 'swift' is not on the PATH. Install it: https://www.swift.org/install/"
  local version
  if ! version=$(swift_version); then
    say "'swift' is here ($(command -v swift)) but does not run; it needs libraries of the system."
    ensure_installed "${build_needs[@]}" || fail "Swift does not run; see https://www.swift.org/install/ for what it needs."
    version=$(swift_version) || fail "'swift --version' prints no version: $(swift --version 2>&1 | head -n 1)"
  fi
  if ! version_at_least "$version" "$swift_minimum"; then
    refuse "Swift $swift_minimum or newer is needed; this is $version. Install it: https://www.swift.org/install/"
  fi
}

swift_version() {
  local output pattern='Swift version ([0-9]+(\.[0-9]+)+)'
  output=$(swift --version 2>/dev/null) || return 1
  [[ $output =~ $pattern ]] || return 1
  printf '%s' "${BASH_REMATCH[1]}"
}

# version_at_least 6.10.1 6.2
version_at_least() { [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$2" ]]; }

# swift_compiles: whether a program of C, C++ and Foundation compiles and links: headers, linker and libraries are there.
# The answer "yes" is kept for this compiler, since asking takes two seconds.
swift_compiles() {
  local proof=$BUILD/toolchain-works probe
  if [[ -f $proof && $(<"$proof") == "$(toolchain_identity)" ]]; then return 0; fi
  probe=$(mktemp -d)
  printf 'import Foundation\nprint(UUID().uuidString.count)\n' >"$probe/main.swift"
  printf '#include <string>\nint main() { return std::string("").size(); }\n' >"$probe/main.cpp"
  if swiftc -o "$probe/swift" "$probe/main.swift" && "$probe/swift" >/dev/null &&
    "$(swift_folder)/clang++" -o "$probe/cpp" "$probe/main.cpp" && "$probe/cpp"; then
    toolchain_identity >"$proof"
  fi >"$LOGS/toolchain.log" 2>&1
  rm -rf "$probe"
  [[ -f $proof && $(<"$proof") == "$(toolchain_identity)" ]]
}

# swift_folder: where the toolchain's other programs are. (An installer's `swift` may be a link to the installer itself.)
swift_folder() {
  local folder
  folder=$(dirname -- "$(command -v swift)")
  if [[ ! -e $folder/clang++ ]]; then folder=$(dirname -- "$(readlink -f -- "$(command -v swift)")"); fi
  printf '%s' "$folder"
}

# toolchain_identity: changes when another compiler is used; empty when there is none.
toolchain_identity() {
  if command -v swift >/dev/null; then
    swift --version 2>&1 || true
    file_identity "$(command -v swift)"
  fi
}
