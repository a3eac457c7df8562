/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds the result, and has the functions with which programs read it. */

#include "config.h"

#include "reach/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vbridge.h"

/* --- functions for this layer --------------------------------------------- */

const char *reach_keep(struct vbr_reach *reach, const char *text)
{
	const char *copy = arena_text(&reach->arena, text);

	if (!copy)
		reach->is_short = true;
	return copy;
}

static void add_line(struct vbr_reach *reach, struct lines *lines,
		     const char *line)
{
	const char **list = array_grow(lines->list, sizeof(*list), lines->count,
				       &lines->room);

	if (!list) {
		reach->is_short = true;
		return;
	}
	lines->list = list;
	list[lines->count++] = reach_keep(reach, line);
}

void reach_add_change(struct vbr_reach *reach, const char *line)
{
	add_line(reach, &reach->changes, line);
}

/* The same note may apply to several frames. */
void reach_add_note(struct vbr_reach *reach, const char *format, ...)
{
	char text[512];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	for (size_t i = 0; i < reach->notes.count && !reach->is_short; i++)
		if (strcmp(reach->notes.list[i], text) == 0)
			return;
	add_line(reach, &reach->notes, text);
}

/* --- for programs --------------------------------------------------------- */

void vbr_reach_free(struct vbr_reach *reach)
{
	if (!reach)
		return;
	talk_result_drop(&reach->talk);
	free(reach->changes.list);
	free(reach->notes.list);
	arena_free(&reach->arena);
	free(reach);
}

bool vbr_reach_works(const struct vbr_reach *reach)
{
	return reach->works;
}

unsigned int vbr_reach_vlan(const struct vbr_reach *reach)
{
	return reach->stations.vlan;
}

const char *vbr_reach_port(const struct vbr_reach *reach, size_t end)
{
	return end < 2 ? reach->ports[end] : NULL;
}

const uint8_t *vbr_reach_mac(const struct vbr_reach *reach, size_t end,
			     bool *ret_is_known)
{
	if (end >= 2)
		return NULL;
	*ret_is_known = reach->stations.ends[end].has_mac;
	return reach->stations.ends[end].mac;
}

int vbr_reach_tag(const struct vbr_reach *reach, size_t end)
{
	return end < 2 ? reach->stations.ends[end].sends : -1;
}

bool vbr_reach_frame_at(const struct vbr_reach *reach, size_t i,
			size_t *ret_from, bool *ret_is_broadcast,
			bool *ret_arrives)
{
	if (i >= TALK_FRAMES || !reach->talk.frames[i].trace)
		return false;
	*ret_from = (size_t)talk_sender((int)i);
	*ret_is_broadcast = talk_is_broadcast((int)i);
	*ret_arrives = reach->talk.frames[i].arrives;
	return true;
}

const struct vbr_trace_step *vbr_reach_stop(const struct vbr_reach *reach,
					    size_t i)
{
	return i < TALK_FRAMES ? reach->talk.frames[i].stop : NULL;
}

const char *vbr_reach_change_at(const struct vbr_reach *reach, size_t i)
{
	return i < reach->changes.count ? reach->changes.list[i] : NULL;
}

size_t vbr_reach_ties(const struct vbr_reach *reach)
{
	return reach->ties;
}

const char *vbr_reach_note_at(const struct vbr_reach *reach, size_t i)
{
	return i < reach->notes.count ? reach->notes.list[i] : NULL;
}
