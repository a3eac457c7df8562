/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about statistics, and the table of counters; no I/O. */

#ifndef VBR_WIRE_STATS_H
#define VBR_WIRE_STATS_H

#include <stddef.h>
#include <stdint.h>

#include "vbridge.h"
#include "wire/message.h"

struct request;

#define STATS_GROUPS 4

/* Defines the counter of vbridge.h. */
struct vbr_counter {
	const char *name;
	uint8_t at; /* in the kernel's struct, which has 64-bit counters */
	const char *help;
};

/* NULL beyond the end. */
const struct vbr_counter *counter_at(enum vbr_stats_group group, size_t i);
/* The group of a row of the table. */
enum vbr_stats_group counter_group(const struct vbr_counter *counter);

/* The counters of one group of a device, or of one of its VLANs. */
struct stats_part {
	enum vbr_stats_group group;
	unsigned int vlan; /* 0: none */
	const void *counters;
	size_t count;
};

/* What is left to read of a message about a device. */
struct stats_reader {
	int index;
	struct attr_span attrs, of_bridge;
};

/* -ENOMSG: not about statistics; -EBADMSG: malformed. */
int stats_parse(const struct nlmsghdr *msg, struct stats_reader *ret_reader);

/* Takes the next part. 1: there is one; 0: none is left; -EBADMSG. */
int stats_take(struct stats_reader *reader, struct stats_part *ret_part);

/* The statistics of a device (0: of all), with those of groups that only
 * bridges have if "groups" has such a bit, 1 << enum vbr_stats_group. */
void stats_request(struct request *req, int index, unsigned int groups);

#endif
