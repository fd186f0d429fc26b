# shellcheck shell=bash
# Everything a command that builds needs; the hunts and suites are sourced by the one command that runs them.

LIBRARY=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=bin/lib/common.sh
source "$LIBRARY/common.sh"
# shellcheck source=bin/lib/lock.sh
source "$LIBRARY/lock.sh"
# shellcheck source=bin/lib/watch.sh
source "$LIBRARY/watch.sh"
# shellcheck source=bin/lib/system.sh
source "$LIBRARY/system.sh"
# shellcheck source=bin/lib/toolchain.sh
source "$LIBRARY/toolchain.sh"
# shellcheck source=bin/lib/build.sh
source "$LIBRARY/build.sh"
