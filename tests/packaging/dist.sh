#!/bin/sh
# SPDX-License-Identifier: MIT
#
# dist.sh TARBALL - the tarball has what git has, but for what only clones need; and it builds, and installs, with a compiler, make and the libraries
# alone: no autotools, no gettext, no pkg-config, no perl, no python, no git.
set -eu
tarball=$(realpath "$1")
clone=$(realpath "${srcdir:-.}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The tools that a system has (POSIX), and a compiler; nothing else can be started.
mkdir "$work/tools"
for tool in ar as awk basename cat cc chmod cmp cp cut date diff dirname echo env \
	expr false find gcc getconf grep head id install ld ln ls make mkdir mktemp \
	mv nm od pwd ranlib rm rmdir sed sh sleep sort strip tail test touch tr true \
	uname uniq wc xargs; do
	ln -s "$(command -v $tool)" "$work/tools/$tool"
done

cd "$work"
tar -xzf "$tarball"
cd kakuninsho-*
if [ -d "$clone/.git" ]; then
	git -C "$clone" ls-files | grep -v '^\.' | sort > ../wanted
	find . -type f | sed 's|^\./||' | sort > ../found
	comm -23 ../wanted ../found > ../lacks
	[ ! -s ../lacks ] || { echo "the tarball lacks:"; cat ../lacks; exit 1; }
	# Of tests and sources it has nothing else.
	comm -13 ../wanted ../found | grep -E '^(src|tests|data|man)/' > ../more &&
		{ echo "the tarball has too:"; cat ../more; exit 1; }
fi
PATH=$work/tools
export PATH
./configure --quiet --prefix=/usr > ../configure.log 2>&1 ||
	{ cat ../configure.log; exit 1; }
make -s > ../make.log 2>&1 || { tail -n 40 ../make.log; exit 1; }
make -s install DESTDIR="$work/root" > ../make.log 2>&1 ||
	{ tail -n 40 ../make.log; exit 1; }
for file in bin/kakuninsho share/locale/en/LC_MESSAGES/kakuninsho.mo \
	share/man/man1/kakuninsho.1 share/kakuninsho/npa-2022.csv; do
	[ -s "$work/root/usr/$file" ] || { echo "not installed: $file"; exit 1; }
done
"$work/root/usr/bin/kakuninsho" check \
	tests/plain/a-first-confirmation/record.csv ||
	{ echo "what was built finds fault with a good record"; exit 1; }
! make -s check > ../make.log 2>&1 && grep -q cmocka ../make.log ||
	{ echo "make check says nothing without cmocka"; exit 1; }
echo "dist: builds with $(ls ../tools | wc -l) tools"
