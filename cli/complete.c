/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Completes words: walks the usage of a command, and prints the words that may
 * come next. */

#include "config.h"

#include "cli/complete.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "vbridge.h"

/* --- candidates ----------------------------------------------------------- */

/* Compares only the name of NAME=VALUE. */
static bool is_given(const struct complete *complete, const char *text)
{
	size_t len = strcspn(text, "=");

	for (int i = complete->repeated; i < complete->count; i++) {
		const char *word = complete->words[i];

		if (strncmp(word, text, len) == 0 &&
		    (word[len] == '\0' || word[len] == '='))
			return true;
	}
	return false;
}

void complete_word(const struct complete *complete, const char *text)
{
	size_t len = strlen(complete->word);

	if (strncmp(text, complete->word, len) == 0 &&
	    !is_given(complete, text))
		puts(text);
}

static bool is_plain(const char *name)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,@%+=";
	char shown[VBR_NAME_TEXT_SIZE];

	for (const char *at = name; *at; at++)
		if ((unsigned char)*at < 0x80 && !strchr(plain, *at))
			return false;
	return *name && *name != '-' &&
	       vbr_format_name(name, shown, sizeof(shown)) < sizeof(shown) &&
	       strcmp(shown, name) == 0;
}

void complete_name(const struct complete *complete, const char *before,
		   const char *name)
{
	char text[2 * VBR_NAME_TEXT_SIZE];

	if (is_plain(name) && (size_t)snprintf(text, sizeof(text), "%s%s",
					       before, name) < sizeof(text))
		complete_word(complete, text);
}

void complete_netns(const struct complete *complete, const char *before)
{
	DIR *folder = opendir("/run/netns");
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			complete_name(complete, before, entry->d_name);
	if (folder)
		closedir(folder);
}

bool complete_connect(const struct complete *complete)
{
	return cli_connect(complete->cli) == 0;
}

struct device_query {
	const struct complete *complete;
	bool free_ones;
};

static int offer_device(const char *name, int index, bool is_free, void *data)
{
	const struct device_query *query = data;

	/* Index 1 is the loopback device of every namespace. */
	if (query->free_ones ? is_free : index != 1)
		complete_name(query->complete, "", name);
	return 0;
}

void complete_devices(const struct complete *complete, bool free_ones)
{
	struct device_query query = { complete, free_ones };

	if (complete_connect(complete))
		vbr_link_foreach(complete->cli->ctx, offer_device, &query);
}

void complete_silently(void)
{
	if (!freopen("/dev/null", "w", stderr))
		setvbuf(stderr, NULL, _IOFBF, 0);
}

/* --- the usage ------------------------------------------------------------ */

/* A part of a text, which is not NUL-terminated. */
struct piece {
	const char *at;
	size_t len;
};

/* An element of a usage: "<bridge>", "{on|off}", "[vlan <vid>]". */
struct element {
	struct piece first, second; /* second.len 0: there is none */
	bool is_optional;
	bool repeats;
};

static size_t blanks(struct piece text)
{
	size_t i = 0;

	while (i < text.len && text.at[i] == ' ')
		i++;
	return i;
}

static struct piece rest(struct piece text, size_t taken)
{
	return (struct piece){ text.at + taken, text.len - taken };
}

static struct piece take_piece(struct piece *text)
{
	struct piece piece = rest(*text, blanks(*text));
	size_t i = 0;

	while (i < piece.len && piece.at[i] != ' ')
		i++;
	*text = rest(piece, i);
	piece.len = i;
	return piece;
}

static bool is_dots(struct piece piece)
{
	return piece.len == 3 && memcmp(piece.at, "...", 3) == 0;
}

/* The length up to the bracket that closes the first one. */
static size_t bracketed(struct piece text)
{
	int depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		depth += (text.at[i] == '[') - (text.at[i] == ']');
		if (depth == 0)
			return i + 1;
	}
	return text.len;
}

static void take_dots(struct piece *text, struct element *element)
{
	struct piece after = *text;

	element->repeats = is_dots(take_piece(&after));
	if (element->repeats)
		*text = after;
}

static bool take_element(struct piece *text, struct element *ret_element)
{
	struct element element = { 0 };
	struct piece inner;
	size_t len;

	*text = rest(*text, blanks(*text));
	if (text->len == 0)
		return false;
	if (text->at[0] != '[') {
		element.first = take_piece(text);
		take_dots(text, &element);
	} else {
		len = bracketed(*text);
		inner = (struct piece){ text->at + 1, len - 2 };
		*text = rest(*text, len);
		element.is_optional = true;
		element.first = take_piece(&inner);
		take_dots(&inner, &element);
		element.second = take_piece(&inner);
	}
	*ret_element = element;
	return true;
}

/* --- words of the usage --------------------------------------------------- */

/* "<bridge>" or "DEVICE": a placeholder, not a literal word. */
static bool is_kind(struct piece piece)
{
	return piece.at[0] == '<' || (piece.at[0] >= 'A' && piece.at[0] <= 'Z');
}

/* Takes one word of "{on|off}", "pvid" or "a|b"; "[no]a" stands for two
 * words. */
static bool take_literal(struct piece *piece, char *ret_text, size_t size)
{
	size_t len = 0;

	while (piece->len && strchr("{}|", piece->at[0]))
		*piece = rest(*piece, 1);
	while (len < piece->len && !strchr("{}|", piece->at[len]))
		len++;
	if (len == 0 || len >= size)
		return false;
	memcpy(ret_text, piece->at, len);
	ret_text[len] = '\0';
	*piece = rest(*piece, len);
	return true;
}

typedef bool literal_fn(const struct complete *complete, const char *text,
			const char *word);

static bool offers(const struct complete *complete, const char *text,
		   const char *word)
{
	(void)word;
	complete_word(complete, text);
	return false;
}

static bool equals(const struct complete *complete, const char *text,
		   const char *word)
{
	(void)complete;
	return strcmp(text, word) == 0;
}

/* Calls the function for each word until it returns true; whether it did. */
static bool each_literal(const struct complete *complete, struct piece piece,
			 literal_fn *function, const char *word)
{
	static const char no[] = "[no]";
	char text[24];

	while (take_literal(&piece, text, sizeof(text))) {
		char *tail = text;

		if (strncmp(text, no, strlen(no)) == 0) {
			tail = text + strlen(no);
			tail[-2] = 'n';
			tail[-1] = 'o';
			if (function(complete, tail - 2, word))
				return true;
		}
		if (function(complete, tail, word))
			return true;
	}
	return false;
}

static void offer(const struct complete *complete, struct piece piece)
{
	char kind[24];

	if (!is_kind(piece)) {
		each_literal(complete, piece, offers, NULL);
	} else if (piece.len < sizeof(kind)) {
		memcpy(kind, piece.at, piece.len);
		kind[piece.len] = '\0';
		complete->offer(complete, kind);
	}
}

static bool is_word_of(const struct complete *complete, struct piece piece,
		       int i)
{
	return !is_kind(piece) &&
	       each_literal(complete, piece, equals, complete->words[i]);
}

/* --- the walk ------------------------------------------------------------- */

/* No command has more optional elements. */
#define OPTIONS_MAX 24

/* The optional elements. Some start with a keyword, the others are taken in
 * order; each is used once, unless it repeats. */
struct options {
	struct element elements[OPTIONS_MAX];
	size_t count;
	bool used[OPTIONS_MAX];
};

static struct element *find_option(const struct complete *complete,
				   struct options *options, int i)
{
	struct element *element = NULL;

	for (size_t k = 0; k < options->count; k++) {
		element = &options->elements[k];
		if (!is_word_of(complete, element->first, i))
			continue;
		options->used[k] = true;
		return element;
	}
	for (size_t k = 0; k < options->count; k++) {
		element = &options->elements[k];
		if (options->used[k] || !is_kind(element->first))
			continue;
		options->used[k] = !element->repeats;
		return element;
	}
	return NULL;
}

static void walk_options(struct complete *complete, struct options *options,
			 int i)
{
	complete->repeated = i;
	while (i < complete->count) {
		const struct element *element = find_option(complete, options,
							    i++);

		if (!element || element->second.len == 0)
			continue;
		if (i++ < complete->count)
			continue;
		complete->repeated = complete->count;
		offer(complete, element->second);
		return;
	}
	for (size_t k = 0; k < options->count; k++)
		if (!options->used[k])
			offer(complete, options->elements[k].first);
}

/* "<setting> ... {on|off}": a word of the next element ends the repetition. */
static int walk_row(struct complete *complete, const struct element *element,
		    struct piece text, int i)
{
	struct element next = { 0 };
	int first = i;
	bool has_next = take_element(&text, &next) && !next.is_optional;

	while (i < complete->count && (i == first || !has_next ||
				       !is_word_of(complete, next.first, i)))
		i++;
	if (i < complete->count)
		return i;
	complete->repeated = first;
	offer(complete, element->first);
	if (has_next && i > first)
		offer(complete, next.first);
	return -1;
}

void complete_arguments(struct complete *complete, const char *usage)
{
	struct piece text = { usage, strlen(usage) };
	struct options options = { .count = 0 };
	struct element element;
	int i = 0;

	complete->repeated = complete->count;
	while (take_element(&text, &element)) {
		element.repeats |= complete->is_endless && text.len == 0;
		if (element.is_optional) {
			if (options.count < OPTIONS_MAX)
				options.elements[options.count++] = element;
		} else if (element.repeats) {
			i = walk_row(complete, &element, text, i);
		} else if (i++ == complete->count) {
			offer(complete, element.first);
			i = -1;
		}
		if (i < 0)
			return;
	}
	walk_options(complete, &options, i);
}
