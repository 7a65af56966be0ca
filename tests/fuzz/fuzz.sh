#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fuzz.sh [TARGET...] - the fuzz targets (fuzz.h) with bytes that libFuzzer makes
# up, under the sanitizers, FUZZ_SECONDS (60) each, from FUZZ_SEED on if it is given
# (then they are the same each time); make fuzz runs it. Prints a
# line for each:
#
#   fuzz TARGET<TAB>executions<TAB>survived<TAB>lost
#
# and exits with 1 where not all were survived. What was not, and what was said of
# it, is kept in builddir/fuzz-findings; minimised it belongs into
# tests/fuzz/findings/TARGET.
set -eu
: "${srcdir:?}" "${builddir:?}" "${FLAGS:?}" "${LIBRARIES:?}" "${SOURCES:?}"
seconds=${FUZZ_SECONDS:-60}
export srcdir

CC=
for clang in clang clang-19 clang-18 clang-17 clang-16 clang-15 clang-14; do
	! command -v $clang > /dev/null || { CC=$clang; break; }
done
[ -n "$CC" ] || {
	echo "fuzz.sh: there is no clang (Debian: clang-14 libclang-rt-14-dev)" >&2
	exit 1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$scratch/tmp"
export TMPDIR="$scratch/tmp"
cd "$srcdir"

# --- building: all but main() and the sandbox, each source once ---------------------------------

flags="-std=gnu11 -g -O1 -fsanitize=address,undefined
	-fno-sanitize-recover=undefined $FLAGS"
for source in src/*/*.c "$builddir/builtin.c" $SOURCES; do
	case $source in src/cmd/sandbox.c) ;; *.c) printf '%s\n' "$source" ;; esac
done | xargs -n 1 -P 2 sh -c '
	"$0" $1 -fsanitize=fuzzer-no-link -c -o "$2/$(echo "$3" | tr / _).o" "$3"
	' "$CC" "$flags" "$scratch"

# --- seeds: what is kept, and what else the tests have ----------------------------

# The first line of each paragraph that is no comment.
expressions() # FILE...
{
	awk -v directory="$1" '
		/^#/ { next }
		!/./ { inside = 0; next }
		!inside { inside = 1; file = directory "/test-" ++n
		          printf "%s", $0 > file; close(file) }
	' tests/expr/*.test
}

seeds() # TARGET DIRECTORY
{
	mkdir "$2"
	for kept in tests/fuzz/corpus/"$1"/* tests/fuzz/findings/"$1"/*; do
		[ ! -f "$kept" ] || cp "$kept" "$2"
	done
	case $1 in
	csv | form) cp data/*.csv tests/form/bad/*.csv tests/form/second.csv "$2" ;;
	expression) expressions "$2" ;;
	record)
		for record in tests/plain/*/*.csv tests/form/second/*.csv; do
			cp "$record" "$2/$(echo "$record" | tr / _)"
		done ;;
	esac
}

# libFuzzer wants all but ASCII in hexadecimal.
dictionary() # TARGET
{
	[ -f tests/fuzz/"$1".dict ] || return 0
	LC_ALL=C awk '
		BEGIN { for (i = 128; i < 256; i++)
		            escape[sprintf("%c", i)] = sprintf("\\x%02x", i) }
		{ line = ""
		  for (i = 1; i <= length($0); i++) {
		      c = substr($0, i, 1)
		      line = line (c in escape ? escape[c] : c)
		  }
		  print line }' tests/fuzz/"$1".dict
}

# --- running ---------------------------------------------------------------------

# Curses keeps what it has at its end (tests/tui/lsan.supp): leaks are valgrind's
# business (tests/valgrind.sh).
fuzz() # TARGET
{
	"$CC" $flags -fsanitize=fuzzer -DTARGET="fuzz_$1" \
		-o "$scratch/fuzz-$1" tests/fuzz/libfuzzer.c "$scratch"/*.o \
		$LIBRARIES
	seeds "$1" "$scratch/seeds-$1"
	mkdir "$scratch/found-$1"
	dictionary "$1" > "$scratch/$1.dict"
	[ -s "$scratch/$1.dict" ] || rm "$scratch/$1.dict"
	lost=0
	"$scratch/fuzz-$1" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=20 -rss_limit_mb=1500 \
		-detect_leaks=0 -print_final_stats=1 -artifact_prefix="$scratch/$1-" \
		$([ ! -f "$scratch/$1.dict" ] || echo "-dict=$scratch/$1.dict") \
		"$scratch/found-$1" "$scratch/seeds-$1" \
		> "$scratch/says-$1" 2>&1 || lost=1
	[ $lost -eq 0 ] || keep "$1"
	awk -v target="$1" -v lost=$lost '
		$1 == "stat::number_of_executed_units:" { n = $2 }
		/^#[0-9]/ { last = substr($1, 2) }
		END { if (!n) n = last + lost
		      printf "fuzz %s\t%d\t%d\t%d\n", target, n, n - lost, lost }
	' "$scratch/says-$1"
	return $lost
}

keep() # TARGET
{
	mkdir -p "$builddir/fuzz-findings"
	cp "$scratch/says-$1" "$builddir/fuzz-findings/$1.txt"
	cp "$scratch/$1"-* "$builddir/fuzz-findings/" 2> /dev/null || :
	echo "fuzz.sh: not survived, kept in $builddir/fuzz-findings: $1" >&2
}

failed=0
[ $# -gt 0 ] || set -- csv date editor expression form input record terminal
for target; do
	fuzz "$target" || failed=1
done
exit $failed
