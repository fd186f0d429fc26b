#!/bin/sh
# Lists every file of Sources/CWebAssets/web in assets.c, so that the compiler puts it into the binary.
# Run it after adding or removing a file; a changed file needs nothing.
set -eu

cd "$(dirname "$0")/../../Sources/CWebAssets"
list=$(cd web && find . -type f ! -name '.*' ! -name package.json | sed 's|^\./||' | LC_ALL=C sort)

{
  echo '// Written by bin/lib/embed-assets.sh: every file of web/, in order.'
  echo '#include "CWebAssets.h"'
  echo
  echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
  number=0
  for path in $list; do
    printf '\nstatic const unsigned char file%d[] = {\n#embed "web/%s"\n};\n' "$number" "$path"
    number=$((number + 1))
  done
  printf '\nstatic const struct WebAsset files[] = {\n'
  number=0
  for path in $list; do
    printf '    {"%s", file%d, sizeof file%d},\n' "$path" "$number" "$number"
    number=$((number + 1))
  done
  # A table has at least one row; the count leaves it out.
  printf '    {0, 0, 0},\n};\n'
  cat <<'C'

size_t web_assets_count(void) { return sizeof files / sizeof files[0] - 1; }

struct WebAsset web_assets_at(size_t index) {
  return files[index < web_assets_count() ? index : web_assets_count()];
}
C
} >assets.c.new
mv assets.c.new assets.c
