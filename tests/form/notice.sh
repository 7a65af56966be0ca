#!/bin/sh
# SPDX-License-Identifier: MIT
#
# notice.sh - the built-in form says what the notice says, to the letter
#
# Lays the data beside the notice of 2022-04-04 (npa-notice-2022.txt): every
# article of the 特約条項; the paper form, rebuilt from the sheet's layout and
# the form, line by line; and the guidance of each item against the 項 its
# clause points to. Nothing is normalised but Markdown's marks, white space at
# the ends and in runs, and "2. 1" for "2.1"; item 14, which the notice splits
# over two lines, is joined.
#
# Needs awk and nothing of the program. The sources are in $srcdir.

srcdir=${srcdir:-$(dirname "$0")/../..}

LC_ALL=C exec awk '
function is(what, got, want)
{
	if (got == want) {
		passed++
	} else {
		failed++
		printf "%s\n  data:   %s\n  notice: %s\n", what, got, want
	}
}

# The next line of FILE into LINE; a file that is not there ends the test.
function read_line(file,   status)
{
	status = (getline line < file)
	if (status < 0) {
		printf "%s: cannot be read\n0 passed, 1 failed\n", file
		exit 1
	}
	sub(/\r$/, "", line)
	return status
}

# CSV: cell C of row R into cells[R, C], the number of rows returned.
function read_csv(file, cells,   n, c, i, char, quoted, cell)
{
	while (read_line(file)) {
		if (quoted) {
			cell = cell "\n"
		} else {
			n++
			c = 1
			cell = ""
		}
		for (i = 1; i <= length(line); i++) {
			char = substr(line, i, 1)
			if (char == "\"" && quoted && substr(line, i + 1, 1) == "\"")
				cell = cell substr(line, i++, 1)
			else if (char == "\"")
				quoted = !quoted
			else if (char == "," && !quoted) {
				cells[n, c++] = cell
				cell = ""
			} else
				cell = cell char
		}
		if (!quoted)
			cells[n, c] = cell
	}
	close(file)
	return n
}

# The notice: clause[ID] is an article ("": the title, "3": its heading, "3.1":
# a 項), clause_id[N] the Nth ID, paper[N] the Nth line of the form.
function read_notice(file,   part, heading, article, id)
{
	while (read_line(file)) {
		if (line ~ /^## 情報セキュリティの確保に関する特約条項/)
			part = "articles"
		else if (line ~ /^## 情報セキュリティ対策履行状況確認書/)
			part = "paper"
		sub(/^(#+|-) /, "", line)
		gsub(/  +/, " ", line)
		gsub(/^ | $/, "", line)
		if (part == "" || line == "")
			continue
		if (part == "paper") {
			add_paper_line()
		} else if (!clauses) {
			add_clause("", line)
		} else if (line ~ /^\(.*\)$/) {
			heading = line
		} else if (line ~ /^第[0-9]+条 /) {
			is("article of the notice",
			   substr(line, 1, index(line, " ") - 1),
			   "第" ++article "条")
			add_clause(article, heading)
			id = article ".1"
			add_clause(id, after_number(line))
		} else if (line ~ /^[0-9]+ /) {
			id = article "." (line + 0)
			add_clause(id, after_number(line))
		} else {
			clause[id] = clause[id] "\n" line
		}
	}
	close(file)
}

function add_clause(id, text)
{
	clause_id[++clauses] = id
	clause[id] = text
}

function after_number(text)
{
	return substr(text, index(text, " ") + 1)
}

# A row of the table is "number TAB clause sentence TAB mark TAB mark"; one that
# starts with a TAB goes on with the sentence above.
function add_paper_line(   f)
{
	if (line !~ /\t/) {
		paper[++papers] = line
		return
	}
	split(line, f, "\t")
	if (f[1] == "") {
		split(paper[papers], f, "\t")
		sub(/^\t/, "", line)
		sub(/\t*$/, "", line)
		f[2] = f[2] " " line
	} else {
		papers++
		items += (f[1] ~ /^[0-9]+$/)
		marks += (f[3] == "※" && f[4] == "※")
	}
	if (f[2] ~ /^[0-9]+\. [0-9]/)
		sub(/\. /, ".", f[2])
	paper[papers] = f[1] "\t" f[2] "\t" f[3] "\t" f[4]
}

# The survey sheet: of[R, COLUMN], and of[R, "parent"] is the name of the group
# that row R stands in.
function read_form(file,   cells, n, r, c, column, depth, group)
{
	n = read_csv(file, cells)
	for (r = 1; r <= n && cells[r, 1] != "survey"; r++)
		;
	for (c = 2; cells[r + 1, c] != ""; c++)
		column[c] = cells[r + 1, c]
	for (r += 2; r <= n && cells[r, 1] == "" && (r, 2) in cells; r++) {
		rows++
		for (c in column)
			of[rows, column[c]] = cells[r, c]
		of[rows, "parent"] = group[depth + 0]
		if (of[rows, "type"] == "begin_group") {
			group[++depth] = of[rows, "name"]
			row_of[of[rows, "name"]] = rows
		} else if (of[rows, "type"] == "end_group") {
			depth--
		}
	}
}

function line_is(where, got)
{
	is("sheet, " where, got, paper[++line_no])
}

# The sheet, rebuilt as the notice prints it: blank.
function check_sheet(file,   cells, n, r, i, kind, name, text, values, above)
{
	n = read_csv(file, cells)
	for (r = 2; r <= n; r++) {
		kind = cells[r, 1]
		name = cells[r, 2]
		text = cells[r, 3]
		if (kind == "text" && text == "") # a blank line
			continue
		if (kind == "title" || kind == "text" || kind == "right") {
			line_is(kind, text)
		} else if (kind == "group") {
			line_is(name, of[row_of[name], "label"])
			for (i = 1; i <= rows; i++)
				if (of[i, "parent"] == name && of[i, "number"] != "")
					line_is(of[i, "name"], filled(text, i))
		} else if (kind == "table") {
			line_is(name, of[row_of[name], "label"])
			gsub(/ [0-9]+\|/, "\t", text)
			sub(/ [0-9]+$/, "", text)
			line_is("table head", text)
			for (i = 1; i <= rows; i++)
				if (of[i, "parent"] == name && of[i, "number"] != "")
					check_item(i)
		} else if (kind == "question" && text ~ /^　/) {
			# one of the values that the line above asks for
			gsub(/　|\{answer\}/, "", text)
			values = values (values == "" ? "" : "、") text
			above = paper[line_no]
		} else if (kind == "question") {
			sub(/\{answer\}/, "", text)
			line_is(name, text)
		}
	}
	is("values of 確認者", "確認者（" values "）：", above)
	is("lines of the sheet", line_no, papers)
}

function filled(pattern, i)
{
	sub(/\{number\}/, of[i, "number"], pattern)
	sub(/\{label\}/, of[i, "label"], pattern)
	sub(/\{answer\}/, "", pattern)
	return pattern
}

function check_item(i,   name, j)
{
	name = of[i, "name"]
	line_is(name, of[i, "number"] "\t" of[i, "clause"] " " of[i, "label"] \
	        "\t" of[i, "mark"] "\t" of[i, "mark"])
	is("name of " of[i, "number"], name, sprintf("i%02d", of[i, "number"]))
	for (j = i; j <= rows; j++)
		if (of[j, "name"] == name "_answer")
			break
	is("guidance of " name, of[j, "guidance_hint"], clause[of[i, "clause"]])
}

function check_articles(file,   cells, n, r)
{
	n = read_csv(file, cells)
	for (r = 2; r <= n; r++) {
		is("clause in row " r, cells[r, 1], clause_id[r - 1])
		is("clause " cells[r, 1], cells[r, 2], clause[cells[r, 1]])
	}
	is("number of clauses", n - 1, clauses)
}

BEGIN {
	read_notice(ARGV[1])
	# what the data is compared with was really found
	is("title, articles and 項 found", 1 + 12 + 46, clauses)
	is("items found", 26, items)
	is("marks found", 12, marks)
	read_form(ARGV[2])
	check_articles(ARGV[3])
	check_sheet(ARGV[4])
	printf "%d passed, %d failed\n", passed, failed
	exit failed > 0
}
' "$srcdir/tests/form/npa-notice-2022.txt" "$srcdir/data/npa-2022.csv" \
  "$srcdir/data/npa-2022.articles.csv" "$srcdir/data/npa-2022.sheet.csv"
