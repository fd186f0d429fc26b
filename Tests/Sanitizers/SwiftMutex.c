/// Tells ThreadSanitizer when a Mutex of Swift changes hands.
///
/// On Linux `Synchronization.Mutex` takes and gives back a free lock with an atomic that is inlined into the caller, where
/// ThreadSanitizer sees it. A lock that is waited for is handed over by three functions of libswiftSynchronization.so,
/// which is not instrumented: the sanitizer then sees two threads in one critical section and reports a race where there
/// is none. Preloaded, this library stands before the three and says what they do. It hides nothing: an access outside of
/// the lock is as red as before, which `bin/check --sanitize thread` shows with Handover.swift before each run.
///
/// Source: stdlib/public/Synchronization/Mutex/LinuxImpl.swift of Swift 6.3. A later Swift may name them otherwise. Then
/// nothing is replaced, the false reports come back, and `Handover locked` is red before any suite runs.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// Missing in a process that is not sanitized, such as a program started by a test.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

typedef SWIFT void (*Lock)(uint32_t thread, SELF void *handle);
typedef SWIFT bool (*TryLock)(SELF void *handle);
typedef SWIFT void (*Unlock)(SELF void *handle);

SWIFT void mutex_lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK);
SWIFT bool mutex_try_lock_slow(SELF void *handle) __asm__(TRY_LOCK);
SWIFT void mutex_unlock_slow(SELF void *handle) __asm__(UNLOCK);

/// Swift's own function, which these stand before.
static void *original(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (!function) {
    fprintf(stderr, "SwiftMutex: %s is not in any library behind this one\n", name);
    abort();
  }
  return function;
}

SWIFT void mutex_lock_slow(uint32_t thread, SELF void *handle) {
  ((Lock)original(LOCK))(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT bool mutex_try_lock_slow(SELF void *handle) {
  bool locked = ((TryLock)original(TRY_LOCK))(handle);
  if (locked && __tsan_acquire) __tsan_acquire(handle);
  return locked;
}

SWIFT void mutex_unlock_slow(SELF void *handle) {
  if (__tsan_release) __tsan_release(handle);
  ((Unlock)original(UNLOCK))(handle);
}
