#!/bin/sh
# SPDX-License-Identifier: MIT
# make bench: what a start and a key cost, in instructions and in bytes sent to
# the terminal, beside a bare ncurses program and dialog's form.
#
# tests/tui/run_tui types, each key when the program is at rest after the one
# before, and looks whether what is measured is on the screen. callgrind writes down
# what it has counted whenever we wait for an event (term_read), the loading of
# libraries too; after the last key we are killed, the others ended by a signal that
# they do not catch. What a key costs is the difference between many of them and a
# few, divided. The same binaries on the same machine give the same numbers.

builddir=$(cd "${builddir:-.}" && pwd) || exit 99
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
LC_ALL=C.UTF-8
export builddir srcdir LC_ALL

if ! command -v valgrind > /dev/null; then
	echo "skipped: make bench needs valgrind (apt-get install valgrind)"
	exit 0
fi

TMPDIR=$(mktemp -d /tmp/kakuninsho-bench-XXXXXX) || exit 99
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' HUP INT TERM
cd "$TMPDIR" || exit 99

# --- the programs, and where they have their first page ---------------------

bare=$builddir/tests/bench/bare
bare_page='shows "ncurses"'

dialog_form() { # ROWS COLUMNS, text of the first field: the command
	echo "dialog --form \"1 確認対象者\" $1 $2 3" \
		"\"事業者名\" 1 1 \"$3\" 1 18 50 2047" \
		"\"対象部門等名\" 2 1 \"\" 2 18 50 2047" \
		"\"契約開始年月日\" 3 1 \"\" 3 18 50 2047"
}
# It sends more than a terminal takes at once: the cursor is what comes last.
dialog_page='cursor 4 21'

# The file is not there yet, or what "given" put there. Without FILE there would
# be the time of day in the file's name, and in the numbers.
us="$builddir/src/kakuninsho --today 2026-11-24 a.csv"
our_page='shows "F10"'

# --- a run ------------------------------------------------------------------

fail() { # what to show, a file
	{
		echo "not measured:"
		cat "$1"
	} >&2
	kill $$ # from within $(...) too
	exit 1
}

play() { # LINES of a script; all of it must come true
	printf '%s\n' "$1" > script
	TUI_PATIENCE=30 "$builddir/tests/tui/run_tui" -o sent script > said ||
		fail said
}

# BEFORE are lines before the start, then what shows its first PAGE, then KEYS.
# A rest, and the draft is saved: then the machine was too slow.
run() { # COMMAND PAGE BEFORE KEYS: "instructions bytes"
	case $1 in
	"$builddir/src/"*) end=KILL ;;
	*) end=USR1 ;;
	esac
	rm -f counts
	play "$3
exec valgrind -q --tool=callgrind --vgdb=no --dump-before=term_read --combine-dumps=yes --callgrind-out-file=$TMPDIR/counts --log-file=$TMPDIR/log $1
$2
$4
sh ! test a.csv -nt $TMPDIR/script
signal $end
exit $end"
	echo "$(awk '/^totals:/ { n += $2 } END { printf "%d", n }' counts)" \
		"$(wc -c < sent)"
}

# What two runs agree on: ncurses asks for the time, and where a second ends just
# then it does a little more.
count() { # as run
	before=$(run "$@")
	for try in 1 2 3 4 5 6 7 8; do
		now=$(run "$@")
		if [ "$now" = "$before" ]; then
			echo "$now"
			return
		fi
		before=$now
	done
	echo "no two of $try runs agree" > said
	fail said
}

first_page() { # COMMAND PAGE: "instructions bytes"
	count "$1" "$2" '' ''
}

# How many pages of memory are touched depends on where libraries happen to lie.
fixed_places=
setarch -R true 2> /dev/null && fixed_places='setarch -R'

peak() { # COMMAND PAGE: "kilobytes -"
	play "exec $fixed_places sh -c \"echo \$\$ > pid; exec \\\"\$@\\\"\" sh $1
$2
sh sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/\$(cat pid)/status > $TMPDIR/peak
signal KILL
exit KILL"
	echo "$(cat peak) -"
}

keys() { # TIMES KEY...
	awk 'BEGIN { for (i = 0; i < ARGV[1]; i++)
		for (k = 2; k < ARGC; k++) print "keys " ARGV[k] }' "$@"
}

# SETUP are the lines between the first page and the keys. After FEWER and after
# MORE of these CHECK must come true.
a_key() { # COMMAND PAGE BEFORE SETUP FEWER MORE CHECK KEY...: "instructions bytes"
	command=$1 page=$2 before=$3 setup=$4 fewer=$5 more=$6 check=$7
	shift 7
	few=$(count "$command" "$page" "$before" "$setup
$(keys "$fewer" "$@")
$check")
	many=$(count "$command" "$page" "$before" "$setup
$(keys "$more" "$@")
$check")
	echo "$few $many $(((more - fewer) * $#))" |
		awk '{ printf "%.0f %.1f\n", ($3 - $1) / $5, ($4 - $2) / $5 }'
}

# 20 keys, so that a short text stays on its line; 80 at the end of a long one, so
# that the lines which they fill are in it.
typed() { # COMMAND PAGE BEFORE SETUP short|long CHARACTER
	a_key "$1" "$2" "$3" "$4" 4 "$([ "$5" = long ] && echo 84 || echo 24)" \
		"shows \"$6$6\"" "\"$6\""
}

# 100 KB, in lines, pasted into a box: 62 bytes each.
paste='paste "取扱者から誓約書を徴収した。未徴収は2名。\n"*1640
shows "上に 1632 行"'

# In how many pieces it comes is another thing each time.
a_paste() { # "instructions bytes", about
	without=$(count "$us" "$our_page" '' "$to_box")
	with=$(run "$us" "$our_page" '' "$to_box
$paste")
	echo "$without $with" | awk '{ print $3 - $1, $4 - $2 }'
}

# Of the processor, the system's part too; it is another each time.
paste_time() { # microseconds
	play "exec sh -c \"echo \$\$ > pid; exec \\\"\$@\\\"\" sh $us
$our_page
$to_box
sh cut -d' ' -f1 /proc/\$(cat pid)/schedstat > $TMPDIR/before
$paste
sh cut -d' ' -f1 /proc/\$(cat pid)/schedstat > $TMPDIR/after
signal TRAP
exit TRAP"
	echo "$((($(cat after) - $(cat before)) / 1000))"
}

# --- the table --------------------------------------------------------------

row() { # LABEL [NUMBER BYTES]...
	# printf counts bytes, and 漢 has three of them in two columns
	printf '%s%*s' "$1" \
		"$((31 - $(printf %s "$1" | sed 's/漢/xx/' | wc -c)))" ''
	shift
	printf '%10s %6s' "$@"
	echo
}

# The two numbers of dialog; where it is missing, that.
dialog_is() { # FUNCTION ARGUMENT...
	if command -v dialog > /dev/null; then
		"$@"
	else
		echo 'missing -'
	fi
}

none='- -'
to_line='keys "1"
keys Tab'
to_box='keys PgDn
keys "2"
keys Tab'

given() { # FILE or nothing: the line that puts it there
	[ -z "$1" ] || echo "sh cp -p $TMPDIR/$1 a.csv"
}

# Without a command of DIALOG's it has no such thing.
rows_typed() { # LABEL FILE SETUP short|long DIALOG
	for c in a 漢; do
		theirs=$none
		[ -z "$5" ] || theirs=$(dialog_is typed "$5" 'shows "Cancel"' '' \
			'keys End' "$4" $c)
		# shellcheck disable=SC2046,SC2086
		row "$1: $c" $none $theirs $(typed "$us" "$our_page" \
			"$(given "$2")" "$3" "$4" $c)
	done
}

# --- texts of 10 KB ---------------------------------------------------------

sentence='取扱者から誓約書を徴収した。未徴収は2名。' # 61 bytes
repeated() { # TIMES TEXT
	awk -v n="$1" -v s="$2" 'BEGIN { while (n-- > 0) printf "%s", s }'
}

record() { # the one-line answer, the detail of item 1
	printf '%s\r\n' \
		'区分,番号,条項,項目,回答,実施状況(詳細)又は未実施の理由,名前' \
		'様式,,,,情報セキュリティ対策履行状況確認書,,form_title' \
		'様式,,,,npa-2022,,form_id' '様式,,,,20220404,,version' \
		'様式,,,,作成中,,status' ",,,,$1,,vendor" \
		",1,,,未実施,\"$2\",i01"
}
record "$(repeated 168 "$sentence")" '' > line.csv
record '' "$(repeated 168 "$sentence")" > paragraph.csv
record '' "$(repeated 84 "$sentence$sentence
")" > paragraphs.csv

# --- what is printed --------------------------------------------------------

echo "make bench: instructions (callgrind) and bytes sent; 80x24,"
echo "TERM=xterm-256color, LC_ALL=C.UTF-8"
echo "$(uname -m); $(${CC:-cc} --version | head -n 1); ${CFLAGS-}; $(valgrind --version)"
echo
echo "bare:   tests/bench/bare"
echo "dialog: $(dialog_form 24 80 '')" | fold -s -w 72 | sed '2,$s/^/        /'
echo "        $(dialog --version 2> /dev/null || echo 'missing: apt-get install dialog')"
echo "us:     src/${us#"$builddir/src/"}"
echo
printf '%31s%17s%17s%17s\n' '' bare dialog us
row '' instruct. bytes instruct. bytes instruct. bytes
# shellcheck disable=SC2046,SC2086
{
row 'start to the first page' $(first_page "$bare" "$bare_page") \
	$(dialog_is first_page "$(dialog_form 24 80 '')" "$dialog_page") \
	$(first_page "$us" "$our_page")
row '  dialog in its least size' $none \
	$(dialog_is first_page "$(dialog_form 0 0 '')" 'cursor 10 23') $none
row 'peak memory until then, KB' $(peak "$bare" "$bare_page") \
	$(dialog_is peak "$(dialog_form 24 80 '')" "$dialog_page") \
	$(peak "$us" "$our_page")
echo 'a key'
rows_typed '  one line, empty' '' "$to_line" short "$(dialog_form 24 80 '')"
rows_typed '  one line, end of 10 KB' line.csv "$to_line" long \
	"$(dialog_form 24 80 "$(repeated 25 "$sentence")")"
rows_typed '  box, empty' '' "$to_box" short ''
rows_typed '  box, end of 84 paragraphs' paragraphs.csv "$to_box" long ''
rows_typed '  box, end of one of 10 KB' paragraph.csv "$to_box" long ''
row '  left, right in a choice' $none $none $(a_key "$us" "$our_page" '' \
	'keys Right' 1 11 'shows "( ) 1"' Right Left)
row '  down, up in the text of F1' $none $none $(a_key "$us" "$our_page" '' \
	'keys F1' 1 11 'shows "第1条"' Down Up)
row '  down, up in the list of F3' $none $none $(a_key "$us" "$our_page" '' \
	'keys F3' 1 11 'shows "事業者名"' Down Up)
row '  PgDn to the next page' $none $none $(a_key "$us" "$our_page" '' '' \
	1 11 'hides " 1 確認対象者   "' PgDn)
row 'a paste of 100 KB, about' $none $none $(a_paste)
row '  its microseconds' $none $none "$(paste_time)" -
}
echo "(of dialog's form 1.5 KB: a field of it holds less than 2)"
echo


# --- a small thing beside a large one ----------------------------------------

# One run, in which callgrind writes down what it has counted whenever the program
# waits for the next event. Rows come from standard input: "LABEL|TIMES|KEYS", or a
# line for the script behind "!". Prints "LABEL|INSTRUCTIONS BYTES" of a key: the
# middle one of so many, since the record may be saved in between.
session() { # COMMAND PAGE BEFORE
	rm -f counts marks owners
	# at rest, and with what the last key has caused
	cat > mark << 'END'
cd "$TMPDIR" || exit
count=
until next=$(grep -c ^totals: counts); [ "$next" = "$count" ]; do
	count=$next
	sleep 0.05
done
echo "$count" >> marks
END
	mark="hides \"zzzz\"
sh . $TMPDIR/mark"
	{
		[ -z "$3" ] || echo "$3"
		echo "exec valgrind -q --tool=callgrind --vgdb=no" \
			"--dump-before=term_read --combine-dumps=yes" \
			"--callgrind-out-file=$TMPDIR/counts" \
			"--log-file=$TMPDIR/log $1"
		echo "$2"
		echo "$mark"
		while IFS='|' read -r label times keys; do
			case $label in
			!*)
				echo "${label#!}"
				echo "$mark"
				echo "|0" >> owners
				continue
				;;
			esac
			echo "$label|$times" >> owners
			awk -v n="$times" -v k="$keys" \
				'BEGIN { while (n-- > 0) print "keys " k }'
			echo "$mark"
		done
		echo 'signal KILL'
		echo 'exit KILL'
	} > script
	TUI_PATIENCE=60 "$builddir/tests/tui/run_tui" -c script > said ||
		fail said
	grep -n '' script | sed -n 's/^\([0-9]*\):keys .*/key \1/p
		s/^\([0-9]*\):sh .*mark$/mark \1/p' > numbered
	sed -n 's/^totals: //p' counts > totals
	sed -n 's/^script:\([0-9]*\): keys: \([0-9]*\) bytes.*/\1 \2/p' said > sizes
	awk -F '[ |]' '
		FILENAME == "totals" { total[++n] = $1 }
		FILENAME == "marks" { mark[++m] = $1 }
		FILENAME == "sizes" { size[$1] = $2 }
		FILENAME == "numbered" && $1 == "mark" { phase++ }
		FILENAME == "numbered" && $1 == "key" { bytes[phase] += size[$2] }
	END {
		while ((getline line < "owners") > 0) {
			split(line, part, "|")
			p++
			if (part[2] == 0)
				continue
			count = 0
			for (i = mark[p] + 1; i <= mark[p + 1]; i++) {
				for (k = count++; k > 0 && sorted[k] > total[i]; k--)
					sorted[k + 1] = sorted[k]
				sorted[k + 1] = total[i]
			}
			middle = part[2] == 1 ? sorted[count] : sorted[int((count + 1) / 2)]
			printf "%s|%d %.0f\n", part[1], middle, bytes[p] / part[2]
		}
	}' totals marks sizes numbered
}

# The table of sessions, in columns; with the ratio of each to the first.
beside() { # FILE...
	paste -d '|' "$@" | awk -F '|' '{
		split($2, first, " ")
		# printf counts bytes: what is not ASCII has three in two columns
		wide = $1
		narrow = gsub(/[^ -~]/, "", wide)
		width = length($1) - (length($1) - length(wide)) / 3
		printf "%s%*s", $1, 33 - width, ""
		for (i = 2; i <= NF; i += 2) {
			split($i, now, " ")
			printf "%11d %5d", now[1], now[2]
			if (i > 2)
				printf " %5.1fx", now[1] / first[1]
		}
		print ""
	}'
}

form_rows() {
	cat << 'END'
PgDn, PgUp|6|PgDn PgUp
Tab, back|4|Tab S-Tab
!keys PgDn
a choice|6|2 1
!keys "2" Tab
box: a|10|"a"
box: 漢|10|"漢"
box: Backspace|10|Backspace
box: left|5|Left
answer, next page, saved once|1|PgDn
F1: opened|1|F1
F1: closed|1|"q"
F3: opened, once|1|F3
F3: down|10|Down
F3: up|10|Up
F3: PgDn|3|PgDn
F3: G|1|"G"
F3: Home|1|Home
F3: search, a key of it|1|"/"
F3: search, once|1|"24" Enter
F3: n|5|"n"
F3: gone to a question|1|Enter
F6: opened, once|1|F6
F6: down|10|Down
F6: closed|1|"q"
F4: opened, once|1|F4
F4: down|10|Down
F4: PgDn|3|PgDn
F4: closed|1|"q"
END
}

measure_form() { # QUESTIONS
	awk -v questions="$1" -f "$srcdir/tests/bench/form.awk" > form.csv
	form_rows | session "$us --form $TMPDIR/form.csv" "$our_page" ''
}

measure_form 200 > small
measure_form 10000 > large
printf '%33s%17s%25s\n' 'us with a form of' '200 questions' '10,000 questions'
row '' instruct. bytes instruct. bytes
beside small large
echo

# Sentences no two of which are alike, BYTES of them, each with END behind it.
prose() { # BYTES END
	awk -v most="$1" -v end="$2" 'BEGIN {
		while (n < most) {
			s = sprintf("%d番の取扱者から誓約書を徴収した。" \
				"未徴収は%d名%s", ++i, i * 7 % 13, end)
			n += length(s)
			printf "%s", s
		}
	}'
}

text_rows() {
	cat << 'END'
!keys PgDn
!keys Tab Up*14
box: up, scrolled|8|Up
box: left|8|Left
box: a|9|"a"
box: Backspace|9|Backspace
box: 漢|9|"漢"
box: Backspace of it|9|Backspace
box: left by it, once|1|S-Tab
a choice beside it|4|1 2
next page|1|PgDn
back, opened once|1|PgUp
F3: opened, once|1|F3
F3: down|8|Down
F3: PgDn|3|PgDn
F3: search, once|1|"/徴収" Enter
F3: closed|1|"q"
F4: opened, once|1|F4
F4: down|8|Down
F4: PgDn|3|PgDn
F4: search, once|1|"/徴収" Enter
F4: n|4|"n"
F4: closed|1|"q"
END
}

measure_text() { # BYTES END
	record '' "$(prose "$1" "$2")" > text.csv
	text_rows | session "$us" "$our_page" "$(given text.csv)"
}

measure_text 2500 。 > small
measure_text 102000 。 > paragraph
measure_text 102000 '。
' > lines
printf '%33s%17s%25s%25s\n' 'us with a detail of' '2.5 KB' \
	'a paragraph of 100 KB' '100 KB of lines'
row '' instruct. bytes instruct. bytes
beside small paragraph lines
echo
echo "A line of 9600 baud carries 960 bytes a second."
