/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Notes to the caller of a move. */

#ifndef VBR_IP_NOTE_H
#define VBR_IP_NOTE_H

#include "vbridge.h"

struct move;

void note(const struct move *move, enum vbr_move_note kind, const char *text);
/* A sentence, translated, with up to two words, which may contain any bytes. */
void note_words(const struct move *move, enum vbr_move_note kind,
		const char *format, const char *word, const char *other)
	__attribute__((format(printf, 3, 0)));

#endif
