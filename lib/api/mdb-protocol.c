/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The names of the protocols that add members to multicast groups. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "vbridge.h"

/* RTPROT_* */
static const struct {
	uint8_t number;
	char name[11];
} protocols[] = {
	{ 1, "redirect" },  { 2, "kernel" },   { 3, "boot" },
	{ 4, "static" },    { 8, "gated" },    { 9, "ra" },
	{ 10, "mrt" },	    { 11, "zebra" },   { 12, "bird" },
	{ 13, "dnrouted" }, { 14, "xorp" },    { 15, "ntk" },
	{ 16, "dhcp" },	    { 17, "mrouted" }, { 18, "keepalived" },
	{ 42, "babel" },    { 84, "ovn" },     { 99, "openr" },
	{ 186, "bgp" },	    { 187, "isis" },   { 188, "ospf" },
	{ 189, "rip" },	    { 192, "eigrp" },
};

#define PROTOCOLS (sizeof(protocols) / sizeof(protocols[0]))

int vbr_mdb_parse_protocol(const char *text, unsigned int *ret_protocol)
{
	uint64_t number;

	for (size_t i = 0; i < PROTOCOLS; i++) {
		if (strcmp(protocols[i].name, text) == 0) {
			*ret_protocol = protocols[i].number;
			return 0;
		}
	}
	if (vbr_parse_number(text, UINT8_MAX, &number) < 0)
		return -EINVAL;
	*ret_protocol = (unsigned int)number;
	return 0;
}

void vbr_mdb_format_protocol(unsigned int protocol, char *ret_text)
{
	for (size_t i = 0; i < PROTOCOLS; i++) {
		if (protocols[i].number == protocol) {
			strcpy(ret_text, protocols[i].name);
			return;
		}
	}
	snprintf(ret_text, VBR_PROTOCOL_TEXT_SIZE, "%u", protocol);
}
