# shellcheck shell=bash
# The Python packages that `bin/bench dice` is compared with, in a virtual environment of their own below .build. They are
# no part of this project: Benchmarks/Peers/requirements.txt pins each by version and hash.

peers=$BUILD/peers
peer_requirements=$ROOT/Benchmarks/Peers/requirements.txt

# ensure_peers: returns 1, having said why, when they are not there and could not be had.
ensure_peers() {
  local packages=() system=()
  if peers_are_good; then return 0; fi
  mapfile -t packages < <(peer_packages)
  if ! has_venv; then mapfile -t system < <(packages_for "$(package_family)" venv); fi
  agreed_to_install "${system[@]}" "${packages[@]}" || return 1
  assume_yes=1 ensure_installed venv || return 1
  if ! install_peers || ! peers_are_good; then
    say "The Python packages could not be had. They need Python 3.11 or newer and a way to the Python Package Index:"
    show_failure "$LOGS/peers.log"
    return 1
  fi
}

install_peers() {
  rm -rf "$peers"
  watch "Making an environment for Python" "$LOGS/peers.log" python3 -m venv "$peers" || return 1
  watch "Fetching the peers" "$LOGS/peers.log" "$peers/bin/python" -m pip install --disable-pip-version-check \
    --no-input --require-hashes --requirement "$peer_requirements" || return 1
  digest <"$peer_requirements" >"$peers/stamp"
}

# peer_packages: name==version of each, one a line.
peer_packages() { sed -n 's/^\([a-z0-9_-]*==[0-9.]*\).*/\1/p' "$peer_requirements"; }

peers_are_good() {
  [[ -x $peers/bin/python && -f $peers/stamp && $(<"$peers/stamp") == "$(digest <"$peer_requirements")" ]] &&
    "$peers/bin/python" -c 'import d20, icepool, simpleeval' 2>/dev/null
}
