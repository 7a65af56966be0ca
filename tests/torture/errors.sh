#!/bin/sh
# SPDX-License-Identifier: MIT
#
# errors.sh [quick]: each call of the sessions' saves fails, in turn, with each error
# it may have: once, and from then on. (quick: one session, one error a call, once.
# The long session has no calls that the others have not.)
#
# The program does not break off; what is there is never less than before; where the
# save was not made it says which file and why; and since the answers are still
# there, the next save makes up for it: the end is that of the undisturbed session.
# Where it goes on failing, what was there stays, and after that all goes on.

. "${srcdir:-.}/tests/torture/lib.sh"

case $(uname -m) in
x86_64 | aarch64) ;;
*)
	echo "left out: calls that fail, as tracer.c does not know this machine's registers" >&2
	exit 77 ;;
esac

quick=

# Linux's numbers, the same on every machine we know; `half` is no error: the call
# does half of what it should.
errors_of()
{
	case $1 in
	open | openat)
		echo ENOSPC EDQUOT EIO EACCES EROFS EMFILE ENFILE ENOMEM \
			ENAMETOOLONG EINTR ;;
	write) echo ENOSPC EDQUOT EIO EFBIG EINTR half ;;
	fsync) echo EIO ENOSPC EDQUOT EROFS EINTR EINVAL ;;
	rename | renameat | renameat2 | link | linkat)
		echo ENOSPC EDQUOT EIO EACCES EPERM EROFS ENOMEM EINVAL ENOSYS ;;
	unlink | unlinkat) echo EIO EROFS EACCES ;;
	close) echo EIO ENOSPC EDQUOT EINTR ;;
	fchmod | fchown) echo EPERM EIO EROFS EINTR ;;
	*xattr) echo ENOTSUP ENODATA ENOSPC EIO ;;
	flock) echo ENOLCK EAGAIN EINTR ;;
	*) echo EIO EACCES ENOMEM ;;
	esac
}

number_of()
{
	case $1 in
	half) echo 0 ;;
	EPERM) echo 1 ;; ENOENT) echo 2 ;; EINTR) echo 4 ;; EIO) echo 5 ;;
	EAGAIN) echo 11 ;; ENOMEM) echo 12 ;; EACCES) echo 13 ;;
	EINVAL) echo 22 ;; ENFILE) echo 23 ;; EMFILE) echo 24 ;;
	EFBIG) echo 27 ;; ENOSPC) echo 28 ;; EROFS) echo 30 ;;
	ENAMETOOLONG) echo 36 ;; ENOLCK) echo 37 ;; ENOSYS) echo 38 ;;
	ENODATA) echo 61 ;; ENOTSUP) echo 95 ;; EDQUOT) echo 122 ;;
	esac
}

# In the program's words.
words_of()
{
	case $1 in
	EPERM) echo 許可されていません ;;
	EIO) echo 装置の読み書きに失敗しました ;;
	ENOMEM) echo メモリーが足りません ;;
	EACCES) echo 権限がありません ;;
	EINVAL) echo この場所では使えない名前です ;;
	ENOSYS | ENOTSUP) echo この場所ではできない操作です ;;
	EMFILE | ENFILE) echo 開いているファイルが多すぎます ;;
	EFBIG) echo ファイルが大きすぎます ;;
	ENOSPC) echo 空き容量がありません ;;
	EROFS) echo 読み取り専用の場所です ;;
	ENAMETOOLONG) echo 名前が長すぎます ;;
	EDQUOT) echo 割り当てられた容量を使い切りました ;;
	*) echo 'no such words' ;;
	esac
}

# Must the person be told if CALL fails with ERROR, whatever it is about?
is_grave()
{
	case $1:$2 in
	*:EINTR | *:EINVAL | *:ENOSYS | *:half) return 1 ;;
	write:* | fsync:* | rename*:*) return 0 ;;
	esac
	return 1
}

# What it says of a save that was not made; or of a draft that it cannot go on with.
complaints()
{
	grep -E 'kakuninsho: .*(保存できません|確かめられません|読めません)' \
		"$mine/said"
}

# It came to the end of the undisturbed session, or could not begin, or kept a
# draft beside its finished record (it removes only what it could see is its own).
is_at_end()
{
	is_state "$last" "$here" || complaints | grep -q 読めません ||
		[ "${call#unlink}" != "$call" ] ||
		is_state "$last" "$here" -x '確認書-作成中-*'
}

# It says which file and why.
is_told()
{
	if [ $complained -eq 1 ]; then
		complaints | grep -E '「[^」]*\.(csv|txt)」' |
			grep -q "$(words_of "$error")"
	else
		! is_grave "$call" "$error"
	fi
}

# What is there is no older than it was, unless a new file has been taken back and
# that was said. With a record that is not finished its sheet goes.
is_kept()
{
	is_state_since $((after - (complained && after > 0))) "$1" -x '*.txt'
}

# HOW is fail or fail-on.
outcome_of()
{
	how=$1
	begin "$session"
	rm -rf "$mine/shots"
	mkdir "$mine/shots"
	go "$session" "$how" "$number" "$(number_of "$error")" "$mine/shots"
	complained=0
	complaints > /dev/null && complained=1
	outcome=failed
	if [ $code -ne 0 ] && [ $code -ne 2 ]; then
		echo "ended with $code" > "$mine/why"
	elif [ -d "$mine/shots/then" ] && ! is_kept "$mine/shots/then"; then
		outcome=lost
	elif ! is_told; then
		{ cat "$mine/said"; echo "$error is not told"; } > "$mine/why"
	elif [ "$how" = fail ] && ! is_at_end; then
		nothing_lost || outcome=lost
	elif ! is_kept "$here"; then
		outcome=lost
	elif (goes_on); then
		outcome=survived
	fi
}

fail_at()
{
	number=$1 call=$2 after=$3
	for error in $(errors_of "$call"); do
		outcome_of fail
		count "$call fails" $outcome
		[ "$quick" ] && break
		case $error in
		EINTR | EAGAIN | half) ;; # not for ever
		*)
			outcome_of fail-on
			count "$call fails" $outcome ;;
		esac
	done
}

sessions='new finish offered linked'
[ "$1" = quick ] && sessions=linked && quick=quick
for session in $sessions; do
	survey $session
	each_point fail_at < "$ground/points"
done
rows
