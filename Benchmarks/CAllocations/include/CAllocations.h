#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdint.h>

// How often the calling thread has asked for memory since it began: malloc, calloc, realloc and their aligned sisters,
// from Swift, its runtime and every library. Negative where nothing is counted: elsewhere than with glibc, and under a
// sanitizer, which has an allocator of its own.
//
// Whoever links this has its own malloc in front of the system's, which does the work: for benches only.
int64_t allocations_of_this_thread(void);

#endif
