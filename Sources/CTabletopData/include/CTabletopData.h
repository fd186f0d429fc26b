#ifndef ARBITER_TABLETOP_DATA_H
#define ARBITER_TABLETOP_DATA_H

#include <stddef.h>

/// A document that comes with the program, as it lies in the binary.
struct TabletopDocument {
  const unsigned char *bytes;
  size_t count;
};

/// The sample campaign: JSON of docs/formats/campaign.md.
struct TabletopDocument tabletop_sample_campaign(void);

#endif
