/* SPDX-License-Identifier: MIT
 *
 * The least that a program on ncurses does: the floor that make bench shows.
 */
#include <curses.h>

int main(void)
{
	initscr();
	addstr("ncurses");
	getch();
	return endwin() == ERR;
}
