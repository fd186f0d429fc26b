# shellcheck shell=bash
# What this project needs from the system, how to see whether it is there, and how to install it.
#
# A need is found by what it brings (a header, a command), not by its package, so that somebody's own installation counts
# and nothing is asked of apt when nothing is missing. Debian 12 is the system this is tested on. The others are best effort.

assume_yes=0
if [[ ${CI:-} == true || ${CI:-} == 1 ]]; then assume_yes=1; fi

# What happens to an installation when nobody can be asked: "refuse" or "install".
without_terminal=refuse

# --- needs -----------------------------------------------------------------------------------------------------------

has_sqlite() { [[ $(uname -s) == Darwin || -e /usr/include/sqlite3.h || -e /usr/local/include/sqlite3.h ]]; }
has_git() { command -v git >/dev/null; }
has_certificates() {
  [[ $(uname -s) == Darwin || -n ${SSL_CERT_FILE:-} ]] ||
    [[ -s /etc/ssl/certs/ca-certificates.crt || -s /etc/pki/tls/certs/ca-bundle.crt || -s /etc/ssl/cert.pem ]]
}
has_chromium() { find_first_command chromium chromium-browser google-chrome >/dev/null; }
has_chromedriver() { command -v chromedriver >/dev/null; }
has_fonts() {
  [[ $(uname -s) == Darwin ]] ||
    [[ -n $(find -L /usr/share/fonts /usr/local/share/fonts \( -name '*.ttf' -o -name '*.otf' \) -print -quit 2>/dev/null) ]]
}
has_node() { command -v node >/dev/null && (($(node --version | sed 's/^v\([0-9]*\).*/\1/') >= 18)); }
has_python() { command -v python3 >/dev/null; }
has_pip() { has_python && python3 -m pip --version >/dev/null 2>&1; }
has_venv() { has_python && python3 -c 'import ensurepip, venv' 2>/dev/null; }
has_swift_libraries() { swift_compiles; }

find_first_command() {
  local name
  for name in "$@"; do
    if command -v "$name"; then return 0; fi
  done
  return 1
}

# packages_for FAMILY NEED: the package names, empty when this system has none we know of.
packages_for() {
  case $1/$2 in
    apt/sqlite) echo libsqlite3-dev ;;
    dnf/sqlite) echo sqlite-devel ;;
    pacman/sqlite) echo sqlite ;;
    apt/chromium) if [[ $(system_id) == ubuntu ]]; then echo chromium-browser; else echo chromium; fi ;;
    dnf/chromium | pacman/chromium | brew/chromium) echo chromium ;;
    apt/chromedriver) if [[ $(system_id) == ubuntu ]]; then echo chromium-chromedriver; else echo chromium-driver; fi ;;
    dnf/chromedriver | brew/chromedriver) echo chromedriver ;;
    pacman/chromedriver) echo chromium ;;
    apt/fonts) echo fonts-dejavu-core ;;
    dnf/fonts) echo dejavu-sans-fonts ;;
    pacman/fonts) echo ttf-dejavu ;;
    apt/node | dnf/node | pacman/node) echo nodejs ;;
    brew/node) echo node ;;
    pacman/python | brew/python) echo python ;;
    apt/python | dnf/python) echo python3 ;;
    apt/pip | dnf/pip) echo python3-pip ;;
    pacman/pip) echo python-pip ;;
    brew/pip) echo python ;;
    apt/venv) echo python3-venv ;;
    dnf/venv) echo python3 ;;
    pacman/venv | brew/venv) echo python ;;
    */git) echo git ;;
    */certificates) echo ca-certificates ;;
    # What swift.org's own image of Debian 12 installs beside the toolchain.
    apt/swift_libraries)
      echo binutils gcc git libcurl4-openssl-dev libedit-dev libncurses-dev libpython3-dev libsqlite3-dev \
        libstdc++-12-dev libxml2-dev pkg-config tzdata uuid-dev zlib1g-dev
      ;;
  esac
}

system_id() {
  if [[ -r /etc/os-release ]]; then sed -n 's/^ID="\{0,1\}\([a-z]*\).*/\1/p' /etc/os-release; else uname -s; fi
}

package_family() {
  local family
  family=$(find_first_command apt-get dnf pacman brew) || { echo none; return; }
  family=${family##*/}
  echo "${family%-get}"
}

# --- installing ------------------------------------------------------------------------------------------------------

# ensure_installed NEED…: installs what is missing of these. Returns 1 when something is still missing, having said so.
ensure_installed() {
  local need missing=() packages=() words=() family
  for need in "$@"; do
    if ! "has_$need"; then missing+=("$need"); fi
  done
  if ((${#missing[@]} == 0)); then return 0; fi
  family=$(package_family)
  for need in "${missing[@]}"; do
    read -ra words <<<"$(packages_for "$family" "$need")"
    packages+=("${words[@]}")
  done
  mapfile -t packages < <(printf '%s\n' "${packages[@]}" | awk 'NF && !seen[$0]++')
  if ((${#packages[@]} == 0)); then
    say "Missing: ${missing[*]}. How to install them on $(system_id) is not known here; on Debian 12 it would be:"
    for need in "${missing[@]}"; do say "  apt-get install $(packages_for apt "$need")"; done
    return 1
  fi
  if [[ $(system_id) != debian ]]; then say "This is $(system_id), not Debian 12: installing is best effort here."; fi
  ask_to_install "${packages[@]}"
  install_packages "$family" "${packages[@]}" || return 1
  still_there "${missing[@]}"
}

still_there() {
  local need missing=()
  hash -r
  for need in "$@"; do
    if ! "has_$need"; then missing+=("$need"); fi
  done
  if ((${#missing[@]} > 0)); then
    say "Installed, but still not found: ${missing[*]}."
    return 1
  fi
}

# ask_to_install PACKAGE…: returns when it may be done; else the command ends with status 2.
ask_to_install() { agreed_to_install "$@" || exit 2; }

# agreed_to_install PACKAGE…: whether it may be done; says so when not.
agreed_to_install() {
  if ((assume_yes)); then return 0; fi
  if [[ -t 0 && -t 2 ]]; then
    local answer
    read -r -p "Missing: $*. Install now? [Y/n] " answer || answer=n
    if [[ $answer =~ ^([Yy]|[Yy]es|)$ ]]; then return 0; fi
    say "$COMMAND: nothing was installed. Install $* yourself and run this again."
    return 1
  fi
  if [[ $without_terminal == install ]]; then return 0; fi
  say "$COMMAND: missing: $*. Nobody can be asked without a terminal: run bin/$COMMAND --yes to install, or install them first."
  return 1
}

install_packages() {
  local family=$1 prefix=()
  shift
  if [[ $family != brew ]]; then
    if ! can_become_root; then
      say "Installing needs root or sudo, and neither is here. As root: apt-get install -y $*"
      return 1
    fi
    if ((EUID != 0)); then prefix=(sudo); fi
  fi
  case $family in
    apt) install_with_apt "$@" ;;
    dnf) install_with "$*" "${prefix[@]}" dnf install -y "$@" ;;
    pacman) install_with "$*" "${prefix[@]}" pacman -S --noconfirm --needed "$@" ;;
    brew) install_with "$*" brew install "$@" ;;
  esac
}

# can_become_root: asks for sudo's password now, in the foreground, if it needs one and there is a terminal.
can_become_root() {
  if ((EUID == 0)); then return 0; fi
  command -v sudo >/dev/null || return 1
  if [[ -t 0 ]]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

# install_with_apt PACKAGE…: fetches apt's lists only when there are none or when they turn out to be too old.
install_with_apt() {
  local prefix=(env DEBIAN_FRONTEND=noninteractive) updated=0
  if ((EUID != 0)); then prefix=(sudo "${prefix[@]}"); fi
  local install=("${prefix[@]}" apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@")
  if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
    install_with "the lists of packages" "${prefix[@]}" apt-get update || return 1
    updated=1
  fi
  if watch "Installing" "$LOGS/install.log" "${install[@]}"; then return 0; fi
  if ((updated)); then explain_install_failure "$*"; return 1; fi
  say "apt-get could not install them with the lists it has; fetching new lists."
  install_with "the lists of packages" "${prefix[@]}" apt-get update || return 1
  install_with "$*" "${install[@]}"
}

install_with() {
  local what=$1
  shift
  watch "Installing" "$LOGS/install.log" "$@" || { explain_install_failure "$what"; return 1; }
}

explain_install_failure() {
  local log=$LOGS/install.log
  if grep -qE 'Could not resolve|Temporary failure|Could not connect|Network is unreachable|Failed to fetch' "$log"; then
    say "$1 could not be fetched: this machine does not reach its package server. Connect it, then run this again."
  else
    say "$1 could not be installed:"
  fi
  show_failure "$log"
}
