/* stamp.h - what a file held when it was last read or written
 *
 * And a save that overwrites that and nothing else.
 *
 * Times and inodes tell too little: two seconds is what vfat has, network file
 * systems disagree about clocks, and a file that was copied there and back is the
 * same. So the bytes are compared: their length and a hash of 64 bits (FNV-1a;
 * it guards against accidents, not against somebody who looks for a collision).
 *
 * Between looking and replacing there is a moment in which another may still
 * write; where locks work, lock.h closes it.
 *
 * May be called in any thread: all state is in the arguments.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_STAMP_H
#define OUT_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "out/file.h"

struct stamp {
	bool there;    /* false: no file; then the rest is 0 */
	size_t length; /* bytes */
	uint64_t hash;
};

struct stamp stamp_of(const char *bytes, size_t length);

/* True where STAMP is that of a file with just these bytes. */
bool stamp_is_of(const struct stamp *stamp, const char *bytes, size_t length);

/* PATH as it is now; where it cannot be read, as if it were not there. */
struct stamp stamp_of_file(const char *path);

enum stamp_state {
	STAMP_SAME,
	STAMP_CHANGED, /* by another: it may even be no file any more */
	STAMP_GONE,
	STAMP_UNKNOWN, /* it cannot be read: errno */
};
enum stamp_state stamp_compare(const char *path, const struct stamp *stamp);

enum stamp_saved {
	STAMP_SAVED,
	STAMP_SAVED_ANEW,  /* and it had gone in the meantime */
	STAMP_OVERTAKEN,   /* not saved: another has changed it */
	STAMP_SAVE_FAILED, /* and *FAILURE */
};

/* Save BYTES as PATH, if it still is as *STAMP says; where there was no file, one
 * that is there now makes it fail. *STAMP then says what PATH is: after a failure
 * too, if it stands there and only may not last. NAMED is file_save's. */
enum stamp_saved stamp_save(const char *path, const char *bytes,
                            size_t length, struct stamp *stamp,
                            atomic_flag *named, struct file_failure *failure);

/* Remove PATH, if it still is as STAMP says. False where it still stands there:
 * errno, 0 where it is another's. */
bool stamp_discard(const char *path, const struct stamp *stamp);

#endif
