/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints the drawing with the characters, the colours and the width of the
 * terminal. */

#include "config.h"

#include "tree-text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"
#include "cli/terminal.h"
#include "tree-trace.h"
#include "tree-words.h"

/* All of them are four columns wide, except the last. */
struct lines {
	char first[12], middle[12], last[12], trunk[12], cut[4];
};

static const struct lines ascii = { ",-- ", "|-- ", "`-- ", "|   ", "~" };
static const struct lines unicode = { "┌── ", "├── ", "└── ", "│   ", "…" };

#define STEP 4

/* How it is printed, and where the columns of a bridge are. */
struct text {
	const struct tree *tree;
	const struct lines *lines;
	bool is_coloured;
	size_t width; /* of the terminal; 0: any */
	size_t name, kind, state;
	size_t column; /* where the line is now */
	bool lacks_memory;
};

/* The lines that pass an item on its left, from the outermost on. */
struct trunk {
	const struct trunk *outer;
	bool is_open;
};

/* --- the terminal --------------------------------------------------------- */

/* The locale that was set for messages says nothing if there is none. */
static const struct lines *choose_lines(void)
{
	char *before = setlocale(LC_CTYPE, NULL), *copy;
	bool is_unicode;

	copy = before ? strdup(before) : NULL;
	setlocale(LC_CTYPE, "");
	is_unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (copy)
		setlocale(LC_CTYPE, copy);
	free(copy);
	return is_unicode ? &unicode : &ascii;
}

/* --- one line ------------------------------------------------------------- */

/* Text that does not fit is cut off. */
static void put(struct text *text, const char *words, size_t len)
{
	size_t width = out_width(words, len), room = text->width - text->column;

	if (text->width && width > room) {
		while (len > 0 && out_width(words, len) >= room)
			len--;
		if (room > 0)
			printf("%.*s%s", (int)len, words, text->lines->cut);
		text->column = text->width;
		return;
	}
	printf("%.*s", (int)len, words);
	text->column += width;
}

static void put_text(struct text *text, const char *words)
{
	put(text, words, strlen(words));
}

static void put_toned(struct text *text, enum tree_tone tone, const char *words,
		      size_t len)
{
	static const char codes[][8] = {
		[TREE_GOOD] = "\033[32m",
		[TREE_ODD] = "\033[33m",
		[TREE_BAD] = "\033[31m",
	};
	bool is_coloured = text->is_coloured && tone != TREE_PLAIN;

	if (is_coloured)
		fputs(codes[tone], stdout);
	put(text, words, len);
	if (is_coloured)
		fputs("\033[0m", stdout);
}

static void go_to(struct text *text, size_t column)
{
	if (text->width && column > text->width)
		column = text->width;
	for (; text->column < column; text->column++)
		putchar(' ');
}

static void put_trunk(struct text *text, const struct trunk *trunk)
{
	if (!trunk)
		return;
	put_trunk(text, trunk->outer);
	if (trunk->is_open)
		put_text(text, text->lines->trunk);
	else
		go_to(text, text->column + STEP);
}

static void end_line(struct text *text)
{
	putchar('\n');
	text->column = 0;
}

/* --- facts ---------------------------------------------------------------- */

/* If their column is narrower than this, facts have lines of their own. */
#define FACTS_MIN 20

struct facts {
	struct text *text;
	const struct trunk *trunk; /* of the lines after the first */
	size_t column;
	bool is_first, is_folded;
};

static void fold(struct facts *facts)
{
	end_line(facts->text);
	put_trunk(facts->text, facts->trunk);
	go_to(facts->text, facts->column);
}

/* Folds the line if the word does not fit. */
static void put_fact(struct facts *facts, const char *word, size_t len,
		     enum tree_tone tone, bool continues)
{
	struct text *text = facts->text;
	size_t gap = continues ? 0 : 2;
	size_t end = text->column + gap + out_width(word, len);

	if (facts->is_first && facts->is_folded)
		fold(facts);
	else if (facts->is_first)
		go_to(text, facts->column);
	else if (text->width && end > text->width)
		fold(facts);
	else
		go_to(text, text->column + gap);
	put_toned(text, tone, word, len);
	facts->is_first = false;
}

/* A long list of VLANs may be folded after each comma. */
static void put_fact_parts(struct facts *facts, const char *fact)
{
	bool continues = false;

	while (*fact) {
		size_t len = strcspn(fact, ",\n");

		len += fact[len] == ',';
		put_fact(facts, fact, len, TREE_PLAIN, continues);
		continues = fact[len - 1] == ',';
		fact += len;
		if (*fact == '\n') {
			continues = false;
			fact++;
		}
	}
}

static enum tree_tone tone_of(const struct vbr_finding *finding)
{
	switch (vbr_finding_severity(finding)) {
	case VBR_SEVERITY_ERROR:
		return TREE_BAD;
	case VBR_SEVERITY_WARNING:
		return TREE_ODD;
	default:
		return TREE_PLAIN;
	}
}

/* In brackets. */
struct mark {
	char text[128];
	FILE *stream; /* NULL: no memory */
};

static void begin_mark(struct facts *facts, struct mark *mark)
{
	strcpy(mark->text, "[");
	mark->stream = fmemopen(mark->text + 1, sizeof(mark->text) - 3, "w");
	if (!mark->stream)
		facts->text->lacks_memory = true;
}

static void end_mark(struct facts *facts, struct mark *mark,
		     enum tree_tone tone)
{
	fclose(mark->stream);
	strcat(mark->text, "]");
	put_fact(facts, mark->text, strlen(mark->text), tone, false);
}

static void put_findings(struct facts *facts, const struct tree_device *device)
{
	const struct tree *tree = facts->text->tree;
	const struct vbr_finding *finding;
	struct mark mark;
	size_t at = 0;

	while ((finding = tree_next_finding(tree, device, &at))) {
		begin_mark(facts, &mark);
		if (!mark.stream)
			return;
		tree_print_finding(mark.stream, finding);
		end_mark(facts, &mark, tone_of(finding));
	}
}

static void put_trace(struct facts *facts, const struct tree_device *device)
{
	struct tree_mark step;
	struct mark mark;
	size_t at = 0;

	while (tree_next_mark(facts->text->tree, device, &at, &step)) {
		begin_mark(facts, &mark);
		if (!mark.stream)
			return;
		tree_print_mark(mark.stream, &step);
		end_mark(facts, &mark, tree_mark_tone(&step));
	}
}

/* Where the facts of an item begin. */
static void place_facts(struct facts *facts, const struct tree_item *item)
{
	struct text *text = facts->text;

	facts->column = text->name + text->kind;
	if (item->what == TREE_DEVICE)
		facts->column += text->state;
	if (!text->width || facts->column + FACTS_MIN <= text->width)
		return;
	/* Below the name. */
	facts->is_folded = true;
	facts->column = STEP;
	for (const struct trunk *at = facts->trunk->outer; at; at = at->outer)
		facts->column += STEP;
}

static void put_facts(struct text *text, const struct tree_item *item,
		      const struct trunk *after)
{
	const struct trunk stem = { after, item->below != NULL };
	struct facts facts = { text, &stem, .is_first = true };
	char *words = NULL;
	size_t size;
	FILE *stream = open_memstream(&words, &size);

	if (!stream) {
		text->lacks_memory = true;
		return;
	}
	place_facts(&facts, item);
	tree_print_facts(stream, text->tree, item);
	if (fclose(stream) != 0)
		text->lacks_memory = true;
	else
		put_fact_parts(&facts, words);
	free(words);
	if (tree_is_home(text->tree, item)) {
		put_findings(&facts, item->device);
		put_trace(&facts, item->device);
	}
}

/* --- items ---------------------------------------------------------------- */

/* "after": the lines that pass it on the left below it. */
static void print_item(struct text *text, const struct tree_item *item,
		       const struct trunk *trunk, const char *branch,
		       const struct trunk *after)
{
	char name[TREE_NAME_SIZE], kind[TREE_KIND_SIZE];
	enum tree_tone tone;
	const char *state = tree_state(item, &tone);

	tree_name(item, name);
	tree_kind(item, kind);
	put_trunk(text, trunk);
	put_text(text, branch);
	put_text(text, name);
	go_to(text, text->name);
	put_text(text, kind);
	if (*state) {
		go_to(text, text->name + text->kind);
		put_toned(text, tone, state, strlen(state));
	}
	put_facts(text, item, after);
	end_line(text);
}

static void print_above(struct text *text, const struct tree_item *item,
			const struct trunk *trunk)
{
	const struct trunk open = { trunk, true };

	for (const struct tree_item *one = item->above; one; one = one->next) {
		bool is_first = one == item->above;
		const struct trunk before = { trunk, !is_first };

		print_above(text, one, &before);
		print_item(text, one, trunk,
			   is_first ? text->lines->first : text->lines->middle,
			   &open);
	}
}

static void print_below(struct text *text, const struct tree_item *item,
			const struct trunk *trunk)
{
	const struct trunk open = { trunk, true };

	for (const struct tree_item *one = item->below; one; one = one->next) {
		const struct trunk after = { trunk, one->next != NULL };

		print_above(text, one, &open);
		print_item(text, one, trunk,
			   one->next ? text->lines->middle : text->lines->last,
			   &after);
		print_below(text, one, &after);
	}
}

/* --- columns -------------------------------------------------------------- */

static void widen(size_t *width, size_t to)
{
	if (*width < to)
		*width = to;
}

static void measure(struct text *text, const struct tree_item *item,
		    size_t depth)
{
	char name[TREE_NAME_SIZE], kind[TREE_KIND_SIZE];
	enum tree_tone tone;

	for (; item; item = item->next) {
		tree_name(item, name);
		tree_kind(item, kind);
		widen(&text->name,
		      depth * STEP + out_width(name, strlen(name)) + 2);
		widen(&text->kind, out_width(kind, strlen(kind)) + 2);
		widen(&text->state, strlen(tree_state(item, &tone)) + 2);
		measure(text, item->above, depth + 1);
		measure(text, item->below, depth + 1);
	}
}

static void print_root(struct text *text, const struct tree_item *root)
{
	struct tree_item alone = *root;

	alone.next = NULL;
	text->name = text->kind = text->state = 0;
	measure(text, &alone, 0);
	print_above(text, root, NULL);
	print_item(text, root, NULL, "", NULL);
	print_below(text, root, NULL);
}

bool tree_print_text(const struct tree *tree)
{
	struct text text = {
		.tree = tree,
		.lines = choose_lines(),
		.is_coloured = terminal_has_colours(),
		.width = terminal_width(),
	};

	out_table();
	for (const struct tree_item *root = tree->roots; root;
	     root = root->next) {
		print_root(&text, root);
		if (root->next)
			putchar('\n');
	}
	return !text.lacks_memory;
}
