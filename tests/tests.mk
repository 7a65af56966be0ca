# SPDX-License-Identifier: MIT
# What make check runs: unit/ one program a module, expr/ triples, form/ the
# form against the notice, plain/ whole walks through the true program.

AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)' builddir='$(builddir)' \
	LC_ALL=C.UTF-8 LANGUAGE= ; export srcdir builddir LC_ALL LANGUAGE;

# All of it; dist-hook takes out what was built.
EXTRA_DIST += tests

UNIT_TESTS = \
	tests/unit/test_action \
	tests/unit/test_buf \
	tests/unit/test_csv \
	tests/unit/test_date \
	tests/unit/test_editor \
	tests/unit/test_encoder \
	tests/unit/test_encoding \
	tests/unit/test_field \
	tests/unit/test_file \
	tests/unit/test_flow \
	tests/unit/test_form \
	tests/unit/test_i18n \
	tests/unit/test_input \
	tests/unit/test_list \
	tests/unit/test_number \
	tests/unit/test_lock \
	tests/unit/test_page \
	tests/unit/test_pager \
	tests/unit/test_probe \
	tests/unit/test_record \
	tests/unit/test_record_csv \
	tests/unit/test_record_json \
	tests/unit/test_saver \
	tests/unit/test_sheet \
	tests/unit/test_stamp \
	tests/unit/test_text \
	tests/unit/test_word

# Whole walks through the true program, and its commands; lib.sh is what they
# share, no test itself.
PROGRAM_TESTS = \
	tests/plain/walk.sh \
	tests/cmd/check.sh \
	tests/cmd/diff.sh \
	tests/cmd/encodings.sh \
	tests/cmd/export.sh \
	tests/cmd/fill.sh \
	tests/cmd/form.sh \
	tests/cmd/hostile.sh \
	tests/cmd/finished.sh \
	tests/cmd/input.sh \
	tests/cmd/language.sh \
	tests/cmd/list.sh \
	tests/cmd/names.sh \
	tests/cmd/options.sh \
	tests/cmd/renew.sh \
	tests/cmd/review.sh \
	tests/cmd/spreadsheet.sh \
	tests/cmd/streams.sh \
	tests/cmd/together.sh

if TESTS_WANTED
check_PROGRAMS = $(UNIT_TESTS) tests/cmd/only_text tests/expr/run_expr \
	tests/form/run_bad \
	tests/fuzz/replay tests/packaging/old_kernel tests/torture/allocations tests/torture/stop \
	tests/tui/run_tui tests/tui/slow_disk
check_DATA = tests/torture/broken.so tests/torture/failmalloc.so
TESTS = $(UNIT_TESTS) $(PROGRAM_TESTS) tests/expr.sh tests/form/bad.sh \
	tests/completions.sh tests/form/notice.sh tests/form/second.sh tests/fuzz/replay.sh \
	tests/hacking.sh tests/hardening.sh tests/layers.sh tests/man.sh tests/po.sh \
	tests/sandbox.sh tests/torture/quick.sh tests/torture/broken.sh \
	tests/tui.sh tests/tui/harness.sh
if SANDBOX
check_DATA += tests/sandbox/intruder.so
endif
else
check-local:
	@echo 'make check needs cmocka, libvterm and libcsv, which configure did not find' >&2; exit 1
endif

UNIT_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
UNIT_LDADD = $(LAYERS) $(LIBRARIES_USED) $(CMOCKA_LIBS)

ORACLE = tests/unit/libcsv_oracle.c tests/unit/libcsv_oracle.h
tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LDADD)
tests_unit_test_csv_SOURCES = tests/unit/test_csv.c $(ORACLE)
tests_unit_test_csv_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_csv_LDADD = $(UNIT_LDADD) $(CSV_LIBS)
tests_unit_test_date_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_date_LDADD = $(UNIT_LDADD)
tests_unit_test_i18n_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_i18n_LDADD = $(UNIT_LDADD)
tests_unit_test_number_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_number_LDADD = $(UNIT_LDADD) -lm
tests_unit_test_text_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_text_LDADD = $(UNIT_LDADD)

FIXTURE = tests/unit/fixture.c tests/unit/fixture.h
tests_unit_test_encoder_SOURCES = tests/unit/test_encoder.c $(FIXTURE)
tests_unit_test_encoder_LDFLAGS = -Wl,--wrap=iconv_open
tests_unit_test_encoder_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_encoder_LDADD = $(UNIT_LDADD)
tests_unit_test_encoding_SOURCES = tests/unit/test_encoding.c $(FIXTURE)
# iconv may be without its modules.
tests_unit_test_encoding_LDFLAGS = -Wl,--wrap=iconv_open
tests_unit_test_encoding_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_encoding_LDADD = $(UNIT_LDADD)
# It has the calls of a save fail.
tests_unit_test_file_SOURCES = tests/unit/test_file.c $(FIXTURE)
tests_unit_test_file_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_file_LDFLAGS = -Wl,--wrap=fchmod,--wrap=fchown,--wrap=flock \
	-Wl,--wrap=fsetxattr,--wrap=fsync,--wrap=link,--wrap=mkostemp \
	-Wl,--wrap=rename,--wrap=renameat2,--wrap=write
tests_unit_test_file_LDADD = $(UNIT_LDADD)
tests_unit_test_flow_SOURCES = tests/unit/test_flow.c $(FIXTURE)
tests_unit_test_flow_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_flow_LDADD = $(UNIT_LDADD)
tests_unit_test_list_SOURCES = tests/unit/test_list.c $(FIXTURE)
tests_unit_test_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_list_LDADD = $(UNIT_LDADD)
# There are file systems without locks.
tests_unit_test_lock_SOURCES = tests/unit/test_lock.c $(FIXTURE)
tests_unit_test_lock_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_lock_LDFLAGS = -Wl,--wrap=flock
tests_unit_test_lock_LDADD = $(UNIT_LDADD)
tests_unit_test_form_SOURCES = tests/unit/test_form.c $(FIXTURE)
tests_unit_test_form_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_form_LDADD = $(UNIT_LDADD)
tests_unit_test_probe_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_probe_LDFLAGS = -Wl,--wrap=fstat
tests_unit_test_probe_LDADD = $(UNIT_LDADD)
# It counts what a change evaluates.
tests_unit_test_record_SOURCES = tests/unit/test_record.c $(FIXTURE)
tests_unit_test_record_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_record_LDFLAGS = -Wl,--wrap=expr_eval
tests_unit_test_record_LDADD = $(UNIT_LDADD)
tests_unit_test_record_csv_SOURCES = tests/unit/test_record_csv.c $(FIXTURE)
tests_unit_test_record_csv_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_record_csv_LDADD = $(UNIT_LDADD)
tests_unit_test_record_json_SOURCES = tests/unit/test_record_json.c $(FIXTURE)
tests_unit_test_record_json_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_record_json_LDADD = $(UNIT_LDADD)
# Its disk is as slow as it says.
tests_unit_test_saver_SOURCES = tests/unit/test_saver.c $(FIXTURE)
tests_unit_test_saver_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_saver_LDFLAGS = -Wl,--wrap=fsync -Wl,--wrap=pthread_create
tests_unit_test_saver_LDADD = $(UNIT_LDADD)
tests_unit_test_sheet_SOURCES = tests/unit/test_sheet.c $(FIXTURE)
tests_unit_test_sheet_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_sheet_LDADD = $(UNIT_LDADD)
# A save may be done and yet fail.
tests_unit_test_stamp_SOURCES = tests/unit/test_stamp.c $(FIXTURE)
tests_unit_test_stamp_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stamp_LDFLAGS = -Wl,--wrap=file_save -Wl,--wrap=read
tests_unit_test_stamp_LDADD = $(UNIT_LDADD)

tests_unit_test_action_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_action_LDADD = $(UNIT_LDADD)
# It counts what a key wraps.
tests_unit_test_editor_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_editor_LDFLAGS = -Wl,--wrap=text_wrap
tests_unit_test_editor_LDADD = $(UNIT_LDADD)
tests_unit_test_field_SOURCES = tests/unit/test_field.c $(FIXTURE)
tests_unit_test_field_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_field_LDADD = $(UNIT_LDADD)
tests_unit_test_input_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_input_LDADD = $(UNIT_LDADD)
tests_unit_test_word_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_word_LDADD = $(UNIT_LDADD)
tests_unit_test_page_SOURCES = tests/unit/test_page.c $(FIXTURE)
tests_unit_test_page_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_page_LDADD = $(UNIT_LDADD)
tests_unit_test_pager_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_pager_LDADD = $(UNIT_LDADD)

tests_form_run_bad_LDADD = libout.a librecord.a libform.a libexpr.a libbase.a $(LIBRARIES_USED)

# The program itself, on a disk that tests make slow, by a clock that they set.
tests_tui_slow_disk_SOURCES = src/main.c tests/tui/slow_disk.c
tests_tui_slow_disk_CPPFLAGS = $(src_kakuninsho_CPPFLAGS)
tests_tui_slow_disk_LDFLAGS = -Wl,--wrap=fsync,--wrap=unlink,--wrap=unlinkat \
	-Wl,--wrap=clock_gettime,--wrap=poll,--wrap=tcsetattr
tests_tui_slow_disk_LDADD = $(LAYERS) $(LIBRARIES_USED)

tests_tui_run_tui_SOURCES = \
	tests/tui/actions.c \
	tests/tui/eucjp.c tests/tui/eucjp.h \
	tests/tui/expect.c \
	tests/tui/keys.c tests/tui/keys.h \
	tests/tui/mend.c tests/tui/mend.h \
	tests/tui/random.c tests/tui/random.h \
	tests/tui/run_tui.c \
	tests/tui/screen.c tests/tui/screen.h \
	tests/tui/script.c tests/tui/script.h \
	tests/tui/terminal.c tests/tui/terminal.h \
	tests/tui/wide.c tests/tui/wide.h \
	tests/tui/words.c tests/tui/words.h
tests_tui_run_tui_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
tests_tui_run_tui_LDADD = libout.a libbase.a $(LIBRARIES_USED) $(VTERM_LIBS) -lutil


# What a killed program, a lost disk and the like leave (tests/torture/README).
tests_torture_stop_SOURCES = \
	tests/torture/disk.c tests/torture/disk.h \
	tests/torture/stop.c \
	tests/torture/tracer.c tests/torture/tracer.h
tests_torture_stop_LDADD = libbase.a $(LIBRARIES_USED)
tests/torture/broken.so: tests/torture/broken.c
	$(AM_V_CC)$(CC) $(AM_CPPFLAGS) -O1 -fPIC -shared -o $@ \
		$(srcdir)/tests/torture/broken.c

# Preloaded into the program by sandbox.sh.
tests/sandbox/intruder.so: tests/sandbox/intruder.c
	@$(MKDIR_P) tests/sandbox
	$(AM_V_CC)$(CC) $(AM_CPPFLAGS) -O1 -fPIC -shared -o $@ \
		$(srcdir)/tests/sandbox/intruder.c -ldl -pthread

tests_cmd_only_text_LDADD = $(UNISTRING_LIBS)

tests_expr_run_expr_LDADD = libexpr.a libbase.a $(LIBRARIES_USED)

# Bytes that nobody chose (tests/fuzz/fuzz.h): those that are kept are replayed by
# make check; make fuzz makes new ones, FUZZ_SECONDS for each target, or for those
# named in FUZZ.
FUZZ_TARGETS = \
	tests/fuzz/csv.c \
	tests/fuzz/date.c \
	tests/fuzz/editor.c \
	tests/fuzz/expression.c \
	tests/fuzz/form.c \
	tests/fuzz/input.c \
	tests/fuzz/record.c \
	tests/fuzz/terminal.c
FUZZ_SHARED = tests/fuzz/fuzz.c tests/fuzz/fuzz.h $(ORACLE)
# What a terminal is to the program, which tests/fuzz/terminal.c plays.
FUZZ_WRAP = -Wl,--wrap=poll,--wrap=isatty,--wrap=ioctl,--wrap=raise,--wrap=kill \
	-Wl,--wrap=clock_gettime \
	-Wl,--wrap=open,--wrap=mkostemp,--wrap=fsync
tests_fuzz_replay_SOURCES = tests/fuzz/replay.c $(FUZZ_TARGETS) $(FUZZ_SHARED)
tests_fuzz_replay_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)
tests_fuzz_replay_LDFLAGS = $(FUZZ_WRAP)
tests_fuzz_replay_LDADD = $(LAYERS) $(LIBRARIES_USED) $(CSV_LIBS)
if TESTS_WANTED
.PHONY: fuzz
fuzz: builtin.c config.h
	@srcdir='$(abs_srcdir)' builddir='$(abs_builddir)' \
		FLAGS='$(DEFS) -I$(abs_builddir) $(AM_CPPFLAGS) -I$(srcdir)' \
		LIBRARIES='$(FUZZ_WRAP) $(LIBRARIES_USED) $(CSV_LIBS)' \
		SOURCES='$(FUZZ_TARGETS) $(FUZZ_SHARED)' \
		$(SHELL) $(srcdir)/tests/fuzz/fuzz.sh $(FUZZ)
endif

# Allocations that fail (tests/torture/allocations.c): some in make check, all of
# them in make torture.
tests_torture_allocations_SOURCES = tests/torture/allocations.c \
	tests/tui/eucjp.c tests/tui/eucjp.h \
	tests/tui/mend.c tests/tui/mend.h \
	tests/tui/terminal.c tests/tui/terminal.h \
	tests/tui/wide.c tests/tui/wide.h
tests_torture_allocations_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir) $(VTERM_CFLAGS)
tests_torture_allocations_LDADD = libout.a libbase.a $(LIBRARIES_USED) $(VTERM_LIBS) -lutil
# It stands before libc, and so for itself: no CFLAGS, which may want a sanitizer.
tests/torture/failmalloc.so: tests/torture/failmalloc.c
	$(AM_V_CCLD)$(MKDIR_P) tests/torture && $(CC) -std=gnu11 $(WARNING_CFLAGS) \
		-O2 -g -shared -fPIC -o $@ $(srcdir)/tests/torture/failmalloc.c
CLEANFILES += tests/torture/failmalloc.so

# The records in a real spreadsheet, where there is one; not part of make check:
# it takes a while.
if TESTS_WANTED
.PHONY: check-spreadsheet
check-spreadsheet: src/kakuninsho
	@srcdir='$(srcdir)' builddir='$(builddir)' \
		$(SHELL) $(srcdir)/tests/spreadsheet.sh || test $$? = 77
endif

# What a start and a key cost (tests/bench/bench.sh); not part of make check.
EXTRA_PROGRAMS = tests/bench/bare
tests_bench_bare_LDADD = $(NCURSESW_LIBS)
if TESTS_WANTED
.PHONY: bench
bench: src/kakuninsho tests/tui/run_tui tests/bench/bare
	@srcdir='$(srcdir)' builddir='$(builddir)' CC='$(CC)' \
		CFLAGS='$(CFLAGS)' $(SHELL) $(srcdir)/tests/bench/bench.sh
.PHONY: torture
torture: src/kakuninsho $(check_PROGRAMS) $(check_DATA)
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/torture/torture.sh && \
		$(SHELL) $(srcdir)/tests/torture/broken.sh
endif
CLEANFILES += $(EXTRA_PROGRAMS) tests/torture/broken.so \
	tests/sandbox/intruder.so
