/* SPDX-License-Identifier: MIT */
#include "expr/lexer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define DIGITS "0123456789"
#define QUOTED_BYTES 60

/* The first that fits is taken, so the longer stand first. */
static const struct symbol {
	const char *text;
	enum token_kind kind;
	enum operator operator;
	const char *error;
} symbols[] = {
	{"==", TOKEN_ERROR, 0, N_("「==」ではなく「=」と書いてください")},
	{"=", TOKEN_OPERATOR, OP_EQ, NULL},
	{"!=", TOKEN_OPERATOR, OP_NE, NULL},
	{"!", TOKEN_ERROR, 0, N_("「!」ではなく「not( )」と書いてください")},
	{"<>", TOKEN_ERROR, 0, N_("「<>」ではなく「!=」と書いてください")},
	{"<=", TOKEN_OPERATOR, OP_LE, NULL},
	{"<", TOKEN_OPERATOR, OP_LT, NULL},
	{">=", TOKEN_OPERATOR, OP_GE, NULL},
	{">", TOKEN_OPERATOR, OP_GT, NULL},
	{"+", TOKEN_OPERATOR, OP_ADD, NULL},
	{"-", TOKEN_OPERATOR, OP_SUBTRACT, NULL},
	{"*", TOKEN_OPERATOR, OP_MULTIPLY, NULL},
	{"(", TOKEN_OPEN, 0, NULL},
	{")", TOKEN_CLOSE, 0, NULL},
	{",", TOKEN_COMMA, 0, NULL},
	{"&&", TOKEN_ERROR, 0, N_("「&&」ではなく「and」と書いてください")},
	{"||", TOKEN_ERROR, 0, N_("「||」ではなく「or」と書いてください")},
	{"|", TOKEN_ERROR, 0, N_("ノードの和集合「|」には対応していません")},
	{"..", TOKEN_ERROR, 0, N_("パス「..」には対応していません。"
	                          "質問は「${名前}」と書いてください")},
	{".", TOKEN_SELF, 0, NULL},
	{"//", TOKEN_ERROR, 0, N_("パス「//」には対応していません。"
	                          "質問は「${名前}」と書いてください")},
	{"/", TOKEN_ERROR, 0, N_("パス「/」には対応していません。質問は「${名前}」、"
	                         "割り算は「div」と書いてください")},
	{"@", TOKEN_ERROR, 0, N_("属性「@」には対応していません")},
	{"[", TOKEN_ERROR, 0, N_("述語「[ ]」には対応していません")},
	{"]", TOKEN_ERROR, 0, N_("述語「[ ]」には対応していません")},
	{"::", TOKEN_ERROR, 0, N_("軸「::」には対応していません")},
	{"$", TOKEN_ERROR, 0, N_("変数「$」には対応していません。"
	                         "質問は「${名前}」と書いてください")},
	{"%", TOKEN_ERROR, 0, N_("割った余りは「mod」と書いてください")},
};

/* What an input method or a word processor types in place of ASCII; the
 * full-width forms of ASCII itself are reckoned, not listed. */
static const struct lookalike {
	const char *text;
	const char *meant;
} lookalikes[] = {
	{"“", "\""}, {"”", "\""}, {"„", "\""}, {"‘", "'"}, {"’", "'"},
	{"≠", "!="}, {"≦", "<="}, {"≤", "<="}, {"≧", ">="}, {"≥", ">="},
	{"×", "*"}, {"÷", "div"}, {"−", "-"}, {"–", "-"}, {"—", "-"},
	{"、", ","},
};

static const struct word {
	const char *text;
	enum operator operator;
} words[] = {
	{"or", OP_OR}, {"and", OP_AND}, {"div", OP_DIVIDE}, {"mod", OP_MODULO},
};

static size_t read_character(const char *s, ucs4_t *c)
{
	return (size_t)u8_strmbtouc(c, (const uint8_t *)s);
}

static bool starts_name(ucs4_t c)
{
	return c == '_' || (c < 0x80 ? isalpha((int)c)
	                             : uc_is_property_xid_start(c));
}

static bool continues_name(ucs4_t c)
{
	return c == '-' || c == '.' || c == '_' ||
	       (c < 0x80 ? isalnum((int)c) : uc_is_property_xid_continue(c));
}

/* Bytes of the name without a colon (XML's NCName) at S; 0 if none. */
static size_t read_simple_name(const char *s)
{
	size_t length = 0, n;
	ucs4_t c;

	for (;;) {
		if (!s[length])
			return length;
		n = read_character(s + length, &c);
		if (!(length ? continues_name(c) : starts_name(c)))
			return length;
		length += n;
	}
}

/* The same with one prefix, as jr:choice-name has; 'child::x' is no such. */
static size_t read_name(const char *s)
{
	size_t prefix = read_simple_name(s);
	size_t local;

	if (!prefix || s[prefix] != ':')
		return prefix;
	local = read_simple_name(s + prefix + 1);
	return local ? prefix + 1 + local : prefix;
}

char *lexer_quote(const char *s, size_t length)
{
	size_t end = 0, n;
	char *text, *quoted;

	while (end < length && (n = text_grapheme(s + end)) > 0 &&
	       end + n <= QUOTED_BYTES)
		end += n;
	if (end > length)
		end = length;
	text = buf_format("%.*s%s", (int)end, s, end < length ? "…" : "");
	quoted = text_one_line(text);
	free(text);
	return quoted;
}

size_t lexer_reference(const char *s)
{
	size_t name;

	if (s[0] != '$' || s[1] != '{')
		return 0;
	name = read_simple_name(s + 2);
	return name && s[2 + name] == '}' ? name + 3 : 0;
}

bool lexer_word_operator(const char *s, size_t length, enum operator *op)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strlen(words[i].text) == length &&
		    strncmp(words[i].text, s, length) == 0) {
			*op = words[i].operator;
			return true;
		}
	}
	return false;
}

static size_t read_number(const char *s)
{
	size_t whole = strspn(s, DIGITS);
	size_t decimals;

	if (s[whole] != '.')
		return whole;
	decimals = strspn(s + whole + 1, DIGITS);
	return whole + decimals ? whole + 1 + decimals : 0;
}

/* Takes ERROR over. */
static void refuse(struct token *token, char *error)
{
	token->kind = TOKEN_ERROR;
	token->error = error;
}

static void lex_string(struct token *token, const char *s)
{
	const char *end = strchr(s + 1, *s);

	if (!end) {
		refuse(token, buf_format(_("文字列が「%c」で閉じられていません"),
		                         *s));
		return;
	}
	token->kind = TOKEN_STRING;
	token->length = (size_t)(end - s) + 1;
}

static void lex_reference(struct token *token, const char *s)
{
	const char *end = strchr(s, '}');
	char *quoted;

	token->kind = TOKEN_REFERENCE;
	token->length = lexer_reference(s);
	if (token->length)
		return;
	if (!end) {
		refuse(token, mem_strdup(_("「${」が「}」で閉じられていません")));
		return;
	}
	quoted = lexer_quote(s, (size_t)(end - s) + 1);
	refuse(token, buf_format(
		_("「%s」の中が質問の名前になっていません"), quoted));
	free(quoted);
}

static void lex_name(struct token *token, const char *s, bool after_operand)
{
	token->kind = TOKEN_NAME;
	if (after_operand &&
	    lexer_word_operator(s, token->length, &token->operator))
		token->kind = TOKEN_OPERATOR;
}

static bool lex_symbol(struct token *token, const char *s)
{
	for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
		const struct symbol *symbol = &symbols[i];

		if (*s != *symbol->text || !text_has_prefix(s, symbol->text))
			continue;
		token->length = strlen(symbol->text);
		token->kind = symbol->kind;
		token->operator = symbol->operator;
		if (symbol->error)
			refuse(token, mem_strdup(_(symbol->error)));
		return true;
	}
	return false;
}

/* What was meant by the character at S; MEANT has room for it. */
static bool read_lookalike(const char *s, ucs4_t c, char meant[8])
{
	if (c >= 0xFF01 && c <= 0xFF5E) {
		meant[0] = (char)(c - 0xFF01 + '!');
		meant[1] = '\0';
		return true;
	}
	for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++) {
		const char *text = lookalikes[i].text;

		if (strncmp(s, text, strlen(text)) == 0) {
			strcpy(meant, lookalikes[i].meant);
			return true;
		}
	}
	return false;
}

static void refuse_character(struct token *token, const char *s)
{
	char meant[8];
	ucs4_t c;
	char *quoted = lexer_quote(s, read_character(s, &c));

	if (uc_is_property_white_space(c))
		refuse(token, mem_strdup(
			_("式の中の空白は半角の空白にしてください")));
	else if (read_lookalike(s, c, meant))
		refuse(token, buf_format(
			_("「%s」ではなく半角の「%s」と書いてください"),
			quoted, meant));
	else
		refuse(token, buf_format(_("「%s」は式に使えません"), quoted));
	free(quoted);
}

static bool is_full_width(const char *s)
{
	ucs4_t c;

	read_character(s, &c);
	return c >= 0xFF01 && c <= 0xFF5E;
}

static void lex(struct token *token, const char *s, bool after_operand)
{
	if (!*s) {
		token->kind = TOKEN_END;
	} else if (*s == '\'' || *s == '"') {
		lex_string(token, s);
	} else if (s[0] == '$' && s[1] == '{') {
		lex_reference(token, s);
	} else if ((token->length = read_number(s))) {
		token->kind = TOKEN_NUMBER;
	} else if (!is_full_width(s) && (token->length = read_name(s))) {
		lex_name(token, s, after_operand);
	} else if (!lex_symbol(token, s)) {
		refuse_character(token, s);
	}
}

struct token lexer_next(struct lexer *lexer)
{
	struct token token = {0};

	lexer->offset += strspn(lexer->text + lexer->offset, " \t\r\n");
	token.offset = lexer->offset;
	lex(&token, lexer->text + lexer->offset, lexer->after_operand);
	lexer->offset += token.length;
	lexer->after_operand = token.kind == TOKEN_NUMBER ||
	                       token.kind == TOKEN_STRING ||
	                       token.kind == TOKEN_REFERENCE ||
	                       token.kind == TOKEN_SELF ||
	                       token.kind == TOKEN_NAME ||
	                       token.kind == TOKEN_CLOSE;
	return token;
}
