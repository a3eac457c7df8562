/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Every function of the library, called while memory runs out. */

#ifndef ORACLE_FAIL_ALLOC_H
#define ORACLE_FAIL_ALLOC_H

#include "oracle/vlans.h"

/* br0 with the ports a and b, which are up; the bridge "old", and c, which is
 * free; where the kernel has VLANs, old.7 too. */
struct stage {
	struct oracle *o;
	struct vbr_ctx *ctx;   /* of this call alone */
	struct vbr_vids *vids; /* 20, 22 and 24 */
	struct vbr_watch *watch;
	struct vbr_guard *guard;
	struct vbr_config *config;
	void *result;
};

/*
 * A call. On success it is undone; whether it succeeds or fails, "end" comes
 * after it. A call that fails and yet changed something makes the next attempt
 * fail. Names are those of the map: tests/lint/fail-alloc reads them.
 */
struct row {
	const char *name;
	int (*call)(struct stage *s);
	void (*undo)(struct stage *s);
	void (*ready)(struct stage *s);
	void (*end)(struct stage *s);
	bool is_change;	   /* and has to be tried in a dry run, too */
	bool takes_none;   /* it allocates nothing */
	bool does_without; /* of some of it, and succeeds */
	int refusal;	   /* the kernel's, with memory; "end" sees
					 * that nothing changed */
};

extern const struct row reading_rows[], changing_rows[], guarding_rows[],
	filtering_rows[], vlan_rows[], vxlan_rows[];

/* A call that allocates nothing. */
#define QUIET(function, ...) \
	do { \
		fail_alloc_begin(1); \
		(void)function(__VA_ARGS__); \
		check(fail_alloc_end() == 0, #function " allocates"); \
	} while (0)

/* All that read a snapshot, or nothing at all. */
void quiet_bridges(struct stage *s);
void quiet_findings(struct stage *s);
void quiet_guards(struct stage *s);
void quiet_topology(struct stage *s);
void quiet_options(struct stage *s);
void quiet_fdb(struct stage *s);
void quiet_vnis(struct stage *s);
void quiet_groups(struct stage *s);
void quiet_events(struct stage *s);
void quiet_filters(struct stage *s);
void quiet_vlans(struct stage *s);
void quiet_context(struct stage *s);

#endif
