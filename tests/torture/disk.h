/* disk.h - what may be on the disk after a power loss
 *
 * A model of one directory and those in it, kept up by a program's system
 * calls. A disk may have, of all that was not flushed, any part: so a name may
 * stand for what it did when its directory was last flushed, or for whatever it
 * has stood for since; and a file may hold what was last flushed, or anything
 * between that and its present bytes (tried: the former, nothing, half, zeroes,
 * all).
 *
 * vfat keeps where a file's bytes are with its name, and writes that when the file
 * is flushed: so a file that got a name must have been by the time the directory
 * is.
 *
 * A name is in order if whatever may stand under it is whole: what stood there
 * when the program last said something (its prompt: what was answered before is
 * safe, it says), or what it has named so since. When it says something, only
 * the newest will do. Names that begin with a dot are nobody's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TORTURE_DISK_H
#define TORTURE_DISK_H

#include "tracer.h"

struct disk;

/* The disk with what is in the current directory now, all of it flushed. */
struct disk *disk_new(void);

/* CALL has been made: keep up, and look at every state the disk may be in. */
void disk_after(struct disk *d, const struct call *call);

struct disk_count {
	long states;  /* looked at */
	long broken;  /* not in order */
	char *first;  /* what the first of them was; NULL */
};
struct disk_count disk_count(const struct disk *d);

#endif
