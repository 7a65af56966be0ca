#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The sandbox, from inside: tests/sandbox/intruder.c is preloaded into the true
# program and tries what somebody who has taken it over would try. And that a
# normal run misses nothing of what is refused.

. "${srcdir:-.}/tests/cmd/lib.sh"

export srcdir builddir
exec 3>&1 # past what a failed check shows
# LD_PRELOAD is a list that spaces part.
intruder=$temporary/intruder.so
ln -s "$builddir/tests/sandbox/intruder.so" "$intruder"
has=$("$program" --version)
case $has in
*without-sandbox*) echo "skipped: built --without-sandbox"; exit 77 ;;
*'seccomp '*) echo "skipped: no seccomp here: $has"; exit 77 ;;
esac
today='--today 2026-04-20'

files() # TO COME: what becomes of attempts on files, in their order
{
	echo 'read_file: ok'
	printf '%s\n' write_file truncate_by_reading | sed "s/\$/: $1/"
	echo "truncate_by_name: $2"
	printf '%s\n' name_file remove_file | sed "s/\$/: $1/"
	echo "make_directory: $2"
}

the_rest() # THREAD
{
	printf '%s: ENOSYS\n' inet_socket unix_socket netlink_socket socket_pair
	printf '%s: SIGSYS\n' by_execve by_execveat by_fork trace read_memory
	printf '%s: ENOSYS\n' signal_parent signal_group
	printf '%s: ok\n' signal_self look_at_parent
	printf '%s: ENOSYS\n' type_into_terminal fetch_signals write_and_run \
		run_what_was_written become_root unshare_users set_up_ring \
		load_bpf keep_key mount_over anonymous_file dump
	echo "start_thread: $1"
	echo 'other_calls: ENOSYS'
}

# What is found is report; it is to be what READS or SAVES may do.
found()
{
	case $1 in
	reads) files ENOSYS ENOSYS && the_rest ENOSYS ;;
	saves) files ok ENOSYS && the_rest ok ;;
	esac > wanted
	same wanted report
}

# The program with an intruder, CODE and ARGUMENTS as for run; the files are
# there that it would write.
run_intruded()
{
	touch intruder.txt intruder.2
	LD_PRELOAD=$intruder run "$@" 9> report
}

reading_commands()
{
	record r.csv && cp r.csv before.csv &&
	run_intruded 0 check $today r.csv && found reads &&
	run_intruded 0 export r.csv && found reads &&
	same "$srcdir/tests/plain/a-first-confirmation/sheet.txt" \
		"$outside/stdout" &&
	run_intruded 0 export -o - r.csv && found reads &&
	run_intruded 0 review --plain $today r.csv && found reads &&
	run_intruded 0 list $today . && found reads && printed ./r.csv &&
	run_intruded 0 form check "$srcdir/data/npa-2022.csv" && found reads &&
	run_intruded 0 form print && found reads &&
	same before.csv r.csv
}

saving_commands()
{
	record r.csv &&
	run_intruded 0 export -o out.txt r.csv && found saves &&
	same "$srcdir/tests/plain/a-first-confirmation/sheet.txt" out.txt &&
	run_intruded 0 form print -o blank.txt && found saves &&
	grep -q '^(1) 事業者名：$' blank.txt &&
	printf '2\n株式会社甲乙\n' > answers && touch intruder.txt &&
	LD_PRELOAD=$intruder run_with answers 0 --plain $today new.csv \
		9> report && found saves && grep -q ',株式会社甲乙,,vendor' new.csv
}

on_the_screen() # COMMAND... of kakuninsho, up to its file
{
	touch intruder.txt intruder.2
	cat > script <<-END
	copy r.csv tests/plain/a-first-confirmation/record.csv
	sh touch intruder.txt intruder.2
	exec sh -c "LD_PRELOAD=$intruder exec '$program' $* $today r.csv 9> $PWD/report"
	shows "株式会社甲乙"
	keys F10
	exit 0
	restored
	same r.csv tests/plain/a-first-confirmation/record.csv
	END
	"$builddir/tests/tui/run_tui" script
}

screens()
{
	on_the_screen review && found reads && on_the_screen && found saves
}

# Even where it would be in its own child, nothing is started.
nothing_is_started()
{
	record r.csv
	export KAKUNINSHO_STARTS='touch started'
	for command in "check $today" "export -o out.txt"; do
		run_intruded 159 $command r.csv > code
		grep -q 'exit code' code && { cat code; return 1; }
		[ ! -e started ] && [ ! -s report ] || return 1
	done
	unset KAKUNINSHO_STARTS
}

# Landlock refuses by itself what the filter refuses too; but before its ABI 3
# (Linux 6.2) it knew nothing of truncating.
landlock_alone()
{
	record r.csv && export KAKUNINSHO_LACKS=seccomp &&
	run_intruded 0 check $today r.csv || return 1
	if ! grep -q 'ask_for_landlock: ok' report; then
		echo "left out, as this kernel has no Landlock: landlock_alone" >&3
		return
	fi
	files EACCES EACCES > wanted && echo 'ask_for_landlock: ok' >> wanted || return 1
	case $has in
	*'Landlock ABI '[12]) sed -i '/^truncate/s/: .*/: ok/' wanted ;;
	esac
	same wanted report &&
	LD_PRELOAD=$intruder run 0 --version && printed 'seccomp は' 'Landlock ABI'
}

seccomp_alone()
{
	record r.csv && export KAKUNINSHO_LACKS=landlock &&
	run_intruded 0 check $today r.csv && found reads &&
	LD_PRELOAD=$intruder run 0 --version &&
	printed ' seccomp, Landlock は'
}

in_cp932()
{
	tail -c +4 r.csv | iconv -f UTF-8 -t CP932 > sjis.csv # without the BOM
}

# What is opened late: a conversion, a catalogue, the time zone.
what_is_loaded_late()
{
	record r.csv && in_cp932 && run 0 check $today r.csv && cp "$outside/stdout" wanted &&
	run 0 check $today sjis.csv && same wanted "$outside/stdout" &&
	for locale in C C.UTF-8 ja_JP.UTF-8 ja_JP.eucJP xx_YY; do
		LC_ALL=$locale LANGUAGE=en TZ=Asia/Tokyo \
			run 0 export -t csv sjis.csv &&
		same r.csv "$outside/stdout" || return 1
	done
}

# ncurses looks for the console's mouse through a socket.
terminals()
{
	for TERM in linux vt100 screen xterm; do
		cat > script <<-END
		env TERM=$TERM
		run $today new.csv
		keys 2 Tab "株式会社" F2
		shows "保存しました"
		keys F10
		exit 0
		contains new.csv ",株式会社,,vendor"
		END
		"$builddir/tests/tui/run_tui" script || return 1
	done
}

# No call of a normal run is one that is refused. It is traced, since a refusal
# that a library knows to live with would not show.
# On the screen each key waits for what it shows: a traced program looks at rest
# when it is not.
traced_screen() # ARGUMENTS, of kakuninsho; then from stdin what is done
{
	cat > script <<-END
	copy r.csv tests/plain/a-first-confirmation/record.csv
	exec strace -D -f -qq -o $PWD/trace "$program" $* $today
	$(cat)
	END
	TUI_PATIENCE=30 "$builddir/tests/tui/run_tui" script && refused trace
}

# clone3 is refused on purpose: for a thread clone is asked next, and its flags
# can be seen.
refused()
{
	[ -s "$1" ] && ! grep -v clone3 "$1" |
		grep -E 'ENOSYS|EACCES|--- SIGSYS'
}

nothing_needed_is_refused()
{
	if ! command -v strace > /dev/null; then
		echo "left out, as there is no strace: nothing_needed_is_refused" >&3
		return
	fi
	record r.csv && in_cp932 &&
	for command in "check $today r.csv" 'export sjis.csv' \
		'export -o o.txt r.csv' "review --plain $today r.csv" \
		"--plain $today r.csv"; do
		strace -f -qq -o trace "$program" $command < /dev/null \
			> /dev/null 2>&1 && refused trace || return 1
	done
	traced_screen new.csv <<-END && traced_screen review r.csv <<-END2
	shows "事業者名"
	keys 2
	shows "(*) 2 いいえ"
	keys Tab
	cursor 6 34
	keys "株式会社"
	shows "株式会社"
	keys F2
	shows "保存しました"
	keys PgDn
	shows "番号1 "
	keys 1
	shows "(*) 1 実施"
	keys F10
	exit 0
	END
	shows "株式会社甲乙"
	keys F4
	shows "紙面  "
	keys q
	shows "1 確認対象者   "
	keys F10
	exit 0
	END2
}

check_each reading_commands saving_commands screens nothing_is_started \
	landlock_alone seccomp_alone what_is_loaded_late terminals \
	nothing_needed_is_refused
finish
