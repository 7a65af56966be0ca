/* SPDX-License-Identifier: MIT
 *
 * launcher.c: what is started in a bundle. It is linked statically, so it runs on
 * whatever Linux there is; it finds the bundle around itself and starts the program
 * in lib/ with the bundle's own loader, libraries, locale, conversions and
 * description of the terminal, so that nothing of the machine's is needed or, where
 * it would not fit, in the way.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static _Noreturn void fail(const char *what, const char *why)
{
	fprintf(stderr, "kakuninsho: 「%s」から起動できません (cannot be started): %s\n",
	        what, why);
	exit(2);
}

/* A new string; where there is no memory for it, that was all. */
static char *join(const char *a, const char *b, const char *c)
{
	size_t n = strlen(a) + strlen(b) + strlen(c) + 1;
	char *s = malloc(n);

	if (!s)
		fail(a, strerror(errno));
	snprintf(s, n, "%s%s%s", a, b, c);
	return s;
}

/* The directory that this program lies in, by how the kernel was told to start it:
 * this needs no /proc. */
static char *find_bundle(void)
{
	const char *started = (const char *)getauxval(AT_EXECFN);
	char *path;

	if (!started || !(path = realpath(started, NULL)))
		fail(started ? started : "kakuninsho", strerror(errno));
	*strrchr(path, '/') = '\0';
	/* They part and expand the lists that it is to stand in. */
	if (strpbrk(path, ":;$"))
		fail(path, "名前に : ; $ のあるフォルダーでは動きません"
		           " (the folder's name has one of : ; $)");
	return path;
}

/* --- the environment ---------------------------------------------------- */

static void set(const char *name, const char *value)
{
	if (setenv(name, value, 1) != 0)
		fail(name, strerror(errno));
}

static bool is_for_the_loader(const char *variable)
{
	return strncmp(variable, "LD_", 3) == 0 ||
	       strncmp(variable, "GLIBC_TUNABLES=", 15) == 0;
}

/* What is set for the machine's own loader and libraries is not for ours. */
static void forget_loader_settings(void)
{
	char **kept = environ;

	for (char **e = environ; *e; e++)
		if (!is_for_the_loader(*e))
			*kept++ = *e;
	*kept = NULL;
}

/* --- the terminal ------------------------------------------------------- */

/* lib/terminals is lines "|NAME|NAME...| BASE64": names of a terminal and its
 * compiled description, as ncurses takes it from TERMINFO (terminfo(5)). It is one
 * file, since a memory stick would take long for thousands, and most tell no
 * capitals from small letters. */
static char *read_terminals(const char *bundle)
{
	char *path = join(bundle, "/lib/terminals", ""), *text = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	free(path);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && (text = malloc((size_t)st.st_size + 1))) {
		ssize_t n = read(fd, text, (size_t)st.st_size);

		text[n > 0 ? n : 0] = '\0';
	}
	close(fd);
	return text;
}

/* A new string for TERMINFO; NULL if there is no terminal NAME. */
static char *description(const char *terminals, const char *name)
{
	char *pattern = join("|", name, "|");
	const char *found = strstr(terminals, pattern);
	size_t n;
	char *d;

	free(pattern);
	if (!found || !(found = strchr(found, ' ')))
		return NULL;
	n = strcspn(++found, "\n");
	d = malloc(n + sizeof "b64:");
	if (d)
		sprintf(d, "b64:%.*s", (int)n, found);
	return d;
}

/* A terminal that is not known is what its name begins with ("xterm-new"), or else
 * newer than the list, and such are all like xterm. */
static void settle_terminal(const char *bundle)
{
	const char *term = getenv("TERM");
	char *terminals, *name, *d, *end;

	if (!term || !*term || strpbrk(term, "/| \n") ||
	    !(terminals = read_terminals(bundle)))
		return;
	name = join(term, "", "");
	while (!(d = description(terminals, name)) &&
	       ((end = strrchr(name, '-')) || (end = strrchr(name, '.'))) &&
	       end > name)
		*end = '\0';
	if (!d) {
		free(name);
		name = join("xterm", "", "");
		d = description(terminals, name);
	}
	if (d) {
		set("TERM", name);
		set("TERMINFO", d);
	}
	free(d);
	free(name);
	free(terminals);
}

/* ------------------------------------------------------------------------ */

int main(int argc, char *argv[])
{
	char *bundle = find_bundle();
	char *lib = join(bundle, "/lib", ""), *loader = join(lib, "/ld.exe", "");
	char *program = join(lib, "/kakuninsho", "");
	const char *start[] = {
		loader, "--inhibit-cache", "--library-path", lib,
		"--argv0", argc > 0 ? argv[0] : "kakuninsho", program,
	};
	enum { WORDS = sizeof start / sizeof *start };
	const char **words = calloc(WORDS + (size_t)argc + 1, sizeof *words);

	if (!words)
		fail(bundle, strerror(errno));
	memcpy(words, start, sizeof start);
	if (argc > 1)
		memcpy(words + WORDS, argv + 1, ((size_t)argc - 1) * sizeof *words);
	forget_loader_settings();
	set("GCONV_PATH", join(lib, "/gconv", ""));
	set("LOCPATH", join(lib, "/locale", ""));
	set("KAKUNINSHO_LOCALEDIR", join(lib, "/messages", ""));
	settle_terminal(bundle);
	execv(loader, (char **)words);
	fail(loader, strerror(errno));
}
