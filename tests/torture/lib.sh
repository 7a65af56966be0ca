# SPDX-License-Identifier: MIT
#
# lib.sh - what the scripts that stop the program have in common; they source it
#
#   sessions             what is done with the program: new, finish, offered,
#                        linked, walk
#   survey SESSION       runs it undisturbed; from then on there are
#                          $ground/points   its calls: NUMBER CALL AFTER
#                          $ground/states/K what was there after K changes
#   begin SESSION        a fresh $here, the directory that it works in
#   go SESSION HOW..     runs it in $here under `stop HOW..`; sets $code; what it
#                        said is in $ground/said
#   each_point COMMAND   COMMAND NUMBER CALL AFTER for every line of standard
#                        input, spread over the processors. Each has a $here and
#                        a $mine for files of its own
#   count WHAT OUTCOME   OUTCOME is survived, failed, or lost (a record)
#   rows                 what was counted, `what<TAB>times<TAB>survived<TAB>lost`
#                        a line, and whether all of it survived
#
# The calls are the program's own: they are found by running it. Their number may
# not fall below what its saves must be made of (enough_points).

# In memory, where that is to be had: a thousand runs need no disk.
[ -w /dev/shm ] && TMPDIR=/dev/shm && export TMPDIR
. "${srcdir:-.}/tests/cmd/lib.sh"

stop=$builddir/tests/torture/stop
if [ "$BROKEN" ]; then
	# LD_PRELOAD is a list that spaces part.
	TORTURE_PRELOAD=$temporary/broken.so
	ln -s "$builddir/tests/torture/broken.so" "$TORTURE_PRELOAD"
fi
export BROKEN TORTURE_PRELOAD
# The sanitizers' leak checker cannot work in a traced program.
ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
export ASAN_OPTIONS

[ -x "$stop" ] || { echo "there is no $stop: make check builds it" >&2; exit 1; }
"$stop" list "$temporary" true 3> /dev/null || {
	echo "skipped: no program may be traced here (ptrace)" >&2
	exit 77
}

plain=$srcdir/tests/plain
ground=$temporary/ground
mkdir "$ground"

sessions='new finish offered linked walk'
today='--plain --today 2026-04-20'
finishing=':f\n:f\n:f\n'

# Each: what is there before, what is typed, how it is called, and how many saves
# it is made of at least.
begin()
{
	rm -rf "$here"
	mkdir "$here"
	case $1 in
	new)
		printf '2\n甲\n:q\n' ;;
	finish)
		cat "$plain/c-changed-back/draft.csv" > "$here/r.csv"
		printf "$finishing" ;;
	offered)
		cat "$plain/c-changed-back/draft.csv" \
			> "$here/確認書-作成中-20260420-090000.csv"
		printf "1\n$finishing" ;;
	linked)
		mkdir "$here/d"
		cat "$plain/c-changed-back/draft.csv" > "$here/d/real.csv"
		ln -s d/real.csv "$here/r.csv"
		printf ':g contract_ref\n別件\n:q\n' ;;
	walk)
		cat "$plain/a-first-confirmation/input.1"
		printf "$finishing" ;;
	esac > "$mine/input"
}

arguments()
{
	[ "$1" = offered ] || echo r.csv
}

saves()
{
	case $1 in
	new | finish | offered) echo 2 ;;
	linked) echo 1 ;;
	walk) echo 42 ;; # its answers, and the sheet
	esac
}

go()
{
	session=$1
	shift
	(cd "$here" && exec "$stop" "$@" "$program" $today $(arguments $session)) \
		< "$mine/input" > "$mine/said" 2>&1 3> "$mine/listed"
	code=$?
}

survey()
{
	rm -rf "$ground/states"
	mkdir "$ground/states"
	here=$ground/here mine=$ground
	begin "$1"
	go "$1" list "$ground/states"
	mv "$ground/listed" "$ground/points"
	if [ $code -ne 0 ]; then
		echo "the undisturbed session $1 ended with $code:" >&2
		cat "$ground/said" >&2
		exit 1
	fi
	last=$(ls "$ground/states" | sort -n | tail -n 1)
	[ "$BROKEN" ] || enough_points "$1"
}

# A new file, its bytes, their way to the disk, the name, its way to the disk: five
# calls a save at the least.
enough_points()
{
	points=$(wc -l < "$ground/points")
	named=$(grep -cE '^[0-9]+ (rename|link)' "$ground/points")
	if [ "$named" -lt "$(saves "$1")" ] ||
	   [ "$points" -lt $((5 * named)) ]; then
		echo "session $1: $points calls and $named names given are too few: is nothing saved any more, or by calls that tracer.c does not know?" >&2
		exit 1
	fi
}

jobs=$(nproc 2> /dev/null || echo 1)

each_point()
{
	cat > "$ground/do"
	job=0
	while [ $job -lt "$jobs" ]; do
		(
			trap - EXIT
			mine=$ground/job$job here=$ground/job$job/here
			mkdir -p "$mine"
			awk -v job=$job -v jobs="$jobs" 'NR % jobs == job' \
				"$ground/do" > "$mine/do"
			while read -r number call after; do
				"$@" "$number" "$call" "$after"
			done < "$mine/do"
		) &
		job=$((job + 1))
	done
	wait
}

count()
{
	printf '%s\t%s\n' "$1" "$2" >> "$mine/counted"
	[ "$2" = survived ] && return
	echo "$1: $2: session $session, call $number ($call)" >&2
	tail -n 8 "$mine/why" | sed 's/^/    /' >&2
}

rows()
{
	cat "$ground"/job*/counted | awk -F '\t' '
		{ times[$1]++; if ($2 == "survived") fine[$1]++
		  if ($2 == "lost") lost[$1]++ }
		END {
			for (what in times)
				printf "%s\t%d\t%d\t%d\n", what, times[what],
				       fine[what], lost[what]
		}' | sort > "$ground/rows"
	rm -f "$ground"/job*/counted
	cat "$ground/rows"
	awk -F '\t' '{ bad += $2 - $3; n++ } END { exit bad || !n }' \
		"$ground/rows"
}

# --- what must hold -----------------------------------------------------------

# What is in the directory $2 is what was after K changes, but for what diff leaves
# out by the other arguments; temporaries and locks are nobody's.
is_state()
{
	k=$1 place=$2
	shift 2
	diff -rq -x '.kakuninsho-saving-*' -x '.*.lock' "$@" "$ground/states/$k" "$place" \
		> "$mine/why" 2>&1
}

# ... after K or more of them.
is_state_since()
{
	from=$1
	shift
	while [ "$from" -le "$last" ]; do
		is_state "$from" "$@" && return
		from=$((from + 1))
	done
	return 1
}

# Every record here can be read.
nothing_lost()
{
	for record in "$here"/*.csv; do
		[ -e "$record" ] || continue
		"$program" check --today 2026-04-20 "$record" > /dev/null 2>&1
		[ $? -ne 2 ] || return 1
	done
}

# Opened again it goes on where it was, the next save works, and then no temporary
# is left, nor its lock.
goes_on()
{
	cd "$here" || return
	set -- *.csv
	[ -e "$1" ] || set -- r.csv
	grep -v ',contract_ref' "$1" > "$mine/before" 2> /dev/null
	printf ':g contract_ref\nもう一度\n:q\n' |
		"$program" $today "$1" > "$mine/why" 2>&1 || return
	{
		grep -q もう一度 *.csv || return
		[ -z "$(find . -name '.kakuninsho-saving-*')" ] || return
		[ ! -e ".$1.lock" ] || return
		grep -v ',contract_ref' "$1" > "$mine/after"
		# What was unanswered may have been offered an answer.
		! diff "$mine/before" "$mine/after" | grep '^<' |
			grep -v ',,,[a-z0-9_]*.$'
	} >> "$mine/why" 2>&1
}
