#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Hostile records, forms, names, arguments and keys: whatever they hold, only text
# reaches a terminal, a message, the sheet, the record or a pipe; whatever they are,
# the program ends soon, in little memory, with a message. The last line is for
# the table of tests/torture: what, times, survived, lost.

. "${srcdir:-.}/tests/cmd/lib.sh"

only_text=$builddir/tests/cmd/only_text
today='--today 2026-04-20'

# Everything of the kind: titles, reports and resets of a terminal, C0, DEL, C1,
# soft hyphen, fillers, bidirectional controls, zero width, separators, tags,
# noncharacters; selectors and joiners that belong to nothing; and an emoji and a
# name, which are to stay.
hidden=$(printf '%b' 'x\0033]0;x\0007x\0033cx\0033P1x\0033\0134x\0033[6nx\0033Zx' \
	'\0001\0010\0016\0017\0032\0177\0302\0205\0302\0233 31mx' \
	'\0302\0255\0302\0200\0302\0237\0330\0234\0341\0205\0237\0341\0240\0216' \
	'\0342\0200\0213\0342\0200\0214\0342\0200\0216\0342\0200\0217' \
	'\0342\0200\0250\0342\0200\0251\0342\0200\0256\0342\0200\0255' \
	'\0342\0201\0240\0342\0201\0246\0342\0201\0251\0343\0205\0244' \
	'\0357\0273\0277\0357\0276\0240\0357\0277\0271\0357\0277\0273' \
	'\0357\0277\0277\0363\0240\0201\0201\0342\0200\0215 \0357\0270\0217' \
	'\0013\0014x👨‍👩‍👧葛󠄀')
stays='x👨‍👩‍👧葛󠄀'
# The same for a name, which may be no UTF-8 and have line breaks.
raw=$(printf '%b' '\0033]0;x\0007\0233\0377\0300\0302\0233\n\t\0342\0200\0256x')
mark=〓

# --- attacking ----------------------------------------------------------------

# Under the sanitizers memory is reserved far beyond what is used.
if nm "$program" 2> /dev/null | grep -q __asan_init; then
	memory=unlimited seconds=60
else
	memory=300000 seconds=10 # KB; nothing below comes near to the time
fi
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"

# Runs the program with standard input from FILE: it has to end by itself, with
# an exit code of its own, having said only text, in lines of its own.
attack_with()
{
	input=$1
	shift
	echo attacked >> "$temporary/counts"
	(ulimit -v $memory; exec timeout $seconds "$program" "$@") \
		< "$input" > "$outside/stdout" 2> "$outside/stderr"
	code=$?
	case $code in
	0 | 1 | 2) ;;
	*)
		echo "exit code $code: kakuninsho $*" | cat -v
		cat -v "$outside/stderr"
		return 1 ;;
	esac
	for stream in stdout stderr; do
		"$only_text" ${as:-text} < "$outside/$stream" ||
			{ echo "in $stream of kakuninsho $*" | cat -v; return 1; }
		as=
	done
	grep -v '^kakuninsho: ' "$outside/stderr" | same /dev/null - || return 1
	echo survived >> "$temporary/counts"
}

attack()
{
	attack_with /dev/null "$@"
}

code_was()
{
	[ $code -eq "$1" ] && return
	echo "exit code $code instead of $1"
	cat "$outside/stdout" "$outside/stderr"
	return 1
}

# The record FILE is what BEFORE was: nothing was lost.
kept()
{
	same "$1" "$2" && return
	echo lost >> "$temporary/counts"
	return 1
}

# --- records ------------------------------------------------------------------

# Answers that a check looks at, a text of several lines, what is about the form,
# and what nobody asks.
a_record_with_hidden_characters()
{
	for name in form_title status vendor department i03 i05 checked_on \
		confirmer_name site_work
	do
		record r.csv && change $name 5 "$hidden" r.csv &&
		cp r.csv before.csv || return 1
		attack check $today r.csv && attack 'export' $today r.csv &&
		as=csv attack 'export' -t csv $today r.csv &&
		attack review --plain $today r.csv &&
		kept before.csv r.csv || return 1
	done
}

hidden_characters_are_marked()
{
	record r.csv && change vendor 5 "$hidden" r.csv &&
	change i05 6 "$hidden" r.csv &&
	attack check $today r.csv && code_was 0 &&
	said 'r.csv:7:17:' U+001B $mark 置き換えて &&
	attack 'export' $today r.csv && printed "$mark]0;x${mark}x" "$stays" &&
	as=csv attack 'export' -t csv $today r.csv &&
	printed "$mark]0;x${mark}x" "$stays" &&
	cp "$outside/stdout" again.csv && attack check $today again.csv &&
	said_nothing
}

hidden_characters_in_names()
{
	record r.csv && printf 'x,,,,,,%s\r\n' "$hidden" >> r.csv &&
	attack check $today r.csv && code_was 2 && said $mark &&
	record r.csv && sed "s/,i05\(.*\)$/,i${hidden}05\1/" r.csv > s.csv
	attack check $today s.csv
}

a_draft_is_filled_in()
{
	record r.csv && change status 5 作成中 r.csv &&
	change vendor 5 "$hidden" r.csv && change i05 6 "$hidden" r.csv &&
	printf '%s\n' :l :p ":g $hidden" ":g 1" "$hidden" :b ":$hidden" \
		":? $hidden" :l ":s $hidden" ":s 1$hidden.csv" > input &&
	attack_with input --plain $today r.csv &&
	# what was typed is taken out, what was read is marked
	"$only_text" csv < r.csv && stands_in r.csv "$mark]0;x" &&
	printed 取り除きました
}

drafts_that_are_offered()
{
	record "1$hidden.csv" && change status 5 作成中 "1$hidden.csv" &&
	change vendor 5 "$hidden" "1$hidden.csv" &&
	cp "1$hidden.csv" "2$raw.csv" && printf ':q\n' > input &&
	attack_with input --plain $today && printed $mark &&
	printf '2\n:q\n' > input && attack_with input --plain $today
}

# --- forms --------------------------------------------------------------------

# A form whose every cell may be hostile: H stands for hidden characters.
form()
{
	cat > form.in <<-'END'
	survey,,,,,,,,,,,
	,type,name,label,hint,relevant,required_message,required,constraint,constraint_message,calculation,default,clause,number
	,note,n,H note,,,,,,,,,,
	,begin_group,g,H group,,,,,,,,,3.3H,
	,text,q,H label,H hint,,H required,yes,string-length(.) < 3,H constraint,,'H',,
	,select_one l,s,H which,,,,,,,,,,
	,calculate,c,H c,,,,,,,"concat('H', ${q}, 'H')",,,1
	,end_group,,,,,,,,,,,,
	,begin_group,i,H item,,${q} != '',,,,,,,3.3,1H
	,select_one l,i_a,H answer,,,,,,,,,,
	,text,i_d,H detail,,,,,,,,,,
	,end_group,,,,,,,,,,,,
	choices,,,,,
	,list_name,name,label,,
	,l,a,H choice,,
	,l,b,H other,,
	settings,,,,,
	,form_title,form_id,version,instance_name,
	,H title,fH,1H,"concat('H', ${q})",
	END
	sed "s|H|$hidden|g" form.in > "${1:-f.csv}"
}

a_form_with_hidden_characters()
{
	form &&
	printf '%s\n' "clause,text" "3.3$hidden,$hidden" "3.3,$hidden 第3条" \
		> f.articles.csv &&
	printf '%s\n' 'kind,name,text' "title,,$hidden" \
		"group,g,$hidden {label} $hidden {answer}" \
		"table,i,A 4|B 28|C 10|D$hidden 23" "text,,$hidden" \
		"right,,$hidden" "empty,q,$hidden" > f.sheet.csv &&
	printf '%s\n' 1 "x$hidden" :? :l :p :b xy 1 2 :l :p 1 :s :f 1 > input &&
	attack_with input --plain $today --form f.csv r.csv && code_was 0 &&
	said f.csv:3:10: f.articles.csv:2:5: f.sheet.csv:2:9: U+001B &&
	printed "$mark]0;x${mark}x" "$stays" &&
	as=csv attack_with input --plain $today --form f.csv s.csv &&
	for file in [rs].csv; do
		"$only_text" csv < "$file" || return 1
		attack check $today --form f.csv "$file" &&
		attack 'export' $today --form f.csv "$file" &&
		as=csv attack 'export' -t csv $today --form f.csv "$file" ||
			return 1
	done
}

# What is wrong with a form is quoted.
faults_with_hidden_characters()
{
	for fault in 's/note,n/Hnote,n/' 's/,q,/,qH,/' 's/select_one l/select_one lH/' \
		's/${q} !=/${qH} !=/' 's/${q} !=/H !=/' 's/string-length/string-H/' \
		's/,hint/,hinHt/' 's/settings/setH/' 's/default,clause/default,defaultH/' \
		's/${q} !=/xH !=/' 's/string-length(.)/regex(., "H(")/' 's/l,a,/l,aH,/'
	do
		fault=$(printf %s "$fault" | sed "s|H|$hidden|g")
		form && sed "$fault" f.csv > bad.csv &&
		attack --plain --form bad.csv r.csv || return 1
	done
}

# --- names and arguments ------------------------------------------------------

names_of_files()
{
	for name in "$hidden" "$raw"; do
		attack check "$name" && code_was 2 && attack 'export' "$name" &&
		attack --plain "$name" && attack review --plain "$name" &&
		attack check --form "$name" x && said $mark &&
		record "$name.csv" && change i05 5 '' "$name.csv" &&
		attack check $today "$name.csv" && code_was 1 && printed $mark &&
		attack 'export' -o "$name.csv" "$name.csv" && code_was 2 &&
		attack 'export' -o "$name.txt" "$name.csv" && code_was 0 &&
		attack 'export' -o "$name.txt" "$name.csv" && code_was 2 &&
		attack 'export' -o "$name/x" "$name.csv" && code_was 2 &&
		printf '2\nx\n:q\n' > input && attack_with input --plain "1$name.csv" &&
		attack_with input --plain "nowhere/$name.csv" && code_was 2 &&
		form "f$name.csv" && attack check --form "f$name.csv" x &&
		printf 'x\n' > "f$name.articles.csv" &&
		attack check --form "f$name.csv" x && code_was 2 || return 1
	done
}

arguments()
{
	for text in "$hidden" "$raw"; do
		attack "--$text" && code_was 2 && attack "-$text" && code_was 2 &&
		attack --today "$text" check x && code_was 2 &&
		attack 'export' -t "$text" x && code_was 2 &&
		attack "check" --output "$text" x && code_was 2 &&
		attack "$text" && code_was 2 && attack "$text" "$text" &&
		code_was 2 && TERM=$text attack review x &&
		LANGUAGE=$text LANG=$text LC_ALL=$text attack check "$text" || return 1
	done
}

called_by_a_hostile_name()
{
	mkdir "$raw" && ln -s "$program" "$raw/$hidden" || return 1
	program=$raw/$hidden attack --nothing && code_was 2
}

# --- the screen ---------------------------------------------------------------

# Every byte that the terminal is sent, while every view is opened and what is
# hidden is typed and pasted too.
on_the_screen()
{
	run_tui=$builddir/tests/tui/run_tui
	[ -x "$run_tui" ] || return 0
	form && printf '%s\n' "clause,text" "3.3,$hidden" > f.articles.csv &&
	printf '%s\n' 'kind,name,text' "text,,$hidden" "group,g,{answer}" \
		"table,i,A 4|B 28|C$hidden 10|D 23" > f.sheet.csv &&
	record d.csv && change status 5 作成中 d.csv &&
	change vendor 5 "$hidden" d.csv && change i05 6 "$hidden" d.csv &&
	cp d.csv "確認書-作成中-$raw.csv" || return 1
	here=$(pwd)
	cat > screen.tui <<-END
	size 90x30
	sh cp "$here"/*.csv .
	run $today
	keys Down Up Enter
	keys F1 Esc F3 / "x" Enter Esc F4 PgDn Esc F6 Esc F2 F10
	exit 0
	run $today d.csv
	keys F3 End Enter PgDn F3 / "$stays" Enter Esc
	keys F3 Home Down Down Enter C-u
	paste "\\e]0;x\\x07\\e[6n\\xc2\\x9b\\xe2\\x80\\xae\\xc2\\xadok"
	keys F2 F10
	exit 0
	run $today --form f.csv n.csv
	keys "1" Tab "x\\x7f\\xc2\\x9b" Tab PgDn PgDn F1 Esc F3 Esc F4 Esc F6 Esc F10
	exit 0
	run review $today --form f.csv n.csv
	keys F3 Esc F4 Esc F6 Esc F10
	exit 0
	size 150x30
	run review $today d.csv
	keys PgDn PgDn F3 Esc F10
	exit 0
	END
	echo attacked >> "$temporary/counts"
	"$run_tui" -o sent screen.tui && [ -s sent ] &&
	"$only_text" terminal < sent && echo survived >> "$temporary/counts"
}

check_each a_record_with_hidden_characters hidden_characters_are_marked \
	hidden_characters_in_names a_draft_is_filled_in drafts_that_are_offered \
	a_form_with_hidden_characters faults_with_hidden_characters \
	names_of_files arguments called_by_a_hostile_name on_the_screen

count()
{
	grep -c "$1" "$temporary/counts"
}
printf 'hostile files\t%s\t%s\t%s\n' "$(count attacked)" "$(count survived)" \
	"$(count lost)"
finish
