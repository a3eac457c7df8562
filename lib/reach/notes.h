/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Notes of a result, besides its frames and changes. */

#ifndef VBR_REACH_NOTES_H
#define VBR_REACH_NOTES_H

struct search_result;
struct talk_result;
struct trace_snapshot;
struct vbr_reach;

/* Notes what the model does not know about these frames. */
void note_talk(const struct talk_result *talk, struct vbr_reach *reach);
/*
 * The same for the frames of the result; also notes where the result may
 * mislead.
 */
void note_limits(const struct trace_snapshot *snapshot,
		 struct vbr_reach *reach);
/* Notes the side effects of the changes, or why there are none. */
void note_changes(const struct trace_snapshot *snapshot,
		  const struct search_result *search, struct vbr_reach *reach);
/* The VLANs in which the host would need VLAN devices. */
void note_host_devices(const struct trace_snapshot *snapshot,
		       struct vbr_reach *reach);
/* One of them is on another bridge. */
void note_elsewhere(const char *word, const char *bridge,
		    struct vbr_reach *reach);

#endif
