#ifndef CFAULTYDISK_H
#define CFAULTYDISK_H

#include <stdint.h>

/// A disk that counts, dawdles and fails on demand: an SQLite VFS that wraps the default one.
///
/// After `faulty_disk_install` every database of the process is opened through it. Files in a folder that a disk was made
/// for obey that disk; all others go straight to the system. So tests in different folders run side by side.
///
/// Counters and orders are atomic. What a failing call does is what SQLite would see of a real disk: a failed sync has
/// synced nothing, a write without room has written the part that fitted.
typedef struct faulty_disk faulty_disk;

/// Which files an order or a counter is about. They can be added.
enum {
  FAULTY_DISK_DATABASE = 1,
  FAULTY_DISK_LOG = 2,
  /// Rollback journals and temporary files.
  FAULTY_DISK_OTHER = 4,
  FAULTY_DISK_ANY = 7,
};

/// Makes the shim SQLite's default VFS. Returns an SQLite result code. Further calls do nothing.
int faulty_disk_install(void);

/// A disk for the files under `folder`, an absolute path without a trailing slash; nil when too many are in use.
/// It must be made before the database is opened.
faulty_disk *_Nullable faulty_disk_make(const char *_Nonnull folder);

/// Gives the disk up. All its files must be closed.
void faulty_disk_free(faulty_disk *_Nonnull disk);

/// The `nth` sync from now (1 is the next) of such files fails with IOERR_FSYNC, and `times` - 1 after it.
void faulty_disk_fail_sync(faulty_disk *_Nonnull disk, int files, int64_t nth, int64_t times);

/// The `nth` write from now of such files fails with IOERR_WRITE, and `times` - 1 after it. Nothing of them is written.
void faulty_disk_fail_write(faulty_disk *_Nonnull disk, int files, int64_t nth, int64_t times);

/// Files may grow by so many bytes together, and then writes that grow one fail with FULL; -1 for no limit.
/// Overwriting needs no room, and truncation gives room back.
void faulty_disk_set_room(faulty_disk *_Nonnull disk, int64_t bytes);

/// Each sync takes so much longer.
void faulty_disk_delay_syncs(faulty_disk *_Nonnull disk, int64_t microseconds);

/// Calls since the disk was made, failed ones too.
int64_t faulty_disk_syncs(const faulty_disk *_Nonnull disk, int files);
int64_t faulty_disk_writes(const faulty_disk *_Nonnull disk, int files);
int64_t faulty_disk_bytes_written(const faulty_disk *_Nonnull disk, int files);

/// Writes that no successful sync has followed that began after them. 0 means: a power cut now loses nothing of them.
int64_t faulty_disk_unsynced_writes(const faulty_disk *_Nonnull disk, int files);

#endif
