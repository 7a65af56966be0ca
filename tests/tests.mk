# SPDX-License-Identifier: MIT
# What make check runs: unit/ one program a module, expr/ triples, form/ the
# form against the notice, plain/ whole walks through the true program.

AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)' builddir='$(builddir)' \
	LC_ALL=C.UTF-8 LANGUAGE= ; export srcdir builddir LC_ALL LANGUAGE;

UNIT_TESTS = \
	tests/unit/test_buf \
	tests/unit/test_csv \
	tests/unit/test_date \
	tests/unit/test_i18n \
	tests/unit/test_text

# Whole walks through the true program, and its commands; lib.sh is what they
# share, no test itself.
PROGRAM_TESTS = \
	tests/plain/walk.sh \
	tests/cmd/check.sh \
	tests/cmd/export.sh \
	tests/cmd/input.sh \
	tests/cmd/language.sh \
	tests/cmd/options.sh \
	tests/cmd/spreadsheet.sh \
	tests/cmd/streams.sh

if TESTS_WANTED
check_PROGRAMS = $(UNIT_TESTS) tests/expr/run_expr
TESTS = $(UNIT_TESTS) $(PROGRAM_TESTS) tests/expr.sh tests/form/notice.sh \
	tests/layers.sh tests/man.sh tests/po.sh
endif

UNIT_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
UNIT_LDADD = $(LAYERS) $(LIBRARIES_USED) $(CMOCKA_LIBS)

tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LDADD)
tests_unit_test_csv_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_csv_LDADD = $(UNIT_LDADD) $(CSV_LIBS)
tests_unit_test_date_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_date_LDADD = $(UNIT_LDADD)
tests_unit_test_i18n_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_i18n_LDADD = $(UNIT_LDADD)
tests_unit_test_text_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_text_LDADD = $(UNIT_LDADD)

tests_expr_run_expr_LDADD = libexpr.a libbase.a $(LIBRARIES_USED)

EXTRA_DIST += tests/cmd tests/expr tests/expr.sh tests/form tests/layers.sh \
	tests/man.sh tests/plain tests/po.sh
