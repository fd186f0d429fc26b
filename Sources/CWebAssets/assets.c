// Written by bin/lib/embed-assets.sh: every file of web/, in order.
#include "CWebAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const struct WebAsset files[] = {
    {0, 0, 0},
};

size_t web_assets_count(void) { return sizeof files / sizeof files[0] - 1; }

struct WebAsset web_assets_at(size_t index) {
  return files[index < web_assets_count() ? index : web_assets_count()];
}
