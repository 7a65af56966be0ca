/* SPDX-License-Identifier: MIT
 *
 * stop: run a program and do something to it at a system call of its saves.
 *
 *   stop list SNAPSHOTS PROGRAM...       nothing: a line a call, `NUMBER CALL
 *                                        AFTER`. AFTER counts the changes of what
 *                                        names stand for made before it; what was
 *                                        there after each is SNAPSHOTS/AFTER
 *   stop kill NUMBER PROGRAM...          SIGKILL instead of that call
 *   stop fail NUMBER ERROR SNAPSHOTS PROGRAM...
 *                                        that call fails with ERROR (a number; 0:
 *                                        it does the half of what it should);
 *                                        what was there when the program next said
 *                                        something is SNAPSHOTS/then
 *   stop fail-on NUMBER ERROR SNAPSHOTS PROGRAM...
 *                                        the same, and all calls of that name
 *                                        after it
 *   stop power PROGRAM...                at each call, all states the disk may be
 *                                        in after a power loss: prints their
 *                                        number, that of those in order, and that
 *                                        of the others
 *
 * The list goes to descriptor 3. The exit code is the program's (128 and a signal);
 * 97 if it never came to that call.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "disk.h"

#define SECONDS_MAX 60 /* what takes longer hangs */

struct stop {
	long number;  /* of the call to stop at; 0 for none */
	int error;
	bool all;     /* all of that name after it too */
	bool kill;
	const char *snapshots;
	long seen;
	long changes;
	const char *name; /* of the call stopped at; NULL before */
	bool said;        /* something since */
	FILE *list;
};

/* What is here, as it is, in the directory NAME. */
static void take_snapshot(const struct stop *s, const char *name)
{
	char *command = buf_format("cp -a . '%s/%s'", s->snapshots, name);

	if (system(command) != 0)
		give_up("%s", command);
	free(command);
}

static enum verdict before(void *data, const struct call *call, int *error)
{
	struct stop *s = data;

	if (call->stream) {
		if (s->name && !s->said && call->number == SYS_write) {
			s->said = true;
			if (s->snapshots)
				take_snapshot(s, "then");
		}
		return CALL_GO_ON;
	}
	s->seen++;
	if (s->list)
		fprintf(s->list, "%ld %s %ld\n", s->seen, call->name,
		        s->changes);
	if (s->seen != s->number &&
	    !(s->all && s->name && strcmp(call->name, s->name) == 0))
		return CALL_GO_ON;
	s->name = call->name;
	*error = s->error;
	return s->kill ? CALL_KILL : s->error ? CALL_FAIL : CALL_SHORTEN;
}

/* Did CALL change what a name stands for? */
static bool is_change(const struct call *call)
{
	static const char *const names[] = { "rename", "renameat", "renameat2",
	                                     "link", "linkat", "unlink",
	                                     "unlinkat" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(call->name, names[i]) == 0)
			return call->result == 0;
	return false;
}

static void after(void *data, const struct call *call)
{
	struct stop *s = data;
	char number[32];

	if (!s->list || !is_change(call))
		return;
	snprintf(number, sizeof number, "%ld", ++s->changes);
	take_snapshot(s, number);
}

static int stop_at(struct stop *s, char **argv)
{
	const struct watcher watcher = { before, after, s };
	int code;

	if (s->list)
		take_snapshot(s, "0");
	code = trace(argv, &watcher);
	return s->number && !s->name ? 97 : code;
}

static void after_for_disk(void *data, const struct call *call)
{
	disk_after(data, call);
}

static int lose_power(char **argv)
{
	struct disk *d = disk_new();
	const struct watcher watcher = { NULL, after_for_disk, d };
	int code = trace(argv, &watcher);
	struct disk_count count = disk_count(d);

	dprintf(3, "%ld\t%ld\t%ld\n", count.states,
	        count.states - count.broken, count.broken);
	if (count.first)
		fprintf(stderr, "%s\n", count.first);
	return code;
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";
	struct stop s = {0};

	alarm(SECONDS_MAX); /* the program ends with us */
	if (strcmp(what, "power") == 0)
		return lose_power(argv + 2);
	if (strcmp(what, "list") == 0) {
		s.snapshots = argv[2];
		s.list = fdopen(3, "w");
		return stop_at(&s, argv + 3);
	}
	s.number = atol(argv[2]);
	if (strcmp(what, "kill") == 0) {
		s.kill = true;
		return stop_at(&s, argv + 3);
	}
	if (strncmp(what, "fail", 4) != 0 || argc < 6)
		give_up("what is to be done? (see the head of stop.c)");
	s.error = atoi(argv[3]);
	s.all = strcmp(what, "fail-on") == 0;
	s.snapshots = argv[4];
	return stop_at(&s, argv + 5);
}
