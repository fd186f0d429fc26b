# shellcheck shell=bash
# axe-core, the accessibility checker that BrowserTests run inside the page. It is not part of this project (MPL-2.0), so
# it is fetched into .build and never committed: one file out of a wheel of the Python Package Index, checked by its hash.

axe_wheel=axe-playwright-python==0.1.8
axe_digest=84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc

# ensure_axe: returns 1 when it is not there and could not be fetched.
ensure_axe() {
  local target=$ASSET_CHECKS/axe.min.js wheels=$ASSET_CHECKS/wheels
  if axe_is_good "$target"; then return 0; fi
  ensure_installed python pip || return 1
  rm -rf "$wheels"
  mkdir -p "$wheels"
  if ! watch "Fetching axe-core" "$LOGS/axe.log" \
    python3 -m pip download --no-deps --only-binary :all: --dest "$wheels" "$axe_wheel"; then
    say "axe-core could not be fetched from the Python Package Index:"
    show_failure "$LOGS/axe.log"
    return 1
  fi
  python3 -m zipfile -e "$wheels"/*.whl "$wheels" && mv "$wheels/axe_playwright_python/axe.min.js" "$target" || return 1
  rm -rf "$wheels"
  axe_is_good "$target" || { say "axe.min.js of $axe_wheel is not the file this project was tested with."; return 1; }
}

axe_is_good() { [[ -s $1 && $(digest <"$1") == "$axe_digest" ]]; }
