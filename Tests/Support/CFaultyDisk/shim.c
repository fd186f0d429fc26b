#include "CFaultyDisk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

// An order is a countdown: at 1 and below it strikes, `times` times. So far above 1 it never does.
#define NEVER (INT64_MAX / 2)

typedef struct {
  _Atomic int files;
  _Atomic int64_t countdown;
  _Atomic int64_t times;
} order;

typedef struct {
  _Atomic int64_t syncs, writes, bytes, synced_writes;
} counters;

struct faulty_disk {
  _Atomic int in_use;
  char folder[1024];
  size_t folder_length;
  order sync, write;
  _Atomic int64_t room, delay;
  counters kinds[3];
};

typedef struct {
  sqlite3_file base;
  faulty_disk *disk;
  int kind;
  // The system's own file follows in memory.
} faulty_file;

static faulty_disk disks[256];
static sqlite3_vfs *system_vfs;
static sqlite3_vfs faulty_vfs;

static sqlite3_file *system_file(sqlite3_file *file) { return (sqlite3_file *)((char *)file + sizeof(faulty_file)); }
static const sqlite3_io_methods *system_methods(sqlite3_file *file) { return system_file(file)->pMethods; }
static faulty_disk *disk_of(sqlite3_file *file) { return ((faulty_file *)file)->disk; }
static counters *counters_of(sqlite3_file *file) { return &disk_of(file)->kinds[((faulty_file *)file)->kind]; }

static int strikes(order *order, int kind) {
  if (!(atomic_load(&order->files) & 1 << kind)) return 0;
  int64_t left = atomic_fetch_sub(&order->countdown, 1);
  return left <= 1 && left > 1 - atomic_load(&order->times);
}

static void place_order(order *order, int files, int64_t nth, int64_t times) {
  atomic_store(&order->files, 0);
  atomic_store(&order->countdown, nth);
  atomic_store(&order->times, times);
  atomic_store(&order->files, files);
}

// What is counted and failed

static int file_sync(sqlite3_file *file, int flags) {
  faulty_disk *disk = disk_of(file);
  counters *counters = counters_of(file);
  int64_t covered = atomic_load(&counters->writes);
  atomic_fetch_add(&counters->syncs, 1);
  int64_t delay = atomic_load(&disk->delay);
  if (delay > 0) {
    struct timespec pause = {delay / 1000000, delay % 1000000 * 1000};
    nanosleep(&pause, NULL);
  }
  if (strikes(&disk->sync, ((faulty_file *)file)->kind)) return SQLITE_IOERR_FSYNC;
  int code = system_methods(file)->xSync(system_file(file), flags);
  if (code == SQLITE_OK) atomic_store(&counters->synced_writes, covered);
  return code;
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  faulty_disk *disk = disk_of(file);
  counters *counters = counters_of(file);
  atomic_fetch_add(&counters->writes, 1);
  if (strikes(&disk->write, ((faulty_file *)file)->kind)) return SQLITE_IOERR_WRITE;
  int fitting = count;
  if (atomic_load(&disk->room) >= 0) {
    sqlite3_int64 size = 0;
    int code = system_methods(file)->xFileSize(system_file(file), &size);
    if (code != SQLITE_OK) return code;
    int64_t growth = offset + count - size;
    if (growth > 0) {
      int64_t room = atomic_fetch_sub(&disk->room, growth);
      if (room < growth) {
        atomic_store(&disk->room, 0);
        fitting = growth - room >= count ? 0 : count - (int)(growth - room);
      }
    }
  }
  int code = fitting > 0 ? system_methods(file)->xWrite(system_file(file), bytes, fitting, offset) : SQLITE_OK;
  atomic_fetch_add(&counters->bytes, fitting);
  if (code != SQLITE_OK) return code;
  return fitting == count ? SQLITE_OK : SQLITE_FULL;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  sqlite3_int64 before = 0;
  system_methods(file)->xFileSize(system_file(file), &before);
  int code = system_methods(file)->xTruncate(system_file(file), size);
  faulty_disk *disk = disk_of(file);
  if (code == SQLITE_OK && before > size && atomic_load(&disk->room) >= 0) atomic_fetch_add(&disk->room, before - size);
  return code;
}

// What goes straight to the system

static int file_close(sqlite3_file *file) { return system_methods(file)->xClose(system_file(file)); }
static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  return system_methods(file)->xRead(system_file(file), bytes, count, offset);
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return system_methods(file)->xFileSize(system_file(file), size);
}
static int file_lock(sqlite3_file *file, int level) { return system_methods(file)->xLock(system_file(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return system_methods(file)->xUnlock(system_file(file), level); }
static int file_check_lock(sqlite3_file *file, int *result) {
  return system_methods(file)->xCheckReservedLock(system_file(file), result);
}
static int file_control(sqlite3_file *file, int operation, void *argument) {
  return system_methods(file)->xFileControl(system_file(file), operation, argument);
}
static int file_sector_size(sqlite3_file *file) { return system_methods(file)->xSectorSize(system_file(file)); }
static int file_characteristics(sqlite3_file *file) {
  return system_methods(file)->xDeviceCharacteristics(system_file(file));
}
static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
  return system_methods(file)->xShmMap(system_file(file), page, size, extend, memory);
}
static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return system_methods(file)->xShmLock(system_file(file), offset, count, flags);
}
static void file_shm_barrier(sqlite3_file *file) { system_methods(file)->xShmBarrier(system_file(file)); }
static int file_shm_unmap(sqlite3_file *file, int remove) {
  return system_methods(file)->xShmUnmap(system_file(file), remove);
}
static int file_fetch(sqlite3_file *file, sqlite3_int64 offset, int count, void **memory) {
  return system_methods(file)->xFetch(system_file(file), offset, count, memory);
}
static int file_unfetch(sqlite3_file *file, sqlite3_int64 offset, void *memory) {
  return system_methods(file)->xUnfetch(system_file(file), offset, memory);
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 3,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
    .xFetch = file_fetch,
    .xUnfetch = file_unfetch,
};

static faulty_disk *disk_for(const char *path) {
  if (path == NULL) return NULL;
  for (size_t i = 0; i < sizeof disks / sizeof disks[0]; i++) {
    faulty_disk *disk = &disks[i];
    if (atomic_load(&disk->in_use) == 2 && strncmp(path, disk->folder, disk->folder_length) == 0 &&
        path[disk->folder_length] == '/') {
      return disk;
    }
  }
  return NULL;
}

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out) {
  (void)vfs;
  faulty_disk *disk = disk_for(path);
  // The memory is large enough for both, so a file without a disk is the system's from the start.
  if (disk == NULL) return system_vfs->xOpen(system_vfs, path, file, flags, flags_out);
  faulty_file *faulty = (faulty_file *)file;
  faulty->disk = disk;
  faulty->kind = flags & SQLITE_OPEN_MAIN_DB ? 0 : flags & SQLITE_OPEN_WAL ? 1 : 2;
  system_file(file)->pMethods = NULL;
  int code = system_vfs->xOpen(system_vfs, path, system_file(file), flags, flags_out);
  // SQLite closes what has methods, also after an error.
  faulty->base.pMethods = system_methods(file) == NULL ? NULL : &file_methods;
  return code;
}

static int install_code;
static pthread_once_t install_once = PTHREAD_ONCE_INIT;

static void install(void) {
  install_code = sqlite3_initialize();
  if (install_code != SQLITE_OK) return;
  system_vfs = sqlite3_vfs_find(NULL);
  if (system_vfs == NULL) {
    install_code = SQLITE_ERROR;
    return;
  }
  faulty_vfs = *system_vfs;
  faulty_vfs.zName = "faulty-disk";
  faulty_vfs.pNext = NULL;
  faulty_vfs.szOsFile = (int)sizeof(faulty_file) + system_vfs->szOsFile;
  faulty_vfs.xOpen = open_file;
  install_code = sqlite3_vfs_register(&faulty_vfs, 1);
}

int faulty_disk_install(void) {
  pthread_once(&install_once, install);
  return install_code;
}

faulty_disk *faulty_disk_make(const char *folder) {
  size_t length = strlen(folder);
  if (length >= sizeof disks[0].folder) return NULL;
  for (size_t i = 0; i < sizeof disks / sizeof disks[0]; i++) {
    faulty_disk *disk = &disks[i];
    int is_free = 0;
    if (!atomic_compare_exchange_strong(&disk->in_use, &is_free, 1)) continue;
    memcpy(disk->folder, folder, length + 1);
    disk->folder_length = length;
    place_order(&disk->sync, 0, NEVER, 0);
    place_order(&disk->write, 0, NEVER, 0);
    atomic_store(&disk->room, -1);
    atomic_store(&disk->delay, 0);
    for (int kind = 0; kind < 3; kind++) {
      counters *counters = &disk->kinds[kind];
      atomic_store(&counters->syncs, 0);
      atomic_store(&counters->writes, 0);
      atomic_store(&counters->bytes, 0);
      atomic_store(&counters->synced_writes, 0);
    }
    atomic_store(&disk->in_use, 2);
    return disk;
  }
  return NULL;
}

void faulty_disk_free(faulty_disk *disk) { atomic_store(&disk->in_use, 0); }

void faulty_disk_fail_sync(faulty_disk *disk, int files, int64_t nth, int64_t times) {
  place_order(&disk->sync, files, nth, times);
}

void faulty_disk_fail_write(faulty_disk *disk, int files, int64_t nth, int64_t times) {
  place_order(&disk->write, files, nth, times);
}

void faulty_disk_set_room(faulty_disk *disk, int64_t bytes) { atomic_store(&disk->room, bytes); }
void faulty_disk_delay_syncs(faulty_disk *disk, int64_t microseconds) { atomic_store(&disk->delay, microseconds); }

#define SUM(field) \
  int64_t sum = 0; \
  for (int kind = 0; kind < 3; kind++) { \
    if (files & 1 << kind) sum += atomic_load(&disk->kinds[kind].field); \
  } \
  return sum;

int64_t faulty_disk_syncs(const faulty_disk *disk, int files) { SUM(syncs) }
int64_t faulty_disk_writes(const faulty_disk *disk, int files) { SUM(writes) }
int64_t faulty_disk_bytes_written(const faulty_disk *disk, int files) { SUM(bytes) }

int64_t faulty_disk_unsynced_writes(const faulty_disk *disk, int files) {
  int64_t sum = 0;
  for (int kind = 0; kind < 3; kind++) {
    const counters *counters = &disk->kinds[kind];
    if (files & 1 << kind) sum += atomic_load(&counters->writes) - atomic_load(&counters->synced_writes);
  }
  return sum;
}
