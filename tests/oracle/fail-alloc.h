/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Every function of the library, with memory running out. */

#ifndef ORACLE_FAIL_ALLOC_H
#define ORACLE_FAIL_ALLOC_H

#include "oracle/vlans.h"

/* br0 with the ports a and b, which are up; the bridge "old"; c, which is not a
 * port; and old.7, if the kernel has VLANs. */
struct stage {
	struct oracle *o;
	struct vbr_ctx *ctx;   /* for this call only */
	struct vbr_vids *vids; /* 20, 22 and 24 */
	struct vbr_watch *watch;
	struct vbr_guard *guard;
	struct vbr_config *config;
	void *result;
};

/*
 * A call. If it succeeds, "undo" is called. "end" is called in any case. If a
 * call fails but has changed something, the next attempt fails.
 * tests/lint/fail-alloc reads the names and compares them with the exported
 * symbols.
 */
struct row {
	const char *name;
	int (*call)(struct stage *s);
	void (*undo)(struct stage *s);
	void (*ready)(struct stage *s);
	void (*end)(struct stage *s);
	bool is_change;	   /* also tried in a dry run */
	bool takes_none;   /* allocates nothing */
	bool does_without; /* succeeds without some memory */
	int refusal;	   /* the errno with memory; "end" checks that
			    * nothing changed */
};

extern const struct row reading_rows[], changing_rows[], guarding_rows[],
	filtering_rows[], vlan_rows[], vxlan_rows[];

/* A call that must allocate nothing. */
#define QUIET(function, ...) \
	do { \
		fail_alloc_begin(1); \
		(void)function(__VA_ARGS__); \
		check(fail_alloc_end() == 0, #function " allocates"); \
	} while (0)

/* All functions that read a snapshot, or constants. */
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
