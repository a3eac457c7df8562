/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* show: the VLAN devices, their flags and maps. */

#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/out.h"
#include "vbridge.h"
#include "vconfig.h"

static const struct {
	enum vbr_vlan_flag flag;
	char name[16];
} flag_names[] = {
	{ VBR_VLAN_REORDER_HDR, "REORDER_HDR" },
	{ VBR_VLAN_GVRP, "GVRP" },
	{ VBR_VLAN_LOOSE_BINDING, "LOOSE_BINDING" },
	{ VBR_VLAN_MVRP, "MVRP" },
	{ VBR_VLAN_BRIDGE_BINDING, "BRIDGE_BINDING" },
};

static void print_flags(const struct vbr_vlan *vlan)
{
	const char *between = "";
	uint32_t flags = 0;

	vbr_vlan_flags(vlan, &flags);
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]);
	     i++) {
		if (!(flags & flag_names[i].flag))
			continue;
		printf("%s%s", between, flag_names[i].name);
		between = ",";
	}
	if (!*between)
		putchar('-');
}

typedef bool pair_fn(const struct vbr_vlan *vlan, size_t i, uint32_t *ret_from,
		     uint32_t *ret_to);

static void print_map(const struct vbr_vlan *vlan, const char *label,
		      pair_fn *pair_at)
{
	uint32_t from, to;

	for (size_t i = 0; pair_at(vlan, i, &from, &to); i++)
		printf("%s%" PRIu32 ":%" PRIu32, i ? "," : label, from, to);
}

static void print_vlan(struct cli *cli, const struct vbr_vlan *vlan)
{
	uint64_t vid = 0, protocol = 0;
	char parent[VBR_NAME_SIZE];

	vbr_vlan_value(vlan, "id", &vid);
	vbr_vlan_value(vlan, "protocol", &protocol);
	out_name(stdout, vbr_vlan_name(vlan));
	printf("\t%" PRIu64 "\t", vid);
	if (vbr_link_name(cli->ctx, vbr_vlan_parent_index(vlan), parent) == 0)
		out_name(stdout, parent);
	else
		putchar('-');
	printf("\t%s\t", protocol == VBR_VLAN_8021AD ? "802.1ad" : "802.1Q");
	print_flags(vlan);
	print_map(vlan, "\tingress ", vbr_vlan_ingress_at);
	print_map(vlan, "\tegress ", vbr_vlan_egress_at);
	putchar('\n');
}

static void print_header(void)
{
	puts("VLAN device\tVID\ton\tprotocol\tflags and maps");
}

static int show_all(struct cli *cli)
{
	struct vbr_vlans *vlans;
	int rc = vbr_vlan_list(cli->ctx, NULL, &vlans);

	if (rc < 0)
		return refuse(cli);
	if (vbr_vlans_count(vlans))
		print_header();
	for (size_t i = 0; i < vbr_vlans_count(vlans); i++)
		print_vlan(cli, vbr_vlans_at(vlans, i));
	vbr_vlans_free(vlans);
	return EXIT_SUCCESS;
}

int cmd_show(struct cli *cli, const struct call *call)
{
	struct vbr_vlan *vlan;
	int rc;

	if (call->argc == 0)
		return show_all(cli);
	rc = vbr_vlan_get(cli->ctx, call->argv[0], &vlan);
	if (rc < 0)
		return refuse(cli);
	print_header();
	print_vlan(cli, vlan);
	vbr_vlan_free(vlan);
	return EXIT_SUCCESS;
}
