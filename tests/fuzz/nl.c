/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Fuzzes libvbridge-nl with objects that libnl makes from any message. */

#include "unit/unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/cache.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/link.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "fuzz/kernel.h"
#include "fuzz/touch.h"
#include "nl/vbridge-nl.h"

static const char *const types[] = { "route/link", "route/neigh", "route/mdb" };

/* libnl crashes on links of kind "vlan" without data, and on statistics without
 * data of other kinds. It also reads beyond the kind of a slave if it has no
 * NUL. No kernel sends these. */
static bool libnl_can_parse(struct nlmsghdr *msg)
{
	static struct nla_policy policy[IFLA_INFO_MAX + 1] = {
		[IFLA_INFO_KIND] = { .type = NLA_STRING },
		[IFLA_INFO_SLAVE_KIND] = { .type = NLA_STRING },
	};
	struct nlattr *attrs[IFLA_MAX + 1], *info[IFLA_INFO_MAX + 1];

	if (msg->nlmsg_type != RTM_NEWLINK && msg->nlmsg_type != RTM_DELLINK)
		return true;
	if (!nlmsg_valid_hdr(msg, sizeof(struct ifinfomsg)) ||
	    nlmsg_parse(msg, sizeof(struct ifinfomsg), attrs, IFLA_MAX, NULL) <
		    0)
		return false;
	if (!attrs[IFLA_LINKINFO])
		return true;
	if (nla_parse_nested(info, IFLA_INFO_MAX, attrs[IFLA_LINKINFO],
			     policy) < 0)
		return false;
	if (!info[IFLA_INFO_KIND] || info[IFLA_INFO_DATA])
		return true;
	return !info[IFLA_INFO_XSTATS] &&
	       strcmp(nla_get_string(info[IFLA_INFO_KIND]), "vlan") != 0;
}

static void add_message(struct nl_cache *const *caches, struct nlmsghdr *msg)
{
	struct nl_msg *copy;

	if (!libnl_can_parse(msg))
		return;
	copy = nlmsg_convert(msg);
	check(copy, "no memory");
	nlmsg_set_proto(copy, NETLINK_ROUTE);
	for (size_t i = 0; i < COUNT(types); i++)
		nl_cache_parse_and_add(caches[i], copy);
	nlmsg_free(copy);
}

/* --- links ---------------------------------------------------------------- */

static void put_back(int rc, struct rtnl_link *link)
{
	check(rc == 0 || rc == -EPROTO, "%d", rc);
	if (rc == 0)
		rtnl_link_put(link);
}

static bool lacks(int rc, const void *output)
{
	check(rc <= 0 && (output == UNTOUCHED) == (rc < 0), "%d, and an output",
	      rc);
	return rc < 0;
}

static void convert_link(struct vbr_ctx *ctx, struct rtnl_link *link)
{
	struct vbr_bridge *bridge = UNTOUCHED;
	struct vbr_port *port = UNTOUCHED;
	struct vbr_vlan *vlan = UNTOUCHED;
	struct rtnl_link *back = NULL;

	if (!lacks(vbr_nl_bridge_from_link(link, &bridge), bridge)) {
		touch_bridge(ctx, bridge);
		put_back(vbr_nl_link_from_bridge(bridge, &back), back);
		vbr_bridge_free(bridge);
	}
	if (!lacks(vbr_nl_port_from_link(link, &port), port)) {
		touch_port(ctx, port);
		put_back(vbr_nl_link_from_port(port, &back), back);
		vbr_port_free(port);
	}
	if (!lacks(vbr_nl_vlan_from_link(link, &vlan), vlan)) {
		touch_vlan(ctx, vlan);
		put_back(vbr_nl_link_from_vlan(vlan, &back), back);
		vbr_vlan_free(vlan);
	}
}

/* --- caches --------------------------------------------------------------- */

static void is_emitted(int rc)
{
	check(rc == 0 || rc == -EBADMSG || rc == -E2BIG || rc == -EINVAL, "%d",
	      rc);
}

static void emit_all(struct vbr_ctx *ctx, struct nl_cache *cache)
{
	struct nl_object *before = NULL, *object;

	for (object = nl_cache_get_first(cache); object;
	     object = nl_cache_get_next(object)) {
		is_emitted(vbr_nl_emit(object, NL_ACT_NEW, touch_event, ctx));
		is_emitted(vbr_nl_emit(object, NL_ACT_DEL, touch_event, ctx));
		is_emitted(vbr_nl_emit_change(before, object, NL_ACT_CHANGE,
					      touch_event, ctx));
		before = object;
	}
}

static void convert_all(struct vbr_ctx *ctx, struct nl_cache *links)
{
	struct nl_object *object;

	for (object = nl_cache_get_first(links); object;
	     object = nl_cache_get_next(object))
		convert_link(ctx, (struct rtnl_link *)object);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct nl_cache *caches[COUNT(types)];
	struct kernel kernel;
	struct vbr_ctx *ctx = kernel_new(&kernel, NULL, 0);
	/* libnl does not change it. */
	struct nlmsghdr *msg = (struct nlmsghdr *)bytes;
	int left = (int)size;

	for (size_t i = 0; i < COUNT(types); i++) {
		check(nl_cache_alloc_name(types[i], &caches[i]) == 0,
		      "no cache of %s", types[i]);
		nl_cache_set_flags(caches[i], NL_CACHE_AF_ITER);
	}
	for (; nlmsg_ok(msg, left); msg = nlmsg_next(msg, &left))
		add_message(caches, msg);
	for (size_t i = 0; i < COUNT(types); i++)
		emit_all(ctx, caches[i]);
	convert_all(ctx, caches[0]);
	for (size_t i = 0; i < COUNT(types); i++)
		nl_cache_free(caches[i]);
	vbr_ctx_unref(ctx);
	return 0;
}
