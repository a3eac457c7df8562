/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Whole requests as bytes, written by hand for a little-endian machine: no
 * library makes the expected side. */

#include "unit.h"

#include <endian.h>
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "base/vids.h"
#include "wire/fdb.h"
#include "wire/mdb-request.h"
#include "wire/option.h"
#include "wire/port-vlan.h"
#include "wire/request.h"
#include "wire/vni.h"

#define VALUE(scope, name, value) \
	{ \
		option_find((scope), (name)), (value) \
	}

static void vlan_add(struct request *req)
{
	request_vlan_add(req,
			 &(struct vlan_request){ 3, "eth0.100", 100, 0x8100 });
}

static void bridge_set(struct request *req)
{
	const struct option_value values[] = {
		VALUE(VBR_SCOPE_BRIDGE, "forward_delay", 400),
		VALUE(VBR_SCOPE_BRIDGE, "stp_state", 1),
		VALUE(VBR_SCOPE_BRIDGE, "priority", 4096),
		VALUE(VBR_SCOPE_BRIDGE, "mcast_vlan_snooping", 1),
	};
	size_t bad;

	request_bridge_set(req, "br0", values, COUNT(values), &bad);
}

static void port_set(struct request *req)
{
	const struct option_value values[] = {
		VALUE(VBR_SCOPE_PORT, "path_cost", 100),
		VALUE(VBR_SCOPE_PORT, "hairpin_mode", 1),
	};
	size_t bad;

	request_port_set(req, 8, values, COUNT(values), &bad);
}

static void mdb_add(struct request *req)
{
	const struct address group = { ADDRESS_IPV4, { 239, 1, 2, 3 } };
	const struct address source = { ADDRESS_IPV4, { 192, 0, 2, 1 } };

	mdb_request_add(req, &(struct mdb_change){ .bridge = 7,
						   .port = 8,
						   .group = &group,
						   .source = &source,
						   .vlan = 10,
						   .is_permanent = true });
}

static void fdb_add(struct request *req)
{
	fdb_request_add(req, &(struct fdb_change){ .bridge = 7,
						   .device = 8,
						   .mac = { 2, 0, 0, 0, 0, 1 },
						   .vlan = 10,
						   .state = NUD_NOARP,
						   .mode = NLM_F_CREATE |
							   NLM_F_EXCL });
}

static void fdb_flush(struct request *req)
{
	fdb_request_flush(req, &(struct fdb_flush){ .device = 7,
						    .port = 8,
						    .vlan = 5,
						    .state_mask = NUD_NOARP |
								  NUD_PERMANENT,
						    .flags = NTF_SELF,
						    .flags_mask = NTF_SELF });
}

/* To 10.0.0.1, UDP port 5000, in VNI 77. */
static void fdb_add_remote(struct request *req)
{
	fdb_request_add(req, &(struct fdb_change){
				     .device = 8,
				     .is_self = true,
				     .mac = { 2, 0, 0, 0, 0, 1 },
				     .state = NUD_NOARP | NUD_REACHABLE,
				     .mode = NLM_F_CREATE | NLM_F_APPEND,
				     .remote = { .has_dst = true,
						 .has_vni = true,
						 .dst = { ADDRESS_IPV4,
							  { 10, 0, 0, 1 } },
						 .port = 5000,
						 .vni = 77 } });
}

static void fdb_add_notify(struct request *req)
{
	fdb_request_add(req, &(struct fdb_change){ .device = 8,
						   .mac = { 2, 0, 0, 0, 0, 1 },
						   .state = NUD_NOARP,
						   .mode = NLM_F_REPLACE,
						   .has_notify = true,
						   .notify = 1,
						   .keeps_times = true });
}

static void vni_add(struct request *req)
{
	vni_request_add(req, &(struct vbr_vni){ .device = 8,
						.first = 100,
						.last = 105,
						.has_group = true,
						.group = { ADDRESS_IPV4,
							   { 10, 0, 0, 9 } } });
}

static void link_by_index(struct request *req)
{
	request_link(req, "if:7");
}

static void link_by_name(struct request *req)
{
	request_link(req, "br0");
}

static void links_of_kind(struct request *req)
{
	request_links_of_kind(req, "bridge");
}

static void fdb(struct request *req)
{
	request_fdb(req, 7);
}

static void ports(struct request *req)
{
	request_ports(req, 7);
}

static void port_vlans(struct request *req)
{
	port_vlan_request(&req->head, sizeof(*req), PORT_VLAN_PLAIN, 0);
}

static void port_vlan_statistics(struct request *req)
{
	port_vlan_request(&req->head, sizeof(*req), PORT_VLAN_STATISTICS, 8);
}

/* VLANs 5 and 10 to 20. The buffer is zeroed. */
static struct port_vlan_change start_change(struct request *req,
					    struct vbr_vids *vids)
{
	memset(req, 0, sizeof(*req));
	memset(vids, 0, sizeof(*vids));
	vids_add(vids, 5);
	for (unsigned int vid = 10; vid <= 20; vid++)
		vids_add(vids, vid);
	return (struct port_vlan_change){ .device = 8, .vids = vids };
}

static void port_vlan_add(struct request *req)
{
	struct vbr_vids vids;
	struct port_vlan_change change = start_change(req, &vids);

	change.flags = BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED;
	port_vlan_put_vlans(&req->head, sizeof(*req), RTM_SETLINK, &change);
}

static void port_vlan_tunnels(struct request *req)
{
	struct vbr_vids vids;
	struct port_vlan_change change = start_change(req, &vids);

	port_vlan_put_tunnels(&req->head, sizeof(*req), RTM_SETLINK, &change,
			      1000);
}

static void port_vlan_options(struct request *req)
{
	const struct option_value value = VALUE(VBR_SCOPE_PORT_VLAN, "state",
						2);
	struct vbr_vids vids;
	struct port_vlan_change change = start_change(req, &vids);
	size_t bad;

	port_vlan_put_options(&req->head, sizeof(*req), VBR_SCOPE_PORT_VLAN,
			      &change, &value, 1, &bad);
}

/* In hexadecimal, with a blank after four bytes. */
static const struct {
	void (*build)(struct request *req);
	const char *name, *bytes;
} requests[] = {
	{ vlan_add, "vlan add",
	  "5c000000 10000506 00000000 00000000 "
	  "00000000 00000000 00000000 00000000 "
	  "0d000300 65746830 2e313030 00000000 "
	  "08000500 03000000 24001280 09000100 "
	  "766c616e 00000000 14000280 06000100 "
	  "64000000 06000500 81000000 " },
	{ bridge_set, "bridge set",
	  "60000000 10000500 00000000 00000000 "
	  "00000000 00000000 00000000 00000000 "
	  "08000300 62723000 38001280 0b000100 "
	  "62726964 67650000 28000280 08000100 "
	  "90010000 08000500 01000000 06000600 "
	  "00100000 0c002e00 02000000 02000000 " },
	{ port_set, "port set",
	  "34000000 13000500 00000000 00000000 "
	  "07000000 08000000 00000000 00000000 "
	  "14000c80 08000300 64000000 05000400 "
	  "01000000 " },
	{ mdb_add, "mdb add",
	  "44000000 54000506 00000000 00000000 "
	  "07000000 07000000 20000100 08000000 "
	  "01000a00 ef010203 00000000 00000000 "
	  "00000000 08000000 0c000280 08000100 "
	  "c0000201 " },
	{ fdb_add, "fdb add",
	  "30000000 1c000506 00000000 00000000 "
	  "07000000 08000000 40000400 0a000200 "
	  "02000000 00010000 06000500 0a000000 " },
	{ fdb_flush, "fdb flush",
	  "3c000000 1d000502 00000000 00000000 "
	  "07000000 07000000 00000200 08000800 "
	  "08000000 06000500 05000000 06001000 "
	  "c0000000 05001100 02000000 " },
	{ fdb_add_remote, "fdb add remote",
	  "40000000 1c00050c 00000000 00000000 "
	  "07000000 08000000 42000200 0a000200 "
	  "02000000 00010000 08000100 0a000001 "
	  "06000600 13880000 08000700 4d000000 " },
	{ fdb_add_notify, "fdb add notify",
	  "38000000 1c000501 00000000 00000000 "
	  "07000000 08000000 40000400 0a000200 "
	  "02000000 00010000 10000e80 05000100 "
	  "01000000 04000200 " },
	{ vni_add, "vni add",
	  "34000000 78000500 00000000 00000000 "
	  "07000000 08000000 1c000180 08000100 "
	  "64000000 08000200 69000000 08000300 "
	  "0a000009 " },
	{ link_by_index, "link by index",
	  "28000000 12000100 00000000 00000000 "
	  "00000000 07000000 00000000 00000000 "
	  "08001d00 08000000 " },
	{ link_by_name, "link by name",
	  "30000000 12000100 00000000 00000000 "
	  "00000000 00000000 00000000 00000000 "
	  "08000300 62723000 08001d00 08000000 " },
	{ links_of_kind, "links of kind",
	  "38000000 12000103 00000000 00000000 "
	  "00000000 00000000 00000000 00000000 "
	  "08001d00 08000000 10001280 0b000100 "
	  "62726964 67650000 " },
	{ fdb, "fdb",
	  "24000000 1e000103 00000000 00000000 "
	  "07000000 00000000 00000000 08000900 "
	  "07000000 " },
	{ ports, "ports",
	  "30000000 12000103 00000000 00000000 "
	  "00000000 00000000 00000000 00000000 "
	  "08001d00 08000000 08000a00 07000000 " },
	{ mdb_request_list, "mdb request list",
	  "18000000 56000103 00000000 00000000 "
	  "07000000 00000000 " },
	{ port_vlans, "port vlans",
	  "28000000 12000103 00000000 00000000 "
	  "07000000 00000000 00000000 00000000 "
	  "08001d00 0c000000 " },
	{ port_vlan_statistics, "port vlan statistics",
	  "20000000 72000103 00000000 00000000 "
	  "07000000 08000000 08000100 01000000 " },
	{ port_vlan_add, "port vlan add",
	  "3c000000 13000500 00000000 00000000 "
	  "07000000 08000000 00000000 00000000 "
	  "1c001a80 08000200 06000500 08000200 "
	  "0e000a00 08000200 16001400 " },
	{ port_vlan_tunnels, "port vlan tunnels",
	  "78000000 13000500 00000000 00000000 "
	  "07000000 08000000 00000000 00000000 "
	  "58001a80 1c000380 08000100 e8030000 "
	  "06000200 05000000 06000300 00000000 "
	  "1c000380 08000100 e9030000 06000200 "
	  "0a000000 06000300 08000000 1c000380 "
	  "08000100 f3030000 06000200 14000000 "
	  "06000300 10000000 " },
	{ port_vlan_options, "port vlan options",
	  "48000000 70000500 00000000 00000000 "
	  "07000000 08000000 14000180 08000100 "
	  "40000500 05000300 02000000 1c000180 "
	  "08000100 40000a00 06000200 14000000 "
	  "05000300 02000000 " },
};

/* Padding is zero, whatever was in the buffer before. */
static void same_bytes(void **state)
{
	(void)state;
	if (BYTE_ORDER != LITTLE_ENDIAN) {
		print_message("the bytes are those of a little-endian host\n");
		skip();
	}
	for (size_t i = 0; i < COUNT(requests); i++) {
		struct request req;
		const unsigned char *bytes = (const void *)&req;
		char text[3 * REQUEST_SIZE], *at = text;

		memset(&req, 0xee, sizeof(req));
		requests[i].build(&req);
		assert_in_range(req.head.nlmsg_len, 16, 256);
		for (uint32_t k = 0; k < req.head.nlmsg_len; k++)
			at += sprintf(at, "%02x%s", bytes[k],
				      k % 4 == 3 ? " " : "");
		check(strcmp(text, requests[i].bytes) == 0, "%s: %s",
		      requests[i].name, text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("requests have not changed by a byte", same_bytes),
	};

	return run_all(tests);
}
