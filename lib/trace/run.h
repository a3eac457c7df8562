/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame on its way, and what all stages of it share. */

#ifndef VBR_TRACE_RUN_H
#define VBR_TRACE_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"
#include "trace/result.h"
#include "trace/snapshot.h"

#define ETHERTYPE_IPV4 0x0800
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_RARP 0x8035
#define ETHERTYPE_IPV6 0x86dd

/* A frame on its way. */
struct trace_run {
	const struct trace_snapshot *snapshot;
	struct vbr_trace *trace;
	const struct trace_port *in; /* NULL: from the host */
	uint8_t src[6], dst[6];
	bool has_group, has_source;
	struct address group, source;
	unsigned int type;
	int tag; /* the VLAN in the frame's tag; -1: none */
	unsigned int tag_protocol;
	size_t len; /* without the tag; 0: unknown */

	/* Since the ingress: */
	unsigned int vlan;   /* 0: the bridge does not filter */
	int inner;	     /* the tag after that of the VLAN; -1: none */
	bool only_learns;    /* it ends after learning */
	bool is_on_port;     /* the sender is on the port "in" from now on */
	const char *refusal; /* the last step that refused a port */
	bool has_left;	     /* through a port at least */
};

bool mac_is_group(const uint8_t mac[6]);
bool mac_is_all(const uint8_t mac[6], uint8_t byte);

/* A step; the option may be NULL. */
#define run_step(run, name, device, verdict, option, ...) \
	result_step((run)->trace, \
		    &(const struct vbr_trace_step){ \
			    (name), (device), (verdict), NULL, (option) }, \
		    __VA_ARGS__)

/* The row of a VLAN; NULL: not a member of it. */
const struct trace_vlan *trace_vlan_of(const struct trace_port *port,
				       unsigned int vlan);
/* 0: there is none. */
unsigned int trace_pvid_of(const struct trace_port *port);
const struct trace_fdb *trace_fdb_of(const struct trace_snapshot *snapshot,
				     const uint8_t mac[6], unsigned int vlan);
const char *trace_state_name(unsigned int state);

const struct trace_port *trace_port_of(const struct trace_snapshot *snapshot,
				       int index);

#endif
