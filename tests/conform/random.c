/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Writes random sequences as text of a .steps file, so that each can be kept
 * and repeated. The same seed and number always give the same sequence.
 */
#include <stdio.h>
#include <string.h>

#include "conform.h"

/* A possible word, its weight, and the rule by which ours refuses it, or
 * NULL. */
struct choice {
	const char *word;
	unsigned int weight;
	const char *rule;
};

struct draw {
	uint64_t state;
	struct words words;
	const char *rule;
	bool member;
};

static const struct choice bridge[] = {
	{ "br0", 45, NULL },
	{ "br1", 25, NULL },
	{ "br2", 10, NULL },
	{ "br3", 5, NULL },
	{ "nope", 4, NULL },
	{ "lo", 2, NULL },
	{ "v0", 2, NULL },
	{ "", 1, NULL },
	{ "..", 1, NULL },
	{ "a b", 1, NULL },
	{ "a/b", 1, NULL },
	{ "br0 ", 1, NULL },
	{ "BR0", 1, NULL },
	{ "averyveryverylongname", 1, NULL },
	{ 0 },
};

static const struct choice new_bridge[] = {
	{ "br0", 45, NULL },
	{ "br1", 25, NULL },
	{ "br2", 12, NULL },
	{ "br3", 6, NULL },
	{ "br%d", 1, NULL },
	{ "a:b", 1, NULL },
	{ "%s", 1, NULL },
	{ "all", 1, NULL },
	{ "lo", 1, NULL },
	{ "", 1, NULL },
	{ ".", 1, NULL },
	{ "v1", 1, NULL },
	{ "abcdefghijklmno", 1, NULL },
	{ "br\303\244", 1, NULL },
	{ "averyveryverylongname", 1, "name-too-long" },
	{ "a\033[31mb", 1, "control-bytes" },
	{ 0 },
};

static const struct choice port[] = {
	{ "v0", 30, NULL },
	{ "v1", 25, NULL },
	{ "v2", 15, NULL },
	{ "w0", 12, NULL },
	{ "v3", 6, NULL },
	{ "nope", 3, NULL },
	{ "lo", 2, NULL },
	{ "br1", 2, NULL },
	{ "br0", 1, NULL },
	{ "", 1, NULL },
	{ "v0 ", 1, NULL },
	{ "a/b", 1, NULL },
	{ "averyveryverylongname", 1, NULL },
	{ 0 },
};

static const struct choice word_on[] = {
	{ "on", 30, NULL }, { "off", 30, NULL }, { "yes", 5, NULL },
	{ "no", 5, NULL },  { "1", 5, NULL },	 { "0", 5, NULL },
	{ "On", 1, NULL },  { "true", 1, NULL }, { "", 1, NULL },
	{ "2", 1, NULL },   { "on ", 1, NULL },	 { 0 },
};

static const struct choice ageing[] = {
	{ "300", 10, NULL },
	{ "0", 10, NULL },
	{ "10", 5, NULL },
	{ "5.99", 5, NULL },
	{ "1e3", 5, NULL },
	{ "0x10", 3, NULL },
	{ "010", 3, NULL },
	{ ".5", 3, NULL },
	{ "5.", 3, NULL },
	{ "+7", 2, NULL },
	{ " 8", 2, NULL },
	{ "1000000", 3, NULL },
	{ "x", 2, NULL },
	{ "", 2, NULL },
	{ " ", 1, NULL },
	{ "4x", 2, "number-garbage" },
	{ "1,5", 2, "number-garbage" },
	{ "nan", 1, "time-range" },
	{ "inf", 1, "time-range" },
	{ "1e300", 1, "time-range" },
	{ "99999999", 2, "time-range" },
	{ "-5", 2, "negative" },
	{ 0 },
};

static const struct choice delay[] = {
	{ "0", 8, NULL },	 { "2", 10, NULL },
	{ "4", 10, NULL },	 { "15", 10, NULL },
	{ "30", 10, NULL },	 { "1", 5, NULL },
	{ "31", 5, NULL },	 { "1.99", 3, NULL },
	{ "30.01", 3, NULL },	 { "100", 3, NULL },
	{ "0x4", 2, NULL },	 { "", 1, NULL },
	{ "fast", 2, NULL },	 { "4s", 2, "number-garbage" },
	{ "-1", 1, "negative" }, { 0 },
};

static const struct choice hello[] = {
	{ "1", 10, NULL },
	{ "2", 10, NULL },
	{ "10", 10, NULL },
	{ "1.5", 5, NULL },
	{ "0", 5, NULL },
	{ "11", 5, NULL },
	{ "0.99", 3, NULL },
	{ "10.01", 3, NULL },
	{ "x", 2, NULL },
	{ "2;", 1, "number-garbage" },
	{ 0 },
};

static const struct choice max_age[] = {
	{ "6", 10, NULL },
	{ "20", 10, NULL },
	{ "40", 10, NULL },
	{ "5", 5, NULL },
	{ "41", 5, NULL },
	{ "5.99", 3, NULL },
	{ "40.01", 3, NULL },
	{ "12.5", 5, NULL },
	{ "old", 2, NULL },
	{ "20sec", 1, "number-garbage" },
	{ 0 },
};

static const struct choice bridge_prio[] = {
	{ "0", 8, NULL },
	{ "1", 5, NULL },
	{ "4096", 10, NULL },
	{ "32768", 10, NULL },
	{ "65535", 8, NULL },
	{ "0x1000", 5, NULL },
	{ "010", 3, NULL },
	{ " 5", 1, NULL },
	{ "5 ", 1, NULL },
	{ "+5", 1, NULL },
	{ "", 1, NULL },
	{ "high", 2, NULL },
	{ "65536", 3, "number-range" },
	{ "99999", 1, "number-range" },
	{ "10x", 2, "number-garbage" },
	{ "1.5", 1, "number-garbage" },
	{ "-1", 1, "negative" },
	{ 0 },
};

static const struct choice cost[] = {
	{ "1", 8, NULL },
	{ "2", 8, NULL },
	{ "100", 10, NULL },
	{ "65535", 8, NULL },
	{ "0", 4, NULL },
	{ "65536", 4, NULL },
	{ "1000000", 3, NULL },
	{ "0xff", 3, NULL },
	{ "017", 3, NULL },
	{ "", 1, NULL },
	{ "cheap", 2, NULL },
	{ "5 ", 1, NULL },
	{ "7x", 2, "number-garbage" },
	{ "1.5", 1, "number-garbage" },
	{ 0 },
};

static const struct choice port_prio[] = {
	{ "0", 8, NULL },
	{ "16", 8, NULL },
	{ "32", 8, NULL },
	{ "63", 8, NULL },
	{ "64", 4, NULL },
	{ "255", 3, NULL },
	{ "300", 3, NULL },
	{ "0x20", 3, NULL },
	{ "", 1, NULL },
	{ "low", 2, NULL },
	{ "9x", 2, "number-garbage" },
	{ 0 },
};

static const struct choice mac[] = {
	{ "02:aa:00:00:00:01", 3, NULL },
	{ "02:aa:00:00:00:02", 2, NULL },
	{ "02:00:00:00:00:01", 1, NULL },
	{ "fe:ff:ff:ff:ff:fe", 1, NULL },
	{ 0 },
};

static const struct choice entry_kind[] = {
	{ "static", 2, NULL },
	{ "local", 2, NULL },
	{ "dynamic", 2, NULL },
	{ 0 },
};

static const struct choice odd[] = {
	{ "-x", 3, NULL },	 { "--foo", 2, NULL },	    { "--", 2, NULL },
	{ "7", 1, NULL },	 { "xyzzy", 2, NULL },	    { "", 1, NULL },
	{ "--help=1", 1, NULL }, { "frobnicate", 1, NULL }, { 0 },
};

/* The choices for each letter in the pattern of a command. */
static const struct {
	char letter;
	const struct choice *choice;
} letter[] = {
	{ 'b', bridge },     { 'B', new_bridge }, { 'p', port },
	{ 'o', word_on },    { 'a', ageing },	  { 'f', delay },
	{ 'h', hello },	     { 'x', max_age },	  { 'i', bridge_prio },
	{ 'c', cost },	     { 'q', port_prio },  { 'm', mac },
	{ 'k', entry_kind }, { '?', odd },
};

/* P is one to three ports, S any number of bridges. */
static const struct {
	const char *word;
	const char *pattern;
	unsigned int weight;
	unsigned int first; /* the weight at the start of a sequence */
	bool member;
} command[] = {
	{ "addbr", "B", 10, 40, false },
	{ "delbr", "b", 5, 0, false },
	{ "addif", "bP", 16, 25, false },
	{ "delif", "bP", 8, 0, false },
	{ "hairpin", "bpo", 6, 0, true },
	{ "setageing", "ba", 5, 0, false },
	{ "setbridgeprio", "bi", 6, 2, false },
	{ "setfd", "bf", 6, 2, false },
	{ "sethello", "bh", 4, 0, false },
	{ "setmaxage", "bx", 4, 0, false },
	{ "setpathcost", "bpc", 6, 0, true },
	{ "setportprio", "bpq", 6, 0, true },
	{ "show", "S", 7, 2, false },
	{ "showmacs", "b", 8, 2, false },
	{ "showstp", "b", 10, 2, false },
	{ "stp", "bo", 7, 8, false },
	{ NULL, "?", 3, 2, false },
};

/* Steps that are not brctl; each may fail, if it fails in both. */
static const struct {
	const char *word;
	const char *pattern;
	unsigned int weight;
} env[] = {
	{ "up", "p", 10 },	{ "up", "b", 12 },     { "down", "p", 4 },
	{ "down", "b", 4 },	{ "mac", "pm", 2 },    { "mac", "bm", 1 },
	{ "nomaster", "p", 2 }, { "master", "pb", 2 },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* splitmix64 */
static uint64_t draw_bits(struct draw *draw)
{
	uint64_t z = draw->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static unsigned int draw_below(struct draw *draw, unsigned int limit)
{
	return (unsigned int)(draw_bits(draw) % limit);
}

static const struct choice *draw_choice(struct draw *draw,
					const struct choice *choice)
{
	unsigned int sum = 0, at;

	for (const struct choice *c = choice; c->word; c++)
		sum += c->weight;
	if (!sum)
		die("a choice of nothing");
	at = draw_below(draw, sum);
	while (at >= choice->weight)
		at -= choice++->weight;
	return choice;
}

static void draw_letter(struct draw *draw, char what)
{
	for (size_t i = 0; i < COUNT(letter); i++) {
		const struct choice *choice;

		if (letter[i].letter != what)
			continue;
		choice = draw_choice(draw, letter[i].choice);
		words_add(&draw->words, choice->word);
		if (choice->rule)
			draw->rule = choice->rule;
	}
}

static void draw_pattern(struct draw *draw, const char *pattern)
{
	for (; *pattern; pattern++) {
		unsigned int count = 1;
		char what = *pattern;

		if (what == 'P') {
			count = 1 + (draw_below(draw, 4) == 0) +
				(draw_below(draw, 6) == 0);
			what = 'p';
		} else if (what == 'S') {
			count = draw_below(draw, 4);
			what = 'b';
		}
		while (count--)
			draw_letter(draw, what);
	}
}

static void word_drop(struct words *words)
{
	if (words->count > 1) {
		struct words kept = { 0 };

		for (size_t i = 0; i + 1 < words->count; i++)
			words_add(&kept, words->word[i]);
		words_free(words);
		*words = kept;
	}
}

/* Sometimes a word is missing, or there is one word or option too many. */
static void draw_twist(struct draw *draw)
{
	unsigned int which = draw_below(draw, 100);

	if (draw->rule)
		return;
	if (which < 4)
		word_drop(&draw->words);
	else if (which < 7)
		words_add(&draw->words, "extra");
	else if (which < 9)
		words_add(&draw->words, "--");
	else if (which < 12 && !draw->member)
		draw_letter(draw, '?');
}

static void draw_brctl(struct draw *draw, bool first)
{
	unsigned int sum = 0, at;
	size_t i = 0;

	for (size_t j = 0; j < COUNT(command); j++)
		sum += first ? command[j].first : command[j].weight;
	at = draw_below(draw, sum);
	while (at >= (first ? command[i].first : command[i].weight)) {
		at -= first ? command[i].first : command[i].weight;
		i++;
	}
	words_add(&draw->words, "brctl");
	if (command[i].word)
		words_add(&draw->words, command[i].word);
	draw->member = command[i].member;
	draw_pattern(draw, command[i].pattern);
	draw_twist(draw);
}

/*
 * The destination of a frame is the MAC address of the port that receives it.
 * The bridge learns the sender, but does not flood the frame, so that it cannot
 * loop.
 */
static void draw_frame(struct draw *draw)
{
	static const char *const pinned[] = {
		"02:00:00:00:00:10",
		"02:00:00:00:00:11",
		"02:00:00:00:00:12",
		"02:00:00:00:00:13",
	};
	char name[] = "w0";
	unsigned int which = draw_below(draw, COUNT(pinned));

	name[1] = (char)('0' + which);
	words_add(&draw->words, "frame");
	words_add(&draw->words, name);
	draw_letter(draw, 'm');
	words_add(&draw->words, pinned[which]);
}

static void draw_entry(struct draw *draw)
{
	words_add(&draw->words, "fdb");
	words_add(&draw->words, draw_below(draw, 4) ? "add" : "del");
	draw_letter(draw, 'p');
	draw_letter(draw, 'm');
	draw_letter(draw, 'k');
}

static void draw_env(struct draw *draw)
{
	unsigned int at = draw_below(draw, 48);
	size_t i = 0;

	words_add(&draw->words, "try");
	if (at >= 42) {
		draw_entry(draw);
		return;
	}
	while (i < COUNT(env) && at >= env[i].weight)
		at -= env[i++].weight;
	if (i == COUNT(env)) {
		draw_frame(draw);
		return;
	}
	words_add(&draw->words, env[i].word);
	draw_pattern(draw, env[i].pattern);
}

static void draw_write(struct draw *draw, struct text *steps)
{
	if (draw->rule)
		text_printf(steps, "refuses(%s) ", draw->rule);
	if (draw->member)
		text_printf(steps, "member ");
	for (size_t i = 0; i < draw->words.count; i++) {
		if (i)
			text_add(steps, " ", 1);
		text_quote(steps, draw->words.word[i]);
	}
	text_add(steps, "\n", 1);
	words_free(&draw->words);
	draw->rule = NULL;
	draw->member = false;
}

/* Four pairs. Only one of their peers may join a bridge: see draw_frame(). */
static void preamble(struct text *steps)
{
	for (int i = 0; i < 4; i++)
		text_printf(steps,
			    "veth v%d w%d 02:00:00:00:00:1%d "
			    "02:00:00:00:00:2%d\nup w%d\n",
			    i, i, i, i, i);
	text_printf(steps, "up v0 v1\n");
}

void sequence_write(struct text *ret_steps, uint64_t seed, unsigned int number,
		    unsigned int steps)
{
	struct draw draw = { .state = seed ^
				      (number + 1) * 0xd1342543de82ef95u };

	text_printf(ret_steps, "test sequence %u of seed 0x%llx\n", number,
		    (unsigned long long)seed);
	preamble(ret_steps);
	for (unsigned int i = 0; i < steps; i++) {
		if (i >= 2 && !draw_below(&draw, 4))
			draw_env(&draw);
		else
			draw_brctl(&draw, i < 4);
		draw_write(&draw, ret_steps);
	}
}
