#ifndef ARBITER_WEB_ASSETS_H
#define ARBITER_WEB_ASSETS_H

#include <stddef.h>

/// A file that the page is made of, as it lies in the binary.
struct WebAsset {
  /// Below `web/`, with slashes.
  const char *path;
  const unsigned char *bytes;
  size_t count;
};

size_t web_assets_count(void);

/// All null and zero when there are not that many.
struct WebAsset web_assets_at(size_t index);

#endif
