#!/bin/sh
# SPDX-License-Identifier: MIT
#
# deb.sh PACKAGE - lintian finds no error in it; and in a Debian that has nothing but
# what every Debian has, apt installs it, it does what the program of this tree does,
# and goes without a trace. Needs root, and the package mirror that apt has here.

deb=$(realpath "$1") || exit 99
. "${srcdir:-.}/tests/cmd/lib.sh"

for tool in lintian mmdebstrap; do
	command -v $tool > /dev/null ||
		{ echo "FAILED: $tool is missing: apt-get install $tool"; exit 1; }
done
here=$program
debian=$temporary/debian
inside=$temporary/inside

# For a moment the current directory is seen in it too; with it goes the mount.
cat > "$inside" <<END
#!/bin/sh
[ -n "\$ENTERED" ] || ENTERED=yes exec unshare -m "\$0" "\$@"
mount --bind . '$debian/mnt' &&
	exec chroot '$debian' sh -c 'cd /mnt && exec "\$@"' sh "\${START-kakuninsho}" "\$@"
END
chmod +x "$inside"
program=$inside

lintian_accepts()
{
	lintian --allow-root --fail-on error,warning "$deb"
}

names_its_maintainer()
{
	maintainer=${MAINTAINER:-$(sed -n 's/^Maintainer: //p' "$srcdir/packaging/deb/control")}
	dpkg-deb --fsys-tarfile "$deb" |
		tar -xOf - ./usr/share/doc/kakuninsho/changelog.gz | gunzip > changelog
	[ "$(dpkg-deb -f "$deb" Maintainer)" = "$maintainer" ] &&
	grep -qF " -- $maintainer  " changelog || return 1
	MAINTAINER=nobody sh "$srcdir/packaging/deb/build" /dev/null 2> says && return 1
	grep -q "MAINTAINER is not like 'NAME <ADDRESS>': nobody" says
}

apt_installs_it()
{
	set -- /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources
	[ -s "$1" ] || shift
	mmdebstrap --quiet --variant=apt --customize-hook="upload '$deb' /tmp/it.deb" \
		--customize-hook='chroot "$1" apt-get install -q -y --no-install-recommends /tmp/it.deb' \
		"$(. /etc/os-release && echo "$VERSION_CODENAME")" "$debian" "$1"
}

what_it_brings()
{
	START=dpkg run 0 --verify kakuninsho && printed_nothing &&
	START=dpkg run 0 -L kakuninsho &&
	printed /usr/bin/kakuninsho /usr/share/kakuninsho/npa-2022.csv \
		/usr/share/man/man1/kakuninsho.1.gz \
		/usr/share/man/man5/kakuninsho-form.5.gz \
		/usr/share/man/ja/man1/kakuninsho.1.gz \
		/usr/share/man/ja/man5/kakuninsho-form.5.gz \
		/usr/share/bash-completion/completions/kakuninsho \
		/usr/share/zsh/vendor-completions/_kakuninsho \
		/usr/share/fish/vendor_completions.d/kakuninsho.fish \
		/usr/share/doc/kakuninsho/copyright \
		/usr/share/doc/kakuninsho/changelog.gz
}

walks()
{
	for walk in "$srcdir"/tests/tui/walk-*.tui; do
		sed 's/^run .*/&\nshows "F10 終了"/' "$walk" > "${walk##*/}"
	done
	KAKUNINSHO=$inside "$builddir/tests/tui/run_tui" walk-*.tui
}

commands()
{
	record r.csv && run 0 check r.csv && said_nothing || return 1
	for type in text csv; do
		"$here" export -t $type r.csv > wanted && run 0 export -t $type r.csv &&
		same wanted "$outside/stdout" || return 1
	done
	tail -c +4 r.csv | iconv -f UTF-8 -t CP932 > sjis.csv &&
	run 0 export -t csv sjis.csv && same wanted "$outside/stdout" &&
	run 0 check --form /usr/share/kakuninsho/npa-2022.csv r.csv && said_nothing
}

languages()
{
	unset KAKUNINSHO_LOCALEDIR
	LANGUAGE=en run 0 --help && printed 'Usage:' && run 0 --help &&
	printed '使い方:'
}

goes_without_a_trace()
{
	START=dpkg run 0 --purge kakuninsho || return 1
	find "$debian" -xdev -name '*kakuninsho*' ! -path '*/var/log/*' > found
	same /dev/null found
}

check_each lintian_accepts names_its_maintainer apt_installs_it what_it_brings walks commands languages \
	goes_without_a_trace
finish
