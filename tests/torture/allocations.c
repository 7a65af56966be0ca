/* SPDX-License-Identifier: MIT
 *
 * allocations PROGRAM SHIM [-s RUNS] [-j WORKERS] [SCENARIO...]: every allocation of a run
 * made to fail, one after the other (failmalloc.c), or RUNS of them a scenario, spread over
 * all. For each scenario a line:
 *
 *     allocations failed (SCENARIO)<TAB>runs<TAB>survived<TAB>lost
 *
 * What it takes to survive: to end, within PATIENCE, as without the fault, with
 * the same output and files; or with 2 and a message that memory is exhausted,
 * each record that was there being the old one or a new one, whole, nothing
 * else lying about, and the terminal as it was found.
 *
 * Each allocation fails alone. Where that was survived as if nothing had been,
 * and for some of the others, it fails once more with all that come after it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "out/file.h"
#include "tests/tui/terminal.h"

#define PATIENCE 10 /* seconds */
#define FROM_EVERY 16 /* of the allocations that end the run */
#define MOST_TOLD 10 /* of the losses of a scenario */
#define WALKS "tests/plain/"
#define LEAVE "\x1b[21~" /* F10, again where something was asked meanwhile */
#define RECORD WALKS "a-first-confirmation/record.csv"

struct scenario {
	const char *name;
	const char *arguments[8];
	const char *files[4]; /* of the source tree; it has them as 1.csv, 2.csv … */
	const char *input;    /* likewise: standard input */
	const char *keys;     /* it runs on a terminal, where these are typed */
	bool english;         /* with the catalogue that LOCALE has, if any */
};

static const struct scenario scenarios[] = {
	{ "fill", { "--plain" },
	  .input = WALKS "a-first-confirmation/input.1" },
	{ "go on", { "--plain", "1.csv" },
	  .files = { WALKS "e-left-in-the-middle/draft-2.csv" },
	  .input = WALKS "e-left-in-the-middle/input.4" },
	{ "offer drafts", { "--plain" },
	  .files = { WALKS "e-left-in-the-middle/draft-2.csv", RECORD },
	  .input = WALKS "drafts-offered/input.1" },
	{ "check", { "check", "1.csv" }, .files = { RECORD } },
	{ "check a CP932 file", { "check", "1.csv" },
	  .files = { "tests/torture/cp932.csv" } },
	{ "review", { "review", "--plain", "1.csv" }, .files = { RECORD } },
	{ "export text", { "export", "1.csv" }, .files = { RECORD } },
	{ "export csv", { "export", "-t", "csv", "-o", "2.csv", "--force", "1.csv" },
	  .files = { RECORD, WALKS "e-left-in-the-middle/draft-2.csv" } },
	{ "list", { "list", ".", "1.csv" },
	  .files = { RECORD, WALKS "e-left-in-the-middle/draft-2.csv" } },
	{ "read a form", { "check", "--form", "1.csv", "2.csv" },
	  .files = { "data/npa-2022.csv", RECORD } },
	{ "read another form", { "export", "--form", "1.csv", "2.csv" },
	  .files = { "tests/form/second.csv",
	             "tests/form/second/finished.csv" } },
	{ "in English", { "check", "1.csv" },
	  .files = { WALKS "e-left-in-the-middle/draft-2.csv" },
	  .english = true },
	{ "screen", { "1.csv" },
	  .files = { WALKS "e-left-in-the-middle/draft-2.csv" },
	  .keys = "1\t\xe6\xbc\xa2\xe5\xad\x97 a\x1b[6~1\x1bOR/8\r\r\x1bOS\x1b[6~q"
	          "\x1b" "2\x1b[200~\xe3\x81\x82\x1b[201~\x1b[5~\x1b[21~" },
};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

struct outcome {
	int status;  /* as waitpid has it */
	bool hung;
	char *output; /* standard output, the time of day blotted out */
	char *errors; /* standard error; on a terminal what it was sent */
	char *files;  /* names and contents, likewise */
	char *left;   /* what the terminal was left as; NULL: as it was */
};

struct torture {
	const char *program, *shim, *srcdir;
	const struct scenario *scenario;
	struct outcome good; /* without a fault */
	unsigned long allocations;
	char **whole; /* records that were found to be whole */
	size_t n_whole, cap_whole;
	unsigned long runs, lost;
};

/* --- files ------------------------------------------------------------------ */

static char *read_or_die(const char *path, size_t *length)
{
	char *why, *bytes = file_read(path, length, &why);

	if (!bytes) {
		fprintf(stderr, "allocations: %s\n", why);
		exit(99);
	}
	return bytes;
}

static void write_or_die(const char *path, const char *bytes, size_t length)
{
	FILE *file = fopen(path, "we");

	if (!file || fwrite(bytes, 1, length, file) != length ||
	    fclose(file) != 0) {
		perror(path);
		exit(99);
	}
}

static char *source_file(const struct torture *t, const char *name,
                         size_t *length)
{
	char *path = buf_format("%s/%s", t->srcdir, name);
	char *bytes = read_or_die(path, length);

	free(path);
	return bytes;
}

static void put_files(const struct torture *t)
{
	for (int i = 0; t->scenario->files[i]; i++) {
		char *name = buf_format("%d.csv", i + 1);
		size_t length;
		char *bytes = source_file(t, t->scenario->files[i], &length);

		write_or_die(name, bytes, length);
		free(bytes);
		free(name);
	}
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_ours(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 &&
	       strcmp(entry->d_name, "..") != 0;
}

/* Call DO for each file here. */
static void each_file(void (*do_it)(const char *name, void *ctx), void *ctx)
{
	struct dirent **entries;
	int n = scandir(".", &entries, is_ours, by_name);

	for (int i = 0; i < n; i++) {
		do_it(entries[i]->d_name, ctx);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

static void remove_file(const char *name, void *ctx)
{
	(void)ctx;
	unlink(name);
}

/* Six digits are a time of day: HHMMSS. */
static void blot_times(char *text)
{
	for (char *p = text; *p; p++) {
		size_t n = strspn(p, "0123456789");

		if (n == 6)
			memset(p, '#', n);
		p += n;
		if (!*p)
			break;
	}
}

static void add_file(const char *name, void *ctx)
{
	size_t length;
	char *bytes = read_or_die(name, &length);

	buf_addf(ctx, "%s\n%s\n", name, bytes);
	free(bytes);
}

/* --- one run ------------------------------------------------------------------ */

static char **environment(const struct torture *t, const char *fault,
                          unsigned long n)
{
	char **e = mem_array(16, sizeof *e);
	const char *locale = t->scenario->english ? getenv("LOCALE") : NULL;
	int k = 0;

	e[k++] = buf_format("PATH=%s", getenv("PATH"));
	e[k++] = mem_strdup("TERM=xterm-256color");
	e[k++] = mem_strdup("LC_ALL=C.UTF-8");
	e[k++] = mem_strdup(locale ? "LANGUAGE=en" : "LANGUAGE=");
	e[k++] = buf_format("KAKUNINSHO_LOCALEDIR=%s",
	                    locale ? locale : "/nonexistent");
	if (fault) {
		e[k++] = buf_format("LD_PRELOAD=%s", t->shim);
		e[k++] = buf_format("%s=%lu", fault, n);
		e[k++] = mem_strdup("FAILMALLOC_COUNT=../count");
	}
	return e;
}

static char **arguments(const struct torture *t)
{
	char **a = mem_array(16, sizeof *a);
	int k = 0;

	a[k++] = mem_strdup(t->program);
	a[k++] = mem_strdup("--today");
	a[k++] = mem_strdup("2026-04-20");
	for (int i = 0; t->scenario->arguments[i]; i++)
		a[k++] = mem_strdup(t->scenario->arguments[i]);
	return a;
}

static void free_strings(char **strings)
{
	for (int i = 0; strings[i]; i++)
		free(strings[i]);
	free(strings);
}

static void redirect(int fd, const char *path, int flags)
{
	int opened = open(path, flags | O_CLOEXEC, 0600);

	if (opened < 0)
		_exit(99);
	dup2(opened, fd);
}

/* Runs it with files as its streams; true where it did not end in time. */
static bool run_plain(const struct torture *t, char **argv, char **env,
                      struct outcome *o)
{
	char *input = t->scenario->input
		? buf_format("%s/%s", t->srcdir, t->scenario->input)
		: mem_strdup("/dev/null");
	size_t length;
	pid_t pid = fork();

	if (pid == 0) {
		redirect(0, input, O_RDONLY);
		redirect(1, "../output", O_WRONLY | O_CREAT | O_TRUNC);
		redirect(2, "../errors", O_WRONLY | O_CREAT | O_TRUNC);
		alarm(PATIENCE); /* which exec leaves alone */
		execve(argv[0], argv, env);
		_exit(127);
	}
	waitpid(pid, &o->status, 0);
	o->output = read_or_die("../output", &length);
	o->errors = read_or_die("../errors", &length);
	free(input);
	return WIFSIGNALED(o->status) && WTERMSIG(o->status) == SIGALRM;
}

/* The same on a terminal, and what is typed there. */
static bool run_on_screen(const struct torture *t, char **argv, char **env,
                          struct outcome *o)
{
	size_t length;
	FILE *copy = open_memstream(&o->errors, &length);
	struct terminal *terminal = terminal_start(argv, env, 0, 80, 24, copy);
	double end = terminal_clock() + PATIENCE;
	const char *keys = t->scenario->keys;

	while (!(terminal_ended(terminal, &o->status) &&
	         terminal_at_rest(terminal)) && terminal_clock() < end) {
		terminal_pump(terminal, 2000);
		if (terminal_at_rest(terminal) &&
		    !terminal_ended(terminal, &o->status)) {
			terminal_type(terminal, keys, strlen(keys));
			keys = LEAVE;
		}
	}
	if (terminal_ended(terminal, &o->status))
		o->left = terminal_left_behind(terminal);
	terminal_free(terminal);
	fclose(copy);
	o->output = mem_strdup("");
	return terminal_clock() >= end;
}

static struct outcome run(const struct torture *t, const char *fault,
                          unsigned long n)
{
	char **argv = arguments(t), **env = environment(t, fault, n);
	struct outcome o = {0};
	struct buf files;

	put_files(t);
	o.hung = (t->scenario->keys ? run_on_screen : run_plain)(t, argv, env,
	                                                         &o);
	buf_init(&files);
	each_file(add_file, &files);
	o.files = files.s;
	blot_times(o.output);
	blot_times(o.files);
	free_strings(argv);
	free_strings(env);
	return o;
}

static void outcome_release(struct outcome *o)
{
	free(o->output);
	free(o->errors);
	free(o->files);
	free(o->left);
}

/* --- what it takes to survive ------------------------------------------------- */

/* The record NAME is whole: read and written by the program it is the same. */
static bool is_whole(struct torture *t, const char *name, const char *bytes)
{
	struct torture exporting = *t;
	static const struct scenario export = {
		.arguments = { "export", "-t", "csv" },
	};
	struct outcome o = {0};
	char **argv, **env;
	bool whole;

	for (size_t i = 0; i < t->n_whole; i++)
		if (strcmp(t->whole[i], bytes) == 0)
			return true;
	exporting.scenario = &export;
	argv = arguments(&exporting);
	env = environment(&exporting, NULL, 0);
	argv[6] = mem_strdup(name);
	run_plain(&exporting, argv, env, &o);
	whole = o.status == 0 && strcmp(o.output, bytes) == 0;
	if (whole) {
		t->whole = mem_room(t->whole, t->n_whole, &t->cap_whole,
		                    sizeof *t->whole);
		t->whole[t->n_whole++] = mem_strdup(bytes);
	}
	outcome_release(&o);
	free_strings(argv);
	free_strings(env);
	return whole;
}

struct looking {
	struct torture *torture;
	char *trouble;
	int seen; /* of the files that were there before */
};

static bool is_given(const struct torture *t, const char *name,
                     const char *bytes)
{
	int i = name[0] - '1';
	size_t length;
	char *before;
	bool same;

	if (i < 0 || i > 3 || strcmp(name + 1, ".csv") != 0 ||
	    !t->scenario->files[i])
		return false;
	before = source_file(t, t->scenario->files[i], &length);
	same = strcmp(before, bytes) == 0;
	free(before);
	return same;
}

/* What the next one there removes: a lock that nobody holds any more (out/lock.h);
 * where the process ended while its thread wrote, what that wrote (out/file.h). */
static bool is_left_over(const char *name)
{
	return text_has_suffix(name, ".lock") ||
	       text_has_prefix(name, ".kakuninsho-saving-");
}

/* A file that is there after all: what was given, a whole record, a sheet. */
static void look_at(const char *name, void *ctx)
{
	struct looking *l = ctx;
	size_t length;
	char *bytes = read_or_die(name, &length);

	l->seen += name[0] >= '1' && name[0] <= '4' &&
	           strcmp(name + 1, ".csv") == 0;
	if (l->trouble || is_given(l->torture, name, bytes))
		;
	else if (name[0] == '.' && !is_left_over(name))
		l->trouble = buf_format("%s is left", name);
	else if (text_has_suffix(name, ".csv") &&
	         !is_whole(l->torture, name, bytes))
		l->trouble = buf_format("%s is not whole", name);
	else if (text_has_suffix(name, ".txt") &&
	         !strstr(l->torture->good.files, bytes))
		l->trouble = buf_format("%s is another sheet", name);
	free(bytes);
}

static char *trouble_with_files(struct torture *t)
{
	struct looking l = { .torture = t };
	int given = 0;

	while (t->scenario->files[given])
		given++;
	each_file(look_at, &l);
	if (!l.trouble && l.seen < given)
		l.trouble = mem_strdup("a file is gone");
	return l.trouble;
}

static bool names_memory(const char *errors)
{
	return strstr(errors, "メモリーが足りません") ||
	       strstr(errors, "memory");
}

/* What is wrong with O; NULL where all is well. */
static char *trouble_with(struct torture *t, const struct outcome *o)
{
	if (o->hung)
		return mem_strdup("it does not end");
	if (WIFSIGNALED(o->status))
		return buf_format("killed by %s", strsignal(WTERMSIG(o->status)));
	if (o->left)
		return buf_format("the terminal: %s", o->left);
	/* A save that failed was told, and some keys went to the question where else to. */
	if (o->status == t->good.status && t->scenario->keys &&
	    names_memory(o->errors))
		return trouble_with_files(t);
	if (o->status == t->good.status) {
		/* Without its catalogue it goes on in the source's language. */
		if (!t->scenario->english &&
		    strcmp(o->output, t->good.output) != 0)
			return mem_strdup("another output");
		/* A save that failed is told, and is made up for. */
		if (!t->scenario->keys && !names_memory(o->errors) &&
		    strcmp(o->errors, t->good.errors) != 0)
			return mem_strdup("another message");
		if (strcmp(o->files, t->good.files) != 0)
			return mem_strdup("other files");
		return NULL;
	}
	if (WEXITSTATUS(o->status) != 2)
		return buf_format("exit code %d", WEXITSTATUS(o->status));
	if (!names_memory(o->errors))
		return mem_strdup("no message that memory is exhausted");
	return trouble_with_files(t);
}

/* --- all runs ------------------------------------------------------------------- */

static void tell(struct torture *t, const char *fault, unsigned long n,
                 const struct outcome *o, const char *trouble)
{
	const char *errors = t->scenario->keys ? "" : o->errors;

	if (t->lost++ < MOST_TOLD)
		fprintf(stderr, "LOST: allocations: %s: %s=%lu: %s\n%s",
		        t->scenario->name, fault, n, trouble, errors);
}

/* True where the run went as if nothing had been. */
static bool try(struct torture *t, const char *fault, unsigned long n)
{
	struct outcome o = run(t, fault, n);
	char *trouble = trouble_with(t, &o);
	bool unharmed = o.status == t->good.status;

	t->runs++;
	if (trouble)
		tell(t, fault, n, &o, trouble);
	free(trouble);
	outcome_release(&o);
	each_file(remove_file, NULL);
	return unharmed;
}

static void find_good(struct torture *t)
{
	size_t length;
	char *count;

	t->good = run(t, "FAILMALLOC_AT", 0);
	each_file(remove_file, NULL);
	count = read_or_die("../count", &length);
	t->allocations = strtoul(count, NULL, 10);
	free(count);
	if (t->good.hung || !WIFEXITED(t->good.status) ||
	    WEXITSTATUS(t->good.status) == 2 || t->good.left ||
	    !t->allocations) {
		fprintf(stderr, "allocations: %s: does not even run without faults:\n%s%s",
		        t->scenario->name, t->good.output, t->good.errors);
		exit(99);
	}
}

/* One worker's part: every STEPth allocation from FIRST on. */
static void torture(struct torture *t, unsigned long first, double step)
{
	for (unsigned long i = 0;; i++) {
		unsigned long n = first + (unsigned long)((double)i * step);

		if (n > t->allocations)
			break;
		if (try(t, "FAILMALLOC_AT", n) || i % FROM_EVERY == 0)
			try(t, "FAILMALLOC_FROM", n);
	}
}

struct sums {
	unsigned long runs, lost;
};

static void go_to_work(const char *name)
{
	if (mkdir(name, 0700) != 0 || chdir(name) != 0 ||
	    mkdir("here", 0700) != 0 || chdir("here") != 0) {
		perror(name);
		exit(99);
	}
}

/* A worker in a directory of its own; its end of the pipe, which tells its sums. */
static int start_worker(struct torture *t, int worker, int workers,
                        unsigned long sample)
{
	int ends[2];

	if (pipe(ends) != 0)
		exit(99);
	if (fork() == 0) {
		char *name = buf_format("%ld-%d", (long)(t->scenario - scenarios),
		                        worker);
		struct sums sums;
		double step = workers;

		go_to_work(name);
		find_good(t);
		if (sample && t->allocations > sample)
			step *= (double)t->allocations / (double)sample;
		torture(t, 1 + (unsigned long)((double)worker * step / workers),
		        step);
		sums = (struct sums){ t->runs, t->lost };
		if (write(ends[1], &sums, sizeof sums) != sizeof sums)
			exit(99);
		exit(0);
	}
	close(ends[1]);
	return ends[0];
}

static bool torture_all(struct torture *t, int workers, unsigned long sample)
{
	int ends[16], status;
	struct sums all = {0}, some;

	for (int i = 0; i < workers; i++)
		ends[i] = start_worker(t, i, workers, sample);
	for (int i = 0; i < workers; i++) {
		if (read(ends[i], &some, sizeof some) != sizeof some)
			exit(99);
		close(ends[i]);
		wait(&status);
		all.runs += some.runs;
		all.lost += some.lost;
	}
	printf("allocations failed (%s)\t%lu\t%lu\t%lu\n", t->scenario->name,
	       all.runs, all.runs - all.lost, all.lost);
	fflush(stdout);
	return all.lost == 0;
}

static bool is_wanted(const char *name, char **wanted, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(name, wanted[i]) == 0)
			return true;
	return n == 0;
}

static int usage(void)
{
	fprintf(stderr, "usage: allocations [-s RUNS] [-j WORKERS] PROGRAM SHIM [SCENARIO...]\n");
	return 99;
}

int main(int argc, char *argv[])
{
	unsigned long sample = 0;
	int workers = 4, option;
	bool fine = true;

	while ((option = getopt(argc, argv, "s:j:")) != -1) {
		if (option == 's')
			sample = strtoul(optarg, NULL, 10);
		else if (option == 'j')
			workers = atoi(optarg);
		else
			return usage();
	}
	if (argc - optind < 2 || workers < 1 || workers > 16 ||
	    !getenv("srcdir"))
		return usage();
	for (int i = 0; i < SCENARIOS; i++) {
		struct torture t = {
			.program = argv[optind],
			.shim = argv[optind + 1],
			.srcdir = getenv("srcdir"),
			.scenario = &scenarios[i],
		};

		if (is_wanted(scenarios[i].name, argv + optind + 2,
		              argc - optind - 2))
			fine &= torture_all(&t, workers, sample);
	}
	return !fine;
}
