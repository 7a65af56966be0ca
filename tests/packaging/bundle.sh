#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bundle.sh TARBALL - the bundle runs where there is nothing but it: unpacked in an
# empty root (in-empty-root), where it is read-only and its path has a space and
# Japanese. What it does there is what the program of this tree does here.

tarball=$(realpath "$1") || exit 99
. "${srcdir:-.}/tests/cmd/lib.sh"

mkdir "$temporary/unpacked"
tar -xzf "$tarball" -C "$temporary/unpacked" || exit 99
bundle=$(echo "$temporary"/unpacked/*)
stick='media/USB メモリー' # in-empty-root's
here=$program
alone=$temporary/alone
cat > "$alone" <<END
#!/bin/sh
BUNDLE=\${BUNDLE-'$bundle'}
export BUNDLE
exec '$srcdir/tests/packaging/in-empty-root' "\$@"
END
chmod +x "$alone"
(cd "$outside" && "$alone" --version > says 2>&1 && grep -q '^kakuninsho ' says) || {
	cat "$outside/says"
	echo "FAILED: it does not start in an empty root; may namespaces be made here?"
	exit 1
}
program=$alone

# --- what it is -------------------------------------------------------------

sums()
{
	(cd "$(dirname "$tarball")" &&
		sha256sum -c --quiet "${tarball##*/}.sha256") &&
	cd "$bundle" && sha256sum -c --quiet SHA256SUMS || return 1
	find . -type f ! -name SHA256SUMS | sed 's|^\./||' | sort > "$outside/wanted"
	cut -c 67- SHA256SUMS | sort > "$outside/found"
	same "$outside/wanted" "$outside/found"
}

# What FAT cannot keep: links, names that differ in case, odd characters, names that
# end in a point or are devices of DOS.
fits_a_memory_stick()
{
	find "$bundle" ! -type f ! -type d > found
	find "$bundle" -type f -links +1 >> found
	find "$bundle/" | sed "s|^$bundle/||" | grep '[^A-Za-z0-9._/-]' >> found
	find "$bundle" | grep -iE '\.$|/(con|aux|nul|prn|com[0-9]|lpt[0-9])(\.[^/]*)?$' >> found
	find "$bundle" | tr '[:upper:]' '[:lower:]' | sort | uniq -d >> found
	same /dev/null found
}

anyone_may_read_it()
{
	tar -tvzf "$tarball" | grep -v '^[d-]r[w-][x-]r-[x-]r-[x-] 0/0 ' > found
	same /dev/null found
}

# By what they say themselves, its parts run on Linux 3; and what they do, they do
# without what Linux has learned in ten years.
old_kernels()
{
	for part in lib/kakuninsho lib/libc.so.6; do
		readelf -n "$bundle/$part" | grep -q 'Linux, ABI: 3\.' ||
			{ echo "$part asks for a newer kernel"; return 1; }
	done
	record r.csv && "$here" export -e cp932 r.csv > wanted || return 1
	cat > old <<-END
		#!/bin/sh
		exec "$(realpath "$builddir")/tests/packaging/old_kernel" '$bundle/kakuninsho' "\$@"
	END
	cp "$srcdir/tests/tui/walk-a-first-confirmation.tui" walk.tui
	chmod +x old && program=./old && run 0 --version &&
	run 0 export -e cp932 r.csv && said_nothing && same wanted "$outside/stdout" &&
	KAKUNINSHO=$PWD/old "$builddir/tests/tui/run_tui" walk.tui
}

# Every part that is not ours stands in the lists, with its package and license.
inventory()
{
	for part in ld.exe libc.so.6 gconv/CP932.so terminals; do
		grep -q "^    lib/$part\$" "$bundle/LICENSES.txt" ||
			{ echo "not in LICENSES.txt: $part"; return 1; }
	done
	for text in LGPL-2.1 glibc musl ncurses pcre2 libunistring kakuninsho; do
		[ -s "$bundle/licenses/$text" ] || { echo "no $text"; return 1; }
	done
	command -v python3 > /dev/null || return 0
	python3 - "$bundle" <<-'END'
	import hashlib, json, os, sys
	top = sys.argv[1]
	spdx = json.load(open(top + '/kakuninsho.spdx.json'))
	assert spdx['spdxVersion'] == 'SPDX-2.3'
	ids = [x['SPDXID'] for x in [spdx] + spdx['packages'] + spdx['files']]
	assert len(ids) == len(set(ids))
	for r in spdx['relationships']:
	    assert r['spdxElementId'] in ids and r['relatedSpdxElement'] in ids, r
	there = {os.path.relpath(os.path.join(d, f), top)
	         for d, _, fs in os.walk(top) for f in fs}
	listed = {f['fileName'][2:] for f in spdx['files']}
	assert there - listed == {'kakuninsho.spdx.json', 'SHA256SUMS'}, there - listed
	sha1 = []
	for f in spdx['files']:
	    data = open(top + '/' + f['fileName'], 'rb').read()
	    for c in f['checksums']:
	        sum = hashlib.new(c['algorithm'].lower(), data).hexdigest()
	        assert sum == c['checksumValue'], f
	        if c['algorithm'] == 'SHA1':
	            sha1.append(sum)
	code = hashlib.sha1(''.join(sorted(sha1)).encode()).hexdigest()
	bundle = spdx['packages'][0]
	assert bundle['packageVerificationCode']['packageVerificationCodeValue'] == code
	assert all(p['licenseConcluded'] != 'NOASSERTION' for p in spdx['packages'][1:])
	END
}

# The manuals, in both languages, as they are meant to be read.
texts()
{
	grep -q "（Linux $(uname -m) 用）" "$bundle/README.txt" || return 1
	for page in "$srcdir"/man/*.[15] "$srcdir"/man/ja/*.[15]; do
		text=$bundle/doc/${page#"$srcdir"/man/}.txt
		grep -q '確認書' "$text" && ! grep -q '[[:cntrl:]]' "$text" ||
			{ echo "not readable: $text"; return 1; }
		# but for a record's rows, which stand as they are
		[ "$(grep -v ',[^ ]*,[^ ]*,' "$text" | wc -L)" -le 80 ] ||
			{ echo "too wide: $text"; return 1; }
	done
	cmp "$srcdir/data/npa-2022.csv" "$bundle/forms/npa-2022.csv"
}

# --- what it does -----------------------------------------------------------

# Whole 確認書 are filled in on the screen. Before a key is pressed the program is
# waited for, which is started by way of others.
walks()
{
	for walk in "$srcdir"/tests/tui/walk-*.tui; do
		sed 's/^run .*/&\nshows "F10 終了"/' "$walk" > "${walk##*/}"
	done
	KAKUNINSHO=$alone "$builddir/tests/tui/run_tui" walk-*.tui
}

# Those that the list has, those whose name only begins with one of it, and those
# that are newer than it.
terminals()
{
	for terminal in xterm xterm-direct linux vt100 vt220 screen-256color \
		screen.xterm-256color tmux-256color rxvt-unicode-256color putty \
		konsole-256color alacritty kitty st-256color mlterm ms-terminal \
		xterm-ghostty vt220-of-mine foot never-heard-of; do
		cat > script <<-END
		env TERM=$terminal LC_ALL LANG=xx_YY.UTF-8
		run --today 2026-11-24 new.csv
		shows "F10 終了"
		keys 2 Tab "株式会社甲乙" Esc
		keys 2
		shows "保存しました"
		keys Esc
		keys 0
		exit 0
		contains new.csv ",株式会社甲乙,,vendor"
		END
		KAKUNINSHO=$alone "$builddir/tests/tui/run_tui" script > says ||
			{ echo "$terminal:"; cat says; return 1; }
	done
}

# Such a one is known, and not taken for another.
dumb_terminal()
{
	cat > script <<-END
	env TERM=dumb
	run --today 2026-11-24 new.csv
	shows "端末の種類「dumb」では画面を開けないので、1行ずつ進めます"
	shows "1 はい、2 いいえ"
	keys ":q" Enter
	exit 0
	END
	KAKUNINSHO=$alone "$builddir/tests/tui/run_tui" script
}

# As its help lists them: "-e, --encoding utf-8|..."
encodings()
{
	"$here" export --help | sed -n 's/.*--encoding \([a-z0-9|-]*\)$/\1/p' | tr '|' '\n'
}

exports()
{
	record r.csv && [ "$(encodings | grep -cx -e cp932 -e euc-jp -e iso-2022-jp)" = 3 ] ||
		return 1
	for type in text csv; do
		"$here" export -t $type r.csv > wanted && run 0 export -t $type r.csv &&
		said_nothing && same wanted "$outside/stdout" || return 1
		for encoding in $(encodings); do
			"$here" export -t $type -e "$encoding" r.csv > wanted &&
			run 0 export -t $type -e "$encoding" r.csv &&
			said_nothing && same wanted "$outside/stdout" || return 1
		done
	done
}

reads_what_it_exports()
{
	record r.csv && "$here" export -t csv r.csv > wanted &&
	tail -c +4 r.csv | iconv -f UTF-8 -t CP932 > sjis.csv &&
	run 0 export -t csv sjis.csv && same wanted "$outside/stdout" || return 1
	for encoding in $(encodings); do
		run 0 export -t csv -e "$encoding" -o "$encoding.csv" r.csv &&
		run 0 export -t csv "$encoding.csv" && same wanted "$outside/stdout" ||
			return 1
	done
}

languages()
{
	record r.csv
	for locale in en_US.UTF-8 en_GB en; do
		LC_ALL=$locale run 0 --help && printed 'Usage:' || return 1
	done
	LC_ALL='' LANG=C LANGUAGE=en run 0 --help && printed 'Usage:' || return 1
	for locale in C POSIX ja_JP.UTF-8 ja_JP.eucJP de_DE.UTF-8 tlh; do
		LC_ALL=$locale run 0 --help && printed '使い方:' &&
		LC_ALL=$locale run 0 check r.csv && said_nothing || return 1
	done
	(unset LC_ALL LANGUAGE && run 0 --help && printed '使い方:')
}

# --- how it is started ------------------------------------------------------

ways_to_start()
{
	record r.csv && ln -s "$stick/kakuninsho" link &&
	START="$stick/kakuninsho" run 0 check r.csv &&
	START=./link run 0 check r.csv &&
	PATH="$PATH:/$stick" START=kakuninsho run 0 check r.csv &&
	MOUNTS= START=./link run 0 check r.csv && said_nothing
}

as_anyone()
{
	record r.csv && chmod 755 "$temporary" "$temporary/unpacked" . || return 1
	if [ "$(id -u)" != 0 ]; then
		return # who runs this is nobody special
	fi
	USERSPEC=65534:65534 run 0 check r.csv && said_nothing &&
	USERSPEC=65534:65534 run 2 export -o out.txt r.csv &&
	said out.txt
}

# As desktops show a FAT memory stick (showexec, mount(8)): only what is called .exe
# may be executed.
on_a_fat_stick()
{
	cp -R "$bundle" fat && find fat -type f -exec chmod 644 {} + &&
	find fat -name '*.exe' -exec chmod 755 {} + || return 1
	BUNDLE=$PWD/fat START="$stick/kakuninsho"
	export BUNDLE START
	run 126 --version && said 'Permission denied' || return 1
	START=/$stick/kakuninsho.exe
	record r.csv && "$here" export -e cp932 r.csv > wanted &&
	run 0 export -e cp932 r.csv && said_nothing && same wanted "$outside/stdout" &&
	sed 's/^run .*/&\nshows "F10 終了"/' \
		"$srcdir/tests/tui/walk-a-first-confirmation.tui" > walk.tui &&
	KAKUNINSHO=$alone "$builddir/tests/tui/run_tui" walk.tui
}

# A copy that lost all leave to be executed; README.txt says how that is mended.
copied_without_leave()
{
	record r.csv && cp -R "$bundle" copy && find copy -type f -exec chmod 644 {} + &&
	commands=$(sed -n 's/^ *chmod/chmod/p' copy/README.txt) &&
	[ "$commands" ] && (cd copy && eval "$commands") &&
	program=copy/kakuninsho && run 0 export -e cp932 r.csv && said_nothing
}

# Variables that were meant for the machine's libraries.
hostile_environment()
{
	record r.csv && program=$bundle/kakuninsho
	export LD_PRELOAD=/nonexistent.so LD_LIBRARY_PATH=/nonexistent LD_BIND_NOW=1 \
		LD_AUDIT=/nonexistent.so GLIBC_TUNABLES=nonsense GCONV_PATH=/ LOCPATH=/
	run 0 check r.csv 2> /dev/null
	unset LD_PRELOAD LD_AUDIT LD_LIBRARY_PATH
	said_nothing
}

# Nothing of the machine's is used but who the user is, and what time it is. glibc
# looks for lists of locales and of conversions too; ours come before those.
nothing_of_the_machine()
{
	if ! command -v strace > /dev/null; then
		echo "left out, as there is no strace: nothing_of_the_machine" >&3
		return
	fi
	record r.csv && tail -c +4 r.csv | iconv -f UTF-8 -t CP932 > sjis.csv
	LC_ALL=ja_JP.UTF-8 LANGUAGE=en strace -f -qq -o trace -e trace=open,openat,execve \
		"$bundle/kakuninsho" export -o out.csv sjis.csv < /dev/null || return 1
	grep -v -e ENOENT -e "\"$bundle/" trace |
		grep -oE '"[^"]+"' | grep -v -e '"/etc/passwd"' \
		-e '"/etc/nsswitch.conf"' -e '"/etc/localtime"' -e '/zoneinfo/' \
		-e '/locale.alias"' -e '/gconv-modules[^/]*"' -e '\.conf"' \
		-e '^"/proc/self/' -e '^"/dev/' -e '^"[^/]' > found
	same /dev/null found
}

# Where it cannot work it says so.
bad_places()
{
	record r.csv && mkdir a:b && cp -R "$bundle" a:b/ &&
	program=$(echo a:b/*/kakuninsho) && run 2 check r.csv &&
	said 'a:b' 'から起動できません' '名前に : ; $ のあるフォルダー' &&
	mkdir partly && cp "$bundle/kakuninsho" partly/ && program=partly/kakuninsho &&
	run 2 check r.csv && said 'partly/lib/ld.exe」から起動できません' 'No such file'
}

exec 3>&1
check_each sums fits_a_memory_stick anyone_may_read_it old_kernels inventory \
	texts walks terminals dumb_terminal exports reads_what_it_exports languages \
	ways_to_start as_anyone on_a_fat_stick copied_without_leave hostile_environment \
	nothing_of_the_machine bad_places
finish
