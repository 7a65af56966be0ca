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
	memory=unlimited seconds=120
else
	memory=300000 seconds=60 # KB; nothing below comes near to the time
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
		[ -s "$outside/$stream" ] || continue
		"$only_text" ${as:-text} < "$outside/$stream" ||
			{ echo "in $stream of kakuninsho $*" | cat -v; return 1; }
	done
	if [ -s "$outside/stderr" ] && grep -v '^kakuninsho: ' "$outside/stderr"
	then
		echo 'a line of its own in what it said'
		return 1
	fi
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
	for command in check show print; do
		attack form $command f.csv && code_was 0 &&
		printed "$mark]0;x${mark}x" || return 1
	done &&
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
		attack --plain --form bad.csv r.csv &&
		attack form check bad.csv && attack form show bad.csv || return 1
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
		attack form check "f$name.csv" && code_was 0 && printed $mark &&
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

# --- files that are none, or too much -----------------------------------------

# FILE as a record, a form, the form's articles and its sheet: refused in each, and
# TEXT.. said of it.
refused_everywhere()
{
	file=$1
	shift
	record good.csv && cat "$srcdir/data/npa-2022.csv" > form.csv || return 1
	for command in check 'export' --plain 'review --plain' \
		'check good.csv --form' '--plain new.csv --form'
	do
		attack $today $command "$file" && code_was 2 && said "$@" ||
			return 1
	done
	for command in check show print; do
		attack form $command "$file" && code_was 2 && said "$@" ||
			return 1
	done
	for part in articles sheet; do
		rm -f form.articles.csv form.sheet.csv
		ln -s "$file" form.$part.csv &&
		attack $today --form form.csv check good.csv && code_was 2 &&
		shift $(($# - 1)) && said "form.$part.csv" "$1" || return 1
	done
	rm -f form.*.csv
	[ ! -e new.csv ]
}

a_gigabyte()
{
	truncate -s 1G big.csv && refused_everywhere big.csv big.csv '8MBまで' &&
	attack_with big.csv $today check - && code_was 2 && said '8MBまで'
}

no_regular_files()
{
	mkfifo fifo.csv && mkdir d.csv && ln -s loop.csv loop.csv &&
	refused_everywhere fifo.csv fifo.csv '普通のファイルでは' &&
	refused_everywhere d.csv d.csv ディレクトリ &&
	refused_everywhere loop.csv loop.csv 循環 &&
	refused_everywhere /dev/zero 普通のファイルでは &&
	refused_everywhere /dev/full 普通のファイルでは
}

# Root may read it all the same.
not_ours_to_read()
{
	record r.csv && chmod 0 r.csv || return 1
	[ -r r.csv ] || refused_everywhere r.csv r.csv 権限
}

not_ours_to_write()
{
	record r.csv && cp r.csv before.csv && mkfifo fifo && mkdir d &&
	ln -s loop loop || return 1
	for out in fifo d /dev/full /dev/null r.csv nowhere/x .; do
		attack 'export' $today -o $out r.csv && code_was 2 &&
		attack 'export' $today --force -o $out r.csv && code_was 2 ||
			return 1
	done
	attack 'export' $today -o loop r.csv && code_was 2 && [ -p fifo ] &&
	kept before.csv r.csv
}

# Lines without an end, and lines without end.
endless_input()
{
	attack_with /dev/zero check - && code_was 2 && said '8MBまで' &&
	attack_with /dev/zero --plain r.csv && code_was 2 && said 大きすぎます &&
	for line in '' y 1 :l ::x; do
		mkfifo pipe || return 1
		(trap '' PIPE; yes "$line" 2> /dev/null > pipe) &
		attack_with pipe $today --plain r.csv && code_was 0 &&
		printed 入力の終わり || return 1
		wait
		rm -f pipe r.csv
	done
	mkfifo pipe && (trap '' PIPE; yes 'a,b,c' 2> /dev/null > pipe) &
	while [ ! -p pipe ]; do :; done
	attack_with pipe check - && code_was 2 && said '8MBまで'
}

# Others write to it while it is read: an old record or a new one, or none.
a_file_that_changes()
{
	record whole.csv && cp whole.csv r.csv || return 1
	(
		while [ ! -e stop ]; do
			head -c 3000 whole.csv > r.csv
			cat whole.csv > r.csv
			cat whole.csv whole.csv > r.csv
		done
	) &
	for i in 1 2 3 4 5 6; do
		attack check $today r.csv && attack 'export' $today r.csv ||
			{ : > stop; wait; return 1; }
	done
	: > stop
	wait
}

# --- records and forms beyond their bounds ------------------------------------

# COUNT lines of TEXT, in which # is 1, 2, ...; COUNT times TEXT; and COUNT bytes.
lines()
{
	awk -v n="$1" -v text="$2" 'BEGIN {
		for (i = 1; i <= n; i++) {
			line = text
			gsub(/#/, i, line)
			print line
		}
	}'
}

repeat()
{
	awk -v n="$1" -v text="$2" 'BEGIN { while (n--) printf "%s", text }'
}

bytes()
{
	head -c "$1" /dev/zero | tr '\0' "$2"
}

# What is on standard input is refused as a record and as a form, and TEXT said.
refused_as_both()
{
	cat > r.csv
	attack check $today r.csv && code_was 2 && said "$1" &&
	attack check $today --form r.csv x.csv && code_was 2 && said "$1" &&
	attack form check r.csv && code_was 1 && printed "$1"
}

tables_beyond_their_bounds()
{
	yes x,y | head -n 200001 | refused_as_both '（200000行まで）' &&
	bytes 1000 , | refused_as_both '（1000列まで）' &&
	yes "$(bytes 999 ,)" | head -n 1001 | refused_as_both '（1000000個まで）' &&
	bytes 1048577 x | refused_as_both '（1048576バイトまで）' &&
	bytes 8300000 '\033' | refused_as_both 'U+001B'
}

# A form with the rows SURVEY and CHOICES, in f.csv.
small_form()
{
	cat > f.csv <<-END
	survey
	,type,name,label,relevant,calculation,constraint,choice_filter,required
	$1
	choices
	,list_name,name,label,k
	${2:-,l,c,L,k}
	settings
	,form_title,form_id,version
	,t,t,1
	END
}

# Such a form is refused, and TEXT said.
form_is_refused()
{
	small_form "$1" "$2" && attack --plain --form f.csv r.csv &&
	code_was 2 && said "$3"
}

forms_beyond_their_bounds()
{
	form_is_refused "$(lines 20001 ',text,q#,L')" '' '（20000個まで）' &&
	form_is_refused ',select_one l,q,L' "$(lines 10001 ',l,c#,L')" \
		'（10000個まで）' &&
	form_is_refused "$(lines 101 ',select_one l,q#,L')" \
		"$(lines 1000 ',l,c#,L')" '合わせて100000個まで' &&
	form_is_refused "$(lines 51 ',begin_group,g#,L')" '' '（50段まで）' &&
	form_is_refused "$(lines 20 ",calculate,q#,,,1$(repeat 30000 +1)")" '' \
		'合わせて1048576バイトまで' &&
	form_is_refused ",calculate,q,,,1$(repeat 40000 +1)" '' \
		'（65536バイトまで）' &&
	form_is_refused ",calculate,q,,,$(bytes 101 '(')1" '' '（100段まで）' &&
	form_is_refused ",calculate,q,,,\"regex('', '$(bytes 99 '(')a$(
		repeat 99 '){1,999}')')\"" '' '正規表現' &&
	form_is_refused ',calculate,a,,,${b}
,calculate,b,,,${a}' '' 循環 &&
	form_is_refused ',text,a,L,${b}
,text,b,L,${a}' '' 循環 &&
	form_is_refused "$(lines 5000 ',calculate,c#,,,${c1#}+${d#}')" '' \
		ほかにもあります
}

# A form within its bounds, beginning with the questions a and b, whose expressions
# would never end: it is filled in at once, what was given up is told, and the
# answers are kept.
endless()
{
	small_form ",text,a,L,,,$2,,yes
,text,b,M
$1" &&
	printf '%s\n' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa '' b :l :p ':g z' :f :q > input &&
	attack_with input $today --plain --form f.csv r.csv && code_was 0 &&
	printed 途中でやめました && stands_in r.csv aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa &&
	attack check $today --form f.csv r.csv && code_was 1 &&
	printed 途中でやめました && rm r.csv
}

endless_expressions()
{
	slow="regex(\${a}, '(a+)+[bc]')"
	endless ',calculate,c0,,,${a}
'"$(awk 'BEGIN { for (i = 1; i < 40; i++)
		printf ",calculate,c%d,,,\"concat(${c%d}, ${c%d})\"\n", i, i - 1, i - 1 }')" &&
	endless ",calculate,c,,,\"concat($(repeat 9000 '${a},')'')\"
,calculate,d,,,\"concat($(repeat 9000 '${c},')'')\"" &&
	endless ",calculate,c,,,\"$slow\"" &&
	endless "$(lines 400 ",calculate,c#,,,\"$slow\"")" &&
	endless ",text,z,L,\"$(repeat 1000 "$slow or ")1\"" &&
	endless ",begin_group,g,G,\"$slow\"
,text,z,L
,end_group" &&
	endless '' "\"$slow\""
}

# What decides is decided by two others, and each of these by two more.
reasons_without_end()
{
	small_form ',text,a,L,,,,,yes
,text,b,L,,,,,yes
,calculate,x0,,,${a}
,calculate,y0,,,${b}
'"$(awk 'BEGIN { for (i = 1; i < 45; i++) for (k = 0; k < 2; k++)
		printf ",calculate,%s%d,,,${x%d} = ${y%d}\n",
			k ? "y" : "x", i, i - 1, i - 1 }')"'
,text,z,L,${x44} = ${y44}
,text,w,L,${x44} = 9' &&
	printf '%s\n' :l ':g z' ':g w' :p x y :l ':g z' ':g w' :p :q > input &&
	attack_with input $today --plain --form f.csv r.csv && code_was 0 &&
	attack 'export' $today --form f.csv r.csv && code_was 0
}

# Many choices to look through, by an expression each.
many_choices()
{
	small_form "$(lines 5 ',select_one l,q#,L,,,,k = '"'k'")" \
		"$(lines 10000 ',l,c#,L,k')" &&
	printf '%s\n' 1 2 x 9999 :l :p :q > input &&
	attack_with input $today --plain --form f.csv r.csv && code_was 0 &&
	stands_in r.csv c9999,,q3
}

# A layout that says the same again and again.
a_long_sheet()
{
	small_form ',begin_group,g,G
,text,a,L
,text,b,L
,end_group' &&
	{ echo kind,name,text
		lines 100 "group,g,$(repeat 10000 '{answer}')"; } > f.sheet.csv &&
	{ bytes 10000 a; printf '\n%s\n' b :q; } > input &&
	attack_with input $today --plain --form f.csv r.csv && code_was 0 &&
	attack 'export' $today --form f.csv r.csv && code_was 0 && printed 打ち切り &&
	[ "$(wc -c < "$outside/stdout")" -lt 30000000 ]
}

# What stands in the file once, and is shown with every row.
shown_again_and_again()
{
	long=$(bytes 1000000 x)
	small_form "$(lines 5000 ",select_one l,q#,,,,,,,L")" ",l,$long,$long" &&
	echo "2s/\$/,label::$long/" > script && sed -i -f script f.csv &&
	attack form show f.csv && code_was 0 && printed label:: &&
	[ "$(wc -c < "$outside/stdout")" -lt 20000000 ]
}

# Many entries, each of many questions.
a_long_layout()
{
	small_form ",begin_group,g,G
$(lines 19000 ',text,q#,L')
,end_group" &&
	{ echo kind,name,text; yes group,g,x | head -n 150000; } > f.sheet.csv &&
	attack form check f.csv && code_was 0 &&
	attack form print f.csv && code_was 0 && printed 打ち切り &&
	[ "$(wc -c < "$outside/stdout")" -lt 10000000 ]
}

# What can be typed can be saved, and what was saved can be read again: a line too
# long is refused, a text is as long as it may be.
the_longest_answer()
{
	line=$(bytes 131072 =)
	{ printf '2\n%s=\n%s\n:g 3\n1\n' "$line" "$line"
		yes "$(bytes 1023 x)" | head -n 200; printf '.\n:q\n'; } > input &&
	attack_with input $today --plain r.csv && code_was 0 &&
	printed この行は読めません この行は入りません &&
	attack check $today r.csv && code_was 1 &&
	as=csv attack 'export' -t csv $today r.csv && same r.csv "$outside/stdout"
}

# Drafts are looked for among files that are none.
drafts_among_others()
{
	for i in 1 2 3 4 5 6 7 8; do
		yes x,y | head -c 700000 > a$i.csv || return 1
	done
	mkfifo b.csv && mkdir c.csv && ln -s /dev/zero d.csv && ln -s e.csv e.csv &&
	truncate -s 1G f.csv && truncate -s 8M g.csv && truncate -s 8M h.csv &&
	record z.csv && change status 5 作成中 z.csv &&
	echo :q > input && attack_with input --plain && code_was 0
}

check_each a_record_with_hidden_characters hidden_characters_are_marked \
	hidden_characters_in_names a_draft_is_filled_in drafts_that_are_offered \
	a_form_with_hidden_characters faults_with_hidden_characters \
	names_of_files arguments called_by_a_hostile_name on_the_screen \
	shown_again_and_again a_gigabyte no_regular_files not_ours_to_read \
	not_ours_to_write endless_input a_file_that_changes tables_beyond_their_bounds \
	forms_beyond_their_bounds endless_expressions reasons_without_end \
	many_choices a_long_sheet a_long_layout the_longest_answer drafts_among_others

count()
{
	grep -c "$1" "$temporary/counts"
}
printf 'hostile files\t%s\t%s\t%s\n' "$(count attacked)" "$(count survived)" \
	"$(count lost)"
finish
