/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reports a note to the caller of a move. */

#include "config.h"

#include "ip/note.h"

#include <stdio.h>

#include "base/name.h"
#include "ip/move.h"

#define WORD_SIZE 128
#define NOTE_SIZE 512

void note(const struct move *move, enum vbr_move_note kind, const char *text)
{
	if (move->options && move->options->note)
		move->options->note(move->options->note_data, kind, text);
}

void note_words(const struct move *move, enum vbr_move_note kind,
		const char *format, const char *word, const char *other)
{
	char words[2][WORD_SIZE], text[NOTE_SIZE];

	name_format(word, words[0], sizeof(words[0]));
	name_format(other, words[1], sizeof(words[1]));
	snprintf(text, sizeof(text), format, words[0], words[1]);
	note(move, kind, text);
}
