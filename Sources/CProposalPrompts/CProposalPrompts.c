#include "CProposalPrompts.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char propose[] = {
#embed "prompts/turn-propose.md"
};
static const unsigned char repair[] = {
#embed "prompts/turn-repair.md"
};
static const unsigned char narrate[] = {
#embed "prompts/turn-narrate.md"
};
static const unsigned char classic[] = {
#embed "prompts/turn-classic.md"
};
static const unsigned char think[] = {
#embed "prompts/turn-think.md"
};
static const unsigned char summary[] = {
#embed "prompts/turn-summary.md"
};

static const struct ProposalPrompt prompts[] = {
    {"turn-propose", propose, sizeof propose}, {"turn-repair", repair, sizeof repair},
    {"turn-narrate", narrate, sizeof narrate}, {"turn-classic", classic, sizeof classic},
    {"turn-think", think, sizeof think},     {"turn-summary", summary, sizeof summary},
};

const struct ProposalPrompt *proposal_prompts(void) { return prompts; }
size_t proposal_prompts_count(void) { return sizeof prompts / sizeof prompts[0]; }
