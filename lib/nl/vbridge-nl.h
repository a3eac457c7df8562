/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/**
 * @file vbridge-nl.h
 * libvbridge-nl joins libvbridge to libnl (libnl-3 and libnl-route-3, 3.7 or
 * later): for programs that already have libnl's sockets, caches and cache
 * managers.
 *
 * **What libnl keeps.** Of what the kernel tells, libnl keeps a part. A
 * snapshot that was made of a link of libnl's has that part: what is missing
 * reads as -ENODATA, as it does when a kernel did not send it.
 *
 * - Of a bridge: its name, its index and whether it is up; no option.
 * - Of a port: its name and index and its bridge's; and, where libnl has the
 *   link as AF_BRIDGE tells it, the options state, priority, path_cost,
 *   hairpin_mode, bpdu_guard, root_block, multicast_fast_leave, unicast_flood
 *   and learning.
 * - Of a VLAN device: all.
 * - Of an FDB entry: all but its times, and the flag VBR_FDB_LOCKED.
 * - Of a member of a group: its port, VLAN and address, and whether it was made
 *   by hand; no source, no timer.
 *
 * Multicast routers and the VLANs of ports are not told: see vbr_watch_new(),
 * which tells all.
 *
 * **A cache manager** tells all of that from the beginning by
 *
 *     nl_cache_alloc_name("route/link", &cache);
 *     nl_cache_set_flags(cache, NL_CACHE_AF_ITER);
 *     nl_cache_mngr_add_cache_v2(manager, cache, changed, data);
 *     for (object = nl_cache_get_first(cache); object;
 *          object = nl_cache_get_next(object))
 *             vbr_nl_emit(object, NL_ACT_NEW, function, data);
 *
 * where changed() calls vbr_nl_emit_change(); and likewise by "route/neigh" and
 * "route/mdb".
 *
 * **Errors, ownership and threads** are as vbridge.h says. libnl's objects stay
 * the caller's, and are not changed. libnl's own errors become errnos: -ENOMEM,
 * or, where it refuses what it gave, -EPROTO.
 */

#ifndef VBRIDGE_NL_H
#define VBRIDGE_NL_H

#include "vbridge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is declared here is what the library exports. */
#pragma GCC visibility push(default)

/**
 * @defgroup vbr_nl Contexts, links and events of libnl's
 * What programs that use libnl-3 call, by libvbridge-nl.
 * @{
 */

struct nl_object;
struct nl_sock;
struct rtnl_link;

/**
 * Opens a context on a socket of libnl's, as vbr_ctx_new_fd() does: libnl and
 * the context may use it in turn. libnl's sequence numbers, buffers and
 * callbacks are not touched.
 * @param sock connected to NETLINK_ROUTE; it stays the caller's, who frees it
 * after the context. A cache manager's socket is none of these, for it is a
 * member of multicast groups.
 * @param ret_ctx the context, with one reference: vbr_ctx_unref().
 * @return 0, or a negative errno: -EINVAL (NULL), -EBADF (not connected),
 * -EPROTOTYPE (connected, but not to NETLINK_ROUTE), -EBUSY (a member of
 * multicast groups), -ENOMEM (out of memory), -ENOPROTOOPT (a kernel before
 * Linux 4.2, which does not say whether it is).
 * Since: 0.1
 */
int vbr_nl_ctx_new(struct nl_sock *sock, struct vbr_ctx **ret_ctx);

/**
 * Takes a snapshot of a bridge from a link of libnl's.
 * @param link from a cache or an event; of AF_UNSPEC, or what AF_BRIDGE tells
 * of the bridge itself.
 * @param ret_bridge the snapshot: vbr_bridge_free().
 * @return 0, or a negative errno: -EINVAL (NULL), -EOPNOTSUPP (it is no
 * bridge), -EBADMSG (it has no name or no index, or they are none that a device
 * can have), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_bridge_from_link(struct rtnl_link *link,
			    struct vbr_bridge **ret_bridge);

/**
 * Takes a snapshot of a port from a link of libnl's.
 * @param link from a cache or an event. Options are in one of AF_BRIDGE; for
 * one of AF_UNSPEC, which has none, they are looked for in the cache that it is
 * in. A cache with NL_CACHE_AF_ITER holds both.
 * @param ret_port the snapshot: vbr_port_free().
 * @return 0, or a negative errno: -EINVAL, -EBADMSG and -ENOMEM as
 * vbr_nl_bridge_from_link(), -ENODATA (it is no port; nor is one of AF_BRIDGE
 * without a path cost, of which not the bridge told, but the device's driver),
 * -E2BIG (a VLAN device, too, and as vbr_nl_vlan_from_link() has it).
 * Since: 0.1
 */
int vbr_nl_port_from_link(struct rtnl_link *link, struct vbr_port **ret_port);

/**
 * Takes a snapshot of a VLAN device from a link of libnl's.
 * @param link from a cache or an event; of AF_UNSPEC, for AF_BRIDGE does not
 * tell of VLAN devices.
 * @param ret_vlan the snapshot: vbr_vlan_free().
 * @return 0, or a negative errno: -EINVAL (NULL, or it is no VLAN device),
 * -EBADMSG as vbr_nl_bridge_from_link(), -E2BIG (a map of more pairs than the
 * kernel could tell), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_vlan_from_link(struct rtnl_link *link, struct vbr_vlan **ret_vlan);

/**
 * Makes a link of libnl's from a bridge: one of kind "bridge", with its name
 * and index, and IFF_UP as the bridge has it.
 * @param ret_link the link, with one reference: rtnl_link_put().
 * @return 0, or a negative errno: -EINVAL (NULL), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_link_from_bridge(const struct vbr_bridge *bridge,
			    struct rtnl_link **ret_link);

/**
 * Makes a link of libnl's from a port, with its name, its index and the
 * bridge's as its master: of AF_BRIDGE, with the options that libnl has setters
 * for; or, from a snapshot that has no path cost, and so was taken from no such
 * link, of AF_UNSPEC, a slave of kind "bridge", and without options.
 * @param ret_link the link, with one reference: rtnl_link_put().
 * @return 0, or a negative errno: -EINVAL (NULL), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_link_from_port(const struct vbr_port *port,
			  struct rtnl_link **ret_link);

/**
 * Makes a link of libnl's from a VLAN device: one of kind "vlan", with its name
 * and index, its parent's, IFF_UP as the device has it, and all options. To
 * make another device of it, rtnl_link_add() wants another index, or none, 0;
 * of the maps, it sends what later kernels pass over (seen with libnl 3.7 on
 * Linux 6.1).
 * @param ret_link the link, with one reference: rtnl_link_put().
 * @return 0, or a negative errno: -EINVAL (NULL), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_link_from_vlan(const struct vbr_vlan *vlan,
			  struct rtnl_link **ret_link);

/**
 * Tells what an object of libnl's is, as a watch's events: for a cache
 * manager's change callback (change_func_t), whose "object" and "action" it
 * takes; and for what is in a cache already, with NL_ACT_NEW. It tells of
 *
 * - bridges, ports and VLAN devices, by caches of "route/link",
 * - FDB entries of bridges, by caches of "route/neigh",
 * - members of multicast groups, by caches of "route/mdb": those of VXLAN
 *   devices, too, as vbr_event_read() does,
 *
 * and passes over all else that is in there, and objects of other caches.
 * Without NL_CACHE_AF_ITER, a cache of links has ports' options, and one of
 * neighbours has FDB entries, only from their first change on.
 *
 * A manager calls back when what libnl keeps has changed; other changes it does
 * not notice, nor that events were lost. To this callback it does not say
 * which bridge a port has left, where the cache never had it of AF_BRIDGE, and
 * not which members have left a group: vbr_nl_emit_change() tells both.
 * @param object of one of these caches.
 * @param action NL_ACT_NEW, NL_ACT_CHANGE, or NL_ACT_DEL: it is gone.
 * @param function called for each event; within, the caches may be read.
 * @return 0 when all was told, what the callback returned, if not 0, or a
 * negative errno: -EINVAL (NULL, or another action), -EBADMSG (an object that
 * lacks what such objects have), -E2BIG as vbr_nl_vlan_from_link(), -ENOMEM
 * (out of memory).
 * Since: 0.1
 */
int vbr_nl_emit(struct nl_object *object, int action, vbr_event_fn function,
		void *data);

/**
 * The same, for the callback that is told what there was before
 * (change_func_v2_t, nl_cache_mngr_add_cache_v2()), whose objects and action it
 * takes. It also tells of ports that have left a bridge, or went to another,
 * and of members that have left their groups, as gone. What has gone may be
 * told twice.
 * @param before NULL, where the action is NL_ACT_NEW.
 * @param after NULL, where it is NL_ACT_DEL.
 * @return as vbr_nl_emit(); also -EINVAL (one object is a link, say, and the
 * other is not).
 * Since: 0.1
 */
int vbr_nl_emit_change(struct nl_object *before, struct nl_object *after,
		       int action, vbr_event_fn function, void *data);

/** @} */

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
