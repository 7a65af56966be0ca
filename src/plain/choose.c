/* SPDX-License-Identifier: MIT
 *
 * Which record to fill in: one of the drafts that lie here, or a new one.
 */
#include <stdlib.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/text.h"
#include "out/drafts.h"
#include "plain/prompt.h"
#include "plain/say.h"
#include "plain/typed.h"

static void offer_drafts(const struct plain_setup *setup,
                         const struct draft_list *drafts)
{
	say(setup->out, "%s\n", _("作成中の確認書があります"));
	for (size_t i = 0; i < drafts->n; i++) {
		char *path = text_from_bytes(drafts->items[i].path);
		char *title = text_one_line(drafts->items[i].title);

		say(setup->out, "%zu %s%s%s", i + 1, title,
		    *title ? _("、") : "", path);
		if (drafts->items[i].holder)
			say(setup->out, _("（ほかで記入中: %s）"),
			    drafts->items[i].holder);
		say(setup->out, "\n");
		free(path);
		free(title);
	}
	if (drafts->more)
		say(setup->out, "%s\n", _("ほかにもあります。ファイル名を指定すれば続けられます"));
	say(setup->out, "%s\n", _("続ける確認書の番号を入力してください。新しく始めるときはそのまま Enter を押してください"));
}

enum { NEW_RECORD = 0, WRONG_NUMBER = -1, NOT_CHOSEN = -2 };

/* The number of a draft in LINE; NEW_RECORD where it is blank. */
static int draft_number(const char *line, size_t n)
{
	char *word = typed_word(line);
	char *end;
	long number = strtol(word, &end, 10);
	int chosen = !*word ? NEW_RECORD
	           : strcasecmp(word, ":q") == 0 ? NOT_CHOSEN : WRONG_NUMBER;

	if (end != word && !*end && number >= 1 && number <= (long)n)
		chosen = (int)number;
	free(word);
	return chosen;
}

static enum plain_result open_draft(const struct plain_setup *setup,
                                    const char *path, struct document **d)
{
	struct diag_list diags;

	diag_list_init(&diags);
	*d = document_open(setup->form, setup->moment, setup->self, path,
	                   ENCODING_UNKNOWN, OPENED_AS_DRAFT, &diags);
	for (size_t i = 0; i < diags.n; i++) {
		char *text = diag_format(&diags.items[i]);

		say_trouble(text);
		free(text);
	}
	diag_list_release(&diags);
	return *d ? PLAIN_FINE : PLAIN_FAILED;
}

enum plain_result plain_choose(const struct plain_setup *setup,
                               struct document **d)
{
	enum plain_result result = PLAIN_FINE;
	struct draft_list drafts;
	struct buf line;
	int chosen = NEW_RECORD;

	*d = NULL;
	drafts_find(setup->form, "", &drafts);
	buf_init(&line);
	if (drafts.n)
		offer_drafts(setup, &drafts);
	while (drafts.n) {
		chosen = prompt_line(setup, &line, &result)
			? draft_number(line.s, drafts.n) : NOT_CHOSEN;
		if (chosen != WRONG_NUMBER)
			break;
		say(setup->out, "%s\n", _("表示された番号を入力するか、そのまま Enter を押してください（:q でやめます）"));
	}
	if (chosen > 0)
		result = open_draft(setup, drafts.items[chosen - 1].path, d);
	else if (chosen == NEW_RECORD)
		*d = document_new(setup->form, setup->moment, setup->self, "");
	buf_release(&line);
	draft_list_release(&drafts);
	return result;
}
