#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho form check, show and print: what whoever writes a form is told.

. "${srcdir:-.}/tests/cmd/lib.sh"

# The built-in form as f.csv, with what belongs to it.
form()
{
	for part in '' .articles .sheet; do
		cat "$srcdir/data/npa-2022$part.csv" > f$part.csv || return 1
	done
	chmod u+w f*.csv
}

second()
{
	cat "$srcdir/tests/form/second.csv" > "${1:-second.csv}"
}

# What stands in f.csv is changed, which is to be there.
edit() # WHAT BY
{
	cp f.csv before.csv && sed "s|$1|$2|" before.csv > f.csv
	if cmp -s before.csv f.csv; then
		echo "not there: $1"
		return 1
	fi
}

# --- check --------------------------------------------------------------------

fine='使えます: 情報セキュリティ対策履行状況確認書（npa-2022 20220404）、質問16、項目26'

same_id='組み込みの様式と内容が違いますが、form_id も version も同じです。どちらかを変えてください'

good_forms()
{
	form && second && cat > wanted <<-END
	f.csv: $fine、条文59行（f.articles.csv）、紙面の指定あり（f.sheet.csv）
	second.csv: 使えます: 機器点検票（device-check 3）、質問15、項目0、条文なし（second.articles.csv がありません）、紙面の指定なし（second.sheet.csv がありません）
	END
	run 0 form check f.csv second.csv && said_nothing &&
	same wanted "$outside/stdout"
}

a_form_on_standard_input()
{
	form && cp f.articles.csv ./-.articles.csv &&
	run_with f.csv 0 form check - && said_nothing &&
	printed "-: $fine、条文なし、紙面の指定なし"
}

# A fault is a result: on standard output, and nothing else.
faults()
{
	form && edit 'select_one yes_no,site_work' 'select_one yesno,site_work' &&
	edit ',confirmer_title,役職' ',i01,役職' && cat > wanted <<-'END'
	f.csv:62:2: 選択肢のリスト「yesno」が choices にありません
	f.csv:128: 名前「i01」が2つあります（もう1つは 13 行目）
	f.csv:128:73: 「${confirmer_title}」という質問はありません
	END
	run 1 form check f.csv && said_nothing &&
	same wanted "$outside/stdout"
}

# What can be used all the same.
warnings()
{
	form && edit ',relevant,' ',relevent,' &&
	run 0 form check f.csv && said_nothing &&
	printed 'f.csv:2:37: 警告: 「relevent」という列は使われません。「relevant」の' \
		"f.csv: $fine"
}

# multiline and field-list in other letters; what only ODK knows is no fault.
misspelt_appearances()
{
	form && sed '0,/,multiline,/s//,mutliline w1,/; 0,/,field-list,/s//,feild-list,/' f.csv > g.csv &&
	sed 's/,20220404,/,1,/' g.csv > f.csv && run 0 form check f.csv &&
	printed '警告: 「feild-list」という appearance は使われません。「field-list」の' \
		'警告: 「mutliline」という appearance は使われません。「multiline」の' &&
	[ "$(grep -c 警告 "$outside/stdout")" -eq 2 ]
}

# Records of both would be taken for one another's.
the_same_id_for_another_form()
{
	edit_and_check() { edit "$@" && run 0 form check f.csv; }
	form && run 0 form check f.csv && printed "f.csv: $fine" &&
	edit_and_check ',対象部門等名,' ',部門名,' && printed "f.csv: 警告: $same_id" &&
	edit_and_check ',20220404,' ',1,' && ! grep 警告 "$outside/stdout"
}

# What works, and is not what was meant: logic that is lost without a word.
what_was_not_meant()
{
	cat > f.csv <<-'END'
	survey,,,,,,,,,,,
	,type,name,label,number,relevant,na_reason,required,required_message,constraint,constraint_message,caution_message
	,select_one yes_no,a,甲,,,,,,,,
	,select_multiple site,b,乙,,,,,,,,
	,text,c,丙,1,${a} = 'はい',ないため,,,,,
	,text,d,丁,2,'Yes' != ${a} or ${a} = 'no' or ${a} = '' or ${c} = 'x',,no,書く,,,
	,text,e,戊,1,"selected(${b}, 'tokyo') and selected(${b}, 'kyoto') or ${b} = 'osaka tokyo'",,,,,,
	,select_one yes_no,f,己,,,ないため,,書く,. != 'maybe',短く,注意
	,begin_group,g,庚,,,,,,,,
	,text,h,辛,2,${a} = '${c}',,,,,短く,
	,end_group,,,,,,,,,,
	choices,,,
	,list_name,name,label
	,yes_no,yes,はい
	,yes_no,no,いいえ
	,site,tokyo,東京
	,site,osaka,大阪
	settings,,
	,form_title,form_id
	,試験,t
	END
	cat > wanted <<-'END'
	f.csv:5: 警告: 「c」の relevant: 「a」の選択肢は label の「はい」ではなく、name の「yes」で書いてください
	f.csv:6: 警告: 「d」の relevant: 「a」に「Yes」という選択肢はありません
	f.csv:7: 警告: 「e」の relevant: 「b」に「kyoto」という選択肢はありません
	f.csv:7: 警告: 番号「1」が2つあります（もう1つは 5 行目）
	f.csv:8: 警告: 「f」の caution_message は使われません。caution も書くか、この文を消してください
	f.csv:8: 警告: 「f」の constraint: 「f」に「maybe」という選択肢はありません
	f.csv:8: 警告: 「f」の na_reason は使われません。relevant も書くか、この文を消してください
	f.csv:8: 警告: 「f」の required_message は使われません。required も書くか、この文を消してください
	f.csv:10: 警告: 「h」の constraint_message は使われません。constraint も書くか、この文を消してください
	f.csv: 使えます: 試験（t）、質問7、項目0、条文なし（f.articles.csv がありません）、紙面の指定なし（f.sheet.csv がありません）
	END
	run 0 form check f.csv && said_nothing && same wanted "$outside/stdout" &&
	# whoever fills it in is not told
	run 0 --plain --form f.csv r.csv && said_nothing
}

what_lies_beside()
{
	form && edit ',13,5.2,※' ',13,5.20,※' &&
	sed -i '/^question,confirmer_title/d' f.sheet.csv &&
	run 0 form check f.csv && said_nothing && cat > wanted <<-END
	f.csv:63: 警告: 「i13」の条項「5.20」が条文にありません
	f.csv:128: 警告: 「confirmer_title」は紙面に載りません。載せるなら、紙面のファイル（.sheet.csv）に加えてください
	f.csv: 警告: $same_id
	f.csv: $fine、条文59行（f.articles.csv）、紙面の指定あり（f.sheet.csv）
	END
	same wanted "$outside/stdout" || return 1
	# of a group, its table, and a row of it
	sed -i '/^table,items/d' f.sheet.csv && run 0 form check f.csv &&
	printed 「i01」は紙面に 「i26」は紙面に &&
	[ "$(grep -c '紙面に載り' "$outside/stdout")" -eq 27 ] || return 1
	# and what is wrong there
	sed -i 's/^group,subject/group,subjekt/' f.sheet.csv &&
	printf 'x\n' > f.articles.csv && run 1 form check f.csv &&
	said_nothing && cat > wanted <<-END
	f.articles.csv:1:1: 条文の見出し行（clause,text）がありません
	f.sheet.csv:3: 「subjekt」というグループはこの様式にありません
	END
	same wanted "$outside/stdout"
}

# Of a wrong form the clauses are looked at too.
everything_at_once()
{
	form && edit ',confirmer_title,役職' ',i01,役職' &&
	printf 'x\n' > f.articles.csv && run 1 form check f.csv &&
	printed f.csv:128: f.articles.csv:1:1:
}

in_cp932()
{
	form && iconv -f UTF-8 -t CP932 f.csv > s.csv && run 0 form check s.csv &&
	said 's.csv: 文字コードを Shift_JIS (CP932) として読みました' &&
	printed "s.csv: $fine" &&
	run 2 form check --from utf-8 s.csv && printed_nothing && said s.csv
}

no_forms()
{
	printf '\177ELF\002\001\001\000\377\376\200\201\000' > binary.csv
	: > empty.csv
	mkdir d.csv
	for file in binary.csv /dev/null d.csv absent.csv; do
		run 2 form check "$file" && printed_nothing && said "$file" &&
		run 2 form show "$file" && printed_nothing && said "$file" &&
		run 2 form print "$file" && printed_nothing && said "$file" ||
			return 1
	done
	run 1 form check empty.csv && said_nothing &&
	printed 'empty.csv:1: survey シートがありません' &&
	run 2 form show empty.csv && printed_nothing && said empty.csv:1: &&
	run 2 form print empty.csv && printed_nothing && said empty.csv:1: &&
	run 1 form check - && printed '-:1: survey シートがありません' || return 1
	form && rm f.sheet.csv && mkdir f.sheet.csv &&
	run 2 form check f.csv && printed_nothing && said f.sheet.csv
}

of_several_forms_the_highest_code_counts()
{
	form && second && : > empty.csv &&
	run 1 form check empty.csv second.csv && printed 'second.csv: 使えます' &&
	run 2 form check absent.csv empty.csv f.csv && said absent.csv &&
	printed empty.csv:1: "f.csv: $fine"
}

# What is hidden in a form is shown as what it is, and told.
hidden_characters()
{
	esc=$(printf '\033]0;x\007\342\200\256')
	form && edit 事業者名 "$esc" && run 0 form check f.csv && said_nothing &&
	printed 'f.csv:5:14: 警告: ' U+001B &&
	run 0 form show f.csv && printed 'label: 〓]0;x〓〓' &&
	run 0 form print f.csv && printed '(1) ' || return 1
	for command in check show print; do
		run 0 form $command f.csv
		if grep -q "$(printf '\033')" "$outside/stdout" "$outside/stderr"
		then
			echo "form $command sends an escape"
			return 1
		fi
	done
}

# --- show ---------------------------------------------------------------------

all_of_the_second_form()
{
	second && run 0 form show second.csv && said_nothing &&
	same "$srcdir/tests/form/second/shown" "$outside/stdout"
}

an_item()
{
	run 0 form show && said_nothing &&
	sed -n '/^    begin_group i13$/,/^$/p' "$outside/stdout" > found &&
	cat > wanted <<-'END' && same wanted found
	    begin_group i13
	      item: i13_answer, i13_detail
	      label: (甲の指定する場所において個別業務を行う場合) 持ち込む物品、業務情報
	          及び業務資料を適正に管理している。
	      relevant: ${site_work} = 'yes'
	      appearance: field-list
	      number: 13
	      clause: 5.2
	      mark: ※
	      na_reason: 甲の指定する場所における個別業務がないため

	END
}

# What is for lists of records: of questions, and of choices.
what_lists_take()
{
	run 0 form show && printf '%s\n' 'list: who' 'list: start' 'list: what' \
		'list: when' 'list: unmet' 'list: unmet' > wanted &&
	grep -o '  list: .*' "$outside/stdout" | sed 's/^ *//' > found &&
	same wanted found && printed '  due: date(. + if(format-date(' &&
	form && edit '366, 365))' "if(\${site_work} = 'ja', 366, 365), 365))" &&
	run 0 form check f.csv &&
	printed '「checked_on」の due: 「site_work」に「ja」という選択肢はありません'
}

# Each question, once, in the file's order; each line on a terminal.
every_row()
{
	run 0 form show && cp "$outside/stdout" shown &&
	sed -n 's/^,\([a-z_ ]*,[a-z0-9_]*\),.*/\1/p' "$srcdir/data/npa-2022.csv" |
		sed -e '/^type,name$/d' -e '/^end_group/d' -e '/^list_name/,$d' \
			-e 's/,/ /' > wanted &&
	sed -n '/^survey/,/^choices/s/^ *\([a-z][a-z_ ]*[a-z0-9_]*\)$/\1/p' shown |
		grep -v '^survey$\|^choices$' > found &&
	[ "$(wc -l < wanted)" -gt 80 ] && same wanted found &&
	[ "$(wc -L < shown)" -le 80 ]
}

# The form on disk is the built-in one, and a change is one line.
it_can_be_compared()
{
	form && run 0 form show && cp "$outside/stdout" before &&
	run 0 form show f.csv && same before "$outside/stdout" &&
	edit "site_work} = 'yes',,,,,,,field-list,14" \
		"site_work} = 'no',,,,,,,field-list,14" &&
	run 0 form show f.csv && diff before "$outside/stdout" > differs
	cat > wanted <<-'END'
	<       relevant: ${site_work} = 'yes'
	>       relevant: ${site_work} = 'no'
	END
	grep '^[<>]' differs > found && same wanted found || return 1
	# nor does a row above change what stands below
	second with.csv && second without.csv &&
	sed -i 's/,note,intro,/,note,,/' with.csv without.csv &&
	sed -i '/,start,began/d' without.csv &&
	run 0 form show with.csv && cp "$outside/stdout" before &&
	run 0 form show without.csv && diff before "$outside/stdout" > differs
	printf '<   start began\n< \n' > wanted
	grep '^[<>]' differs > found && same wanted found
}

# As it was understood: what is passed over is not there, nor what was turned off.
what_is_understood()
{
	cat > f.csv <<-'END'
	survey,,,,,,,,
	,type,name,label,mine,required,default,appearance,disabled
	,note,,読むだけ,x,,,minimal,
	,text,a,問,x,no,today (),minimal multiline,
	,text,b,別の問,,true,string(today()),,
	,text,c,消した問,,,,,yes
	settings,,
	,form_title,form_id
	,試験,t
	END
	cat > wanted <<-'END'
	settings
	  form_title: 試験
	  form_id: t

	survey

	  note
	    label: 読むだけ

	  text a
	    label: 問
	    required: no
	    default (text): today ()
	    appearance: multiline

	  text b
	    label: 別の問
	    required: yes
	    default: string(today())
	END
	run 0 form show f.csv && same wanted "$outside/stdout"
}

# In short where it is offered, and in full once.
a_long_list()
{
	{
		printf 'survey\n,type,name,label\n,select_one l,q,Q\n'
		printf 'choices\n,list_name,name,label\n'
		awk 'BEGIN { for (i = 1; i < 200; i++) print ",l,c" i ",C" i }'
		printf 'settings\n,form_id\n,t\n'
	} > f.csv && run 0 form show f.csv && printed 'choices: c1 C1, c2 C2,' ', …' &&
	[ "$(grep -c 'c199$' "$outside/stdout")" -eq 1 ] &&
	[ "$(grep -c c199 "$outside/stdout")" -eq 1 ] &&
	[ "$(grep -c '^    name: c' "$outside/stdout")" -eq 199 ]
}

# A form that is wrong is not shown; what is wrong is said as it is elsewhere.
a_wrong_form_is_not_shown()
{
	form && edit ',confirmer_title,役職' ',i01,役職' &&
	for command in show print; do
		run 2 form $command f.csv && printed_nothing &&
		said 'kakuninsho: f.csv:128: 名前「i01」が2つ' || return 1
	done
}

# --- print --------------------------------------------------------------------

# Sentence by sentence, without any white space, as the two break their lines
# elsewhere. Item 14, which the notice splits, is joined; it has no lines for the
# values of 確認者, which begin with a space.
paper_of_the_notice()
{
	sed -n '/^## 情報セキュリティ対策履行状況確認書/,$p' \
		"$srcdir/tests/form/npa-notice-2022.txt" |
		sed -e 's/^## //' -e 's/^- //' | awk -F '\t' '
			$1 == "14" { head = $1 $2; marks = $3 $4; next }
			head && NF { $0 = head $2 marks; head = "" }
			{ print }' | sentences
}

paper_that_is_printed() # FILE
{
	sed '/^　/d' "$1" | awk '
		/^[+]/ {
			for (i = 2; i <= 5; i++)
				printf "%s", cell[i]
			split("", cell)
			next
		}
		/^[|]/ {
			if (split($0, part, "|") != 6)
				print "a row of other cells"
			for (i = 2; i <= 5; i++)
				cell[i] = cell[i] part[i]
			next
		}
		{ printf "%s", $0 }' | sentences
}

sentences()
{
	tr -d ' \t\r\n' | sed 's/[。：]/&\n/g'
}

the_paper_of_the_notice()
{
	paper_of_the_notice > wanted && run 0 form print && said_nothing &&
	cp "$outside/stdout" sheet.txt && paper_that_is_printed sheet.txt > found &&
	[ "$(wc -c < wanted)" -gt 3000 ] && same wanted found || return 1
	for word in 該当なし 未記入 未定 作成中 （初回）; do
		if grep "$word" sheet.txt; then
			echo "on the blank form"
			return 1
		fi
	done
	[ "$(grep -c '| ※ *| ※ *|' sheet.txt)" -eq 12 ]
}

# The blank form of a form is the same from its file, and has no answers.
the_paper_of_other_forms()
{
	form && run 0 form print && cp "$outside/stdout" built-in &&
	run 0 form print f.csv && same built-in "$outside/stdout" &&
	second && cat "$srcdir/tests/form/second/paper.sheet.csv" > second.sheet.csv &&
	run 0 form print second.csv && same "$srcdir/tests/form/second/blank.txt" \
		"$outside/stdout"
}

written_to_a_file()
{
	run 0 form print && cp "$outside/stdout" wanted &&
	run 0 form print -o blank.txt && printed_nothing && said blank.txt &&
	same wanted blank.txt && run 2 form print -o blank.txt &&
	said 「blank.txt」はすでにあります && echo x > blank.txt &&
	run 0 form print --force -o blank.txt && same wanted blank.txt &&
	form && cp f.csv before.csv && run 2 form print --force -o f.csv f.csv &&
	said 「f.csv」は書き出すもとのファイルです && same before.csv f.csv
}

in_an_encoding()
{
	run 0 form print -e cp932 && cp "$outside/stdout" sheet.txt &&
	[ "$(grep -c "$(printf '\r')$" sheet.txt)" -eq "$(wc -l < sheet.txt)" ] &&
	iconv -f CP932 -t UTF-8 sheet.txt | tr -d '\r' > back &&
	paper_that_is_printed back > found && paper_of_the_notice > wanted &&
	same wanted found &&
	run 0 form print --eol crlf && grep -q "$(printf '\r')$" "$outside/stdout" &&
	run 2 form print -e latin1 && said latin1 &&
	run 2 form print --eol cr && said --eol || return 1
	form && edit 確認対象者は下請負者等 確認対象者は𠮷等 &&
	edit 契約開始年月日 契約開始𠮷年月日 &&
	run 2 form print -e cp932 -o out.txt f.csv && said U+20BB7 &&
	[ ! -e out.txt ]
}

# --- the command line ---------------------------------------------------------

usage()
{
	for words in form 'form chekc' 'form f.csv' 'form --from utf-8'; do
		run 2 $words && printed_nothing &&
		said '「form」の次には check|show|print' && touch form || return 1
	done
	run 2 form check && printed_nothing && said 'form check' &&
	run 2 form show a.csv b.csv && said 'form show' &&
	run 2 form print a.csv b.csv && said 'form print' &&
	run 2 fomr check a.csv && said 「form」のことですか &&
	run 2 form check --form a.csv && said --form &&
	run 2 form show -o x && said --output
}

help()
{
	run 0 form --help && said_nothing &&
	printed 'form check [OPTION...] FORM...' 'form show [OPTION...] [FORM]' \
		'form print [OPTION...] [FORM]' 'kakuninsho check --help' &&
	run 0 form print --help &&
	printed '書き出す文字コード（指定がなければ utf-8）' --eol &&
	run 0 form check --help && printed '--from と同じ' &&
	printed 'kakuninsho form check [OPTION...] FORM...' --from || return 1
	if grep -e --output -e 'form show' "$outside/stdout"; then
		echo 'that is no matter of form check'
		return 1
	fi
	run 0 --help && printed 'kakuninsho form print [OPTION...] [FORM]'
}

nowhere_to_print()
{
	second
	for command in 'check second.csv' show print; do
		"$program" form $command > /dev/full 2> said
		[ $? -eq 2 ] && stands_in said 標準出力に書けません || return 1
	done
}

check_each good_forms a_form_on_standard_input faults warnings \
	misspelt_appearances the_same_id_for_another_form \
	what_was_not_meant what_lies_beside everything_at_once in_cp932 no_forms \
	of_several_forms_the_highest_code_counts hidden_characters \
	all_of_the_second_form an_item what_lists_take every_row it_can_be_compared \
	what_is_understood a_long_list a_wrong_form_is_not_shown \
	the_paper_of_the_notice the_paper_of_other_forms written_to_a_file \
	in_an_encoding usage help nowhere_to_print
finish
