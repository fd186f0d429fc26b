#ifndef ARBITER_PROPOSAL_PROMPTS_H
#define ARBITER_PROPOSAL_PROMPTS_H

#include <stddef.h>

/// A prompt file as it lies in the binary.
struct ProposalPrompt {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// The prompt files: `proposal_prompts_count` of them.
const struct ProposalPrompt *proposal_prompts(void);
size_t proposal_prompts_count(void);

#endif
