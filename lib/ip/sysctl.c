/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads, writes and copies the sysctls of a device. */

#include "config.h"

#include "ip/sysctl.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "core/context.h"
#include "wire/reply.h"

#define PATH_SIZE 256
#define VALUE_SIZE 64

/* What a kernel lacks is skipped. The secret comes first: it chooses an
 * addr_gen_mode. Files that only report a value, or show the same value in
 * another unit, are left out. */
static const char ipv6_conf[][36] = {
	"stable_secret",
	"accept_dad",
	"accept_ra_defrtr",
	"accept_ra_from_local",
	"accept_ra_min_hop_limit",
	"accept_ra_min_lft",
	"accept_ra_mtu",
	"accept_ra_pinfo",
	"accept_ra_rt_info_max_plen",
	"accept_ra_rt_info_min_plen",
	"accept_ra_rtr_pref",
	"accept_redirects",
	"accept_source_route",
	"accept_untracked_na",
	"autoconf",
	"dad_transmits",
	"disable_ipv6",
	"disable_policy",
	"drop_unicast_in_l2_multicast",
	"drop_unsolicited_na",
	"enhanced_dad",
	"force_forwarding",
	"force_mld_version",
	"force_tllao",
	"forwarding",
	"hop_limit",
	"ignore_routes_with_linkdown",
	"ioam6_enabled",
	"ioam6_id",
	"ioam6_id_wide",
	"keep_addr_on_down",
	"max_addresses",
	"max_desync_factor",
	"mldv1_unsolicited_report_interval",
	"mldv2_unsolicited_report_interval",
	"ndisc_evict_nocarrier",
	"ndisc_notify",
	"ndisc_tclass",
	"optimistic_dad",
	"proxy_ndp",
	"ra_defrtr_metric",
	"ra_honor_pio_life",
	"ra_honor_pio_pflag",
	"regen_max_retry",
	"regen_min_advance",
	"router_probe_interval",
	"router_solicitation_delay",
	"router_solicitation_interval",
	"router_solicitation_max_interval",
	"router_solicitations",
	"rpl_seg_enabled",
	"seg6_enabled",
	"seg6_require_hmac",
	"suppress_frag_ndisc",
	"temp_prefered_lft",
	"temp_valid_lft",
	"use_oif_addrs_only",
	"use_optimistic",
	"use_tempaddr",
	"",
};

static const char ipv4_conf[][36] = {
	"accept_local",
	"accept_redirects",
	"accept_source_route",
	"arp_accept",
	"arp_announce",
	"arp_evict_nocarrier",
	"arp_filter",
	"arp_ignore",
	"arp_notify",
	"bc_forwarding",
	"bootp_relay",
	"disable_policy",
	"disable_xfrm",
	"drop_gratuitous_arp",
	"drop_unicast_in_l2_multicast",
	"force_igmp_version",
	"forwarding",
	"igmpv2_unsolicited_report_interval",
	"igmpv3_unsolicited_report_interval",
	"ignore_routes_with_linkdown",
	"log_martians",
	"medium_id",
	"promote_secondaries",
	"proxy_arp",
	"proxy_arp_pvlan",
	"route_localnet",
	"rp_filter",
	"secure_redirects",
	"send_redirects",
	"shared_media",
	"src_valid_mark",
	"tag",
	"",
};

static const char neigh[][36] = {
	"anycast_delay",
	"app_solicit",
	"base_reachable_time_ms",
	"delay_first_probe_time",
	"gc_stale_time",
	"interval_probe_time_ms",
	"locktime",
	"mcast_resolicit",
	"mcast_solicit",
	"proxy_delay",
	"proxy_qlen",
	"retrans_time_ms",
	"ucast_solicit",
	"unres_qlen_bytes",
	"",
};

static const struct {
	char folder[12];
	const char (*names)[36];
} folders[] = {
	{ "ipv4/conf", ipv4_conf },
	{ "ipv4/neigh", neigh },
	{ "ipv6/conf", ipv6_conf },
	{ "ipv6/neigh", neigh },
};

static int read_value(struct vbr_ctx *ctx, const char *folder,
		      const char *device, const char *name,
		      char ret_text[VALUE_SIZE])
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "/proc/sys/net/%s/%s/%s", folder, device,
		 name);
	return ctx->transport->read_file(ctx->transport_data, path, ret_text,
					 VALUE_SIZE);
}

static int write_value(struct vbr_ctx *ctx, const char *folder,
		       const char *device, const char *name, const char *text)
{
	struct reply_error refusal = { 0 };
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "/proc/sys/net/%s/%s/%s", folder, device,
		 name);
	refusal.error = ctx->transport->write_file(ctx->transport_data, path,
						   text);
	if (refusal.error == 0)
		return 0;
	context_fail_kernel(ctx, &refusal, NULL);
	context_append(ctx, _("; offending file: %s"), path);
	return refusal.error;
}

static int copy_value(struct vbr_ctx *ctx, const char *folder, const char *name,
		      const char *from, const char *to)
{
	char wanted[VALUE_SIZE], now[VALUE_SIZE];

	/* A secret that is not set cannot be read. */
	if (read_value(ctx, folder, from, name, wanted) < 0)
		return 0;
	if (read_value(ctx, folder, to, name, now) == 0 &&
	    strcmp(now, wanted) == 0)
		return 0;
	return write_value(ctx, folder, to, name, wanted);
}

int sysctl_copy(struct vbr_ctx *ctx, const char *from, const char *to)
{
	int rc = 0;

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		for (size_t k = 0; folders[i].names[k][0] && rc == 0; k++)
			rc = copy_value(ctx, folders[i].folder,
					folders[i].names[k], from, to);
	return rc;
}

int sysctl_read_ipv6(struct vbr_ctx *ctx, const char *device, const char *name,
		     int *ret_value)
{
	char text[VALUE_SIZE];
	uint64_t number;
	int rc = read_value(ctx, "ipv6/conf", device, name, text);

	if (rc < 0)
		return rc;
	text[strcspn(text, "\n")] = '\0';
	if (text[0] == '-') {
		*ret_value = -1;
		return 0;
	}
	rc = num_parse(text, INT32_MAX, &number);
	if (rc == 0)
		*ret_value = (int)number;
	return rc;
}

int sysctl_write_ipv6(struct vbr_ctx *ctx, const char *device, const char *name,
		      int value)
{
	char text[16];

	snprintf(text, sizeof(text), "%d\n", value);
	return write_value(ctx, "ipv6/conf", device, name, text);
}
