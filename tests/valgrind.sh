#!/bin/sh
# SPDX-License-Identifier: MIT
#
# valgrind.sh [-q] - no error and no leak under valgrind: the unit tests, the
# expressions, the forms, and walks of each kind through the true program; make
# torture runs it. -q, which CI runs, leaves out what takes longest.
#
# Prints a line as make torture has them: what, how many, fine, not fine.

builddir=$(cd "${builddir:-.}" && pwd) || exit 99
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
command -v valgrind > /dev/null ||
	{ echo "valgrind.sh: there is no valgrind" >&2; exit 1; }
temporary=$(mktemp -d) || exit 99
trap 'rm -rf "$temporary"' EXIT
trap 'exit 99' HUP INT TERM
logs=$temporary/logs
mkdir "$logs"
[ "${1-}" = -q ] && quick=1 || quick=

# What cmocka keeps till the end, and what a process has that ends on purpose with
# fatal(), can be reached still; the true program gives all back.
memcheck="valgrind -q --error-exitcode=99 --log-file=$logs/%p
	--suppressions=$srcdir/tests/valgrind.supp --leak-check=full"
lost="--errors-for-leak-kinds=definite,indirect,possible
	--show-leak-kinds=definite,indirect,possible"
all="--errors-for-leak-kinds=all --show-leak-kinds=all"

KAKUNINSHO=$temporary/kakuninsho
printf '#!/bin/sh\nexec %s %s "$@"\n' "$(echo $memcheck $all)" \
	"'$builddir/src/kakuninsho'" > "$KAKUNINSHO"
chmod +x "$KAKUNINSHO"
TUI_PATIENCE=60 LC_ALL=C.UTF-8 LANGUAGE=
export builddir srcdir KAKUNINSHO TUI_PATIENCE LC_ALL LANGUAGE

# Logs that say something; that valgrind does not know seccomp(2) or Landlock is
# about itself.
speaking()
{
	grep -lrv '^--[0-9]*-- ' "$logs"
}

runs=0 failed=0
clean() # COMMAND...: it succeeds, and no log says anything
{
	runs=$((runs + 1))
	"$@" > "$temporary/says" 2>&1 && good=1 || good=0
	speaking > /dev/null && good=0
	if [ $good -eq 0 ]; then
		failed=$((failed + 1))
		echo "valgrind.sh: not clean: $*" >&2
		tail -n 30 "$temporary/says" >&2
		speaking | xargs -r head -n 60 >&2
	fi
	rm -f "$logs"/*
}

cd "$srcdir" || exit 99
for source in tests/unit/test_*.c; do
	name=${source##*/}
	name=${name%.c}
	case $quick$name in 1test_editor | 1test_text) continue ;; esac
	clean $memcheck $lost "$builddir/tests/unit/$name"
done
clean $memcheck $lost "$builddir/tests/expr/run_expr" tests/expr/*.test
clean $memcheck $lost "$builddir/tests/form/run_bad" tests/form/bad/*.csv
for target in csv date editor expression form record; do
	set -- tests/fuzz/findings/$target/*
	[ ! -f "$1" ] ||
		clean $memcheck $lost --child-silent-after-fork=no \
			"$builddir/tests/fuzz/replay" "$target" "$@"
done
clean tests/plain/walk.sh b-subcontractor-second-year d-invalid-answers \
	drafts-offered f-finished-record-amended how-much-is-said
clean tests/form/second.sh
[ "$quick" ] || for test in tests/cmd/check.sh tests/cmd/export.sh; do
	clean $test
done
for script in walk-b-subcontractor-second-year walk-f-finished-record-amended \
	review paste graphemes saving-fails; do
	clean "$builddir/tests/tui/run_tui" "tests/tui/$script.tui"
done
printf 'valgrind\t%d\t%d\t%d\n' $runs $((runs - failed)) $failed
[ $failed -eq 0 ]
