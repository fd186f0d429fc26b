# shellcheck shell=bash
# Python packages that tests and benches stand beside, each set in a virtual environment of its own below .build. They are no
# part of this project: a requirements.txt pins each package by version and hash.

# environment_python NAME: the interpreter of an environment.
environment_python() { echo "$BUILD/python/$1/bin/python"; }

# ensure_environment NAME REQUIREMENTS MODULE…: an environment in which the modules can be imported. Returns 1, having said why,
# when it is not there and could not be had.
ensure_environment() {
  local name=$1 requirements=$2 packages=() system=()
  shift 2
  if environment_is_good "$name" "$requirements" "$@"; then return 0; fi
  mapfile -t packages < <(required_packages "$requirements")
  if ! has_venv; then mapfile -t system < <(packages_for "$(package_family)" venv); fi
  agreed_to_install "${system[@]}" "${packages[@]}" || return 1
  assume_yes=1 ensure_installed venv || return 1
  if ! make_environment "$name" "$requirements" || ! environment_is_good "$name" "$requirements" "$@"; then
    say "The Python packages could not be had. They need Python 3.11 or newer and a way to the Python Package Index:"
    show_failure "$LOGS/python-$name.log"
    return 1
  fi
}

make_environment() {
  local folder=$BUILD/python/$1 log=$LOGS/python-$1.log
  rm -rf "$folder"
  mkdir -p "$BUILD/python"
  watch "Making an environment for Python" "$log" python3 -m venv "$folder" || return 1
  watch "Fetching Python packages" "$log" "$folder/bin/python" -m pip install --disable-pip-version-check \
    --no-input --require-hashes --requirement "$2" || return 1
  digest <"$2" >"$folder/stamp"
}

# required_packages REQUIREMENTS: name==version of each, one a line.
required_packages() { sed -n 's/^\([a-z0-9_-]*==[0-9a-z.]*\).*/\1/p' "$1"; }

environment_is_good() {
  local folder=$BUILD/python/$1 requirements=$2
  shift 2
  [[ -x $folder/bin/python && -f $folder/stamp && $(<"$folder/stamp") == "$(digest <"$requirements")" ]] &&
    "$folder/bin/python" -c 'import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]' "$@" 2>/dev/null
}
