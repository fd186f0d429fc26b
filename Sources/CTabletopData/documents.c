#include "CTabletopData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char sample[] = {
#embed "data/ashford_mill.json"
};

struct TabletopDocument tabletop_sample_campaign(void) {
  struct TabletopDocument document = {sample, sizeof sample};
  return document;
}
