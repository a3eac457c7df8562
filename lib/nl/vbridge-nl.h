/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/**
 * @file vbridge-nl.h
 * libvbridge-nl connects libvbridge with libnl (libnl-3 and libnl-route-3, 3.7
 * or later). It is for programs that already use libnl's sockets, caches and
 * cache managers.
 *
 * **What libnl stores.** libnl stores only a part of what the kernel sends. A
 * snapshot that is made from a libnl link has only this part. A missing option
 * returns -ENODATA, as if the kernel had not sent it.
 *
 * - Of a bridge: name, index, and whether it is up; no options.
 * - Of a port: its name and index, and the index of its bridge. If libnl has
 *   the AF_BRIDGE link, also the options state, priority, path_cost,
 *   hairpin_mode, bpdu_guard, root_block, multicast_fast_leave, unicast_flood
 *   and learning.
 * - Of a VLAN device: everything.
 * - Of an FDB entry: everything except its times and the flag VBR_FDB_LOCKED.
 * - Of a member of a multicast group: its port, VLAN and address, and whether
 *   it is permanent; no sources, no timer.
 *
 * libnl 3.7 crashes in every function that reads the data of a VLAN device, or
 * that copies or prints it, if the message of the kind "vlan" had no
 * IFLA_INFO_DATA. Nothing in libnl says that it was missing, so libvbridge-nl
 * crashes, too. The kernel always sends it: parse only messages of the kernel.
 *
 * Multicast routers and the VLANs of ports are not reported. vbr_watch_new()
 * reports everything.
 *
 * **A cache manager** reports changes; this code also reports what exists at
 * the start:
 *
 *     nl_cache_alloc_name("route/link", &cache);
 *     nl_cache_set_flags(cache, NL_CACHE_AF_ITER);
 *     nl_cache_mngr_add_cache_v2(manager, cache, changed, data);
 *     for (object = nl_cache_get_first(cache); object;
 *          object = nl_cache_get_next(object))
 *             vbr_nl_emit(object, NL_ACT_NEW, function, data);
 *
 * Here changed() is a function that calls vbr_nl_emit_change(). The same works
 * with "route/neigh" and "route/mdb".
 *
 * **Errors, ownership and threads** are as in vbridge.h. libnl's objects still
 * belong to the caller and are not changed. Errors of libnl become errnos:
 * -ENOMEM, or -EPROTO if libnl refuses data that it has supplied itself.
 */

#ifndef VBRIDGE_NL_H
#define VBRIDGE_NL_H

#include "vbridge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The library exports what is declared from here on. */
#pragma GCC visibility push(default)

/**
 * @defgroup vbr_nl Contexts, links and events of libnl
 * For programs that use libnl-3: contexts on libnl sockets, and conversion of
 * libnl's links and cache objects. Link with libvbridge-nl.
 * @{
 */

struct nl_object;
struct nl_sock;
struct rtnl_link;

/**
 * Opens a context on a libnl socket, as vbr_ctx_new_fd() does. libnl and the
 * context may use the socket in turn. The sequence numbers, buffers and
 * callbacks of libnl are not changed.
 * @param sock a socket that is connected to NETLINK_ROUTE. It still belongs to
 * the caller, who frees it after the context. The socket of a cache manager is
 * not suitable, because it is a member of multicast groups.
 * @param ret_ctx receives the context, with one reference. To drop it, call
 * vbr_ctx_unref().
 * @return 0, or a negative errno: -EINVAL (NULL), -EBADF (not connected),
 * -EPROTOTYPE (connected, but not to NETLINK_ROUTE), -EBUSY (a member of
 * multicast groups), -ENOMEM (out of memory), -ENOPROTOOPT (a kernel before
 * Linux 4.2, which does not report the groups of a socket).
 * Since: 0.1
 */
int vbr_nl_ctx_new(struct nl_sock *sock, struct vbr_ctx **ret_ctx);

/**
 * Makes a snapshot of a bridge from a libnl link.
 * @param link a link from a cache or an event: an AF_UNSPEC link, or the
 * AF_BRIDGE link of the bridge itself.
 * @param ret_bridge receives the snapshot. Free it with vbr_bridge_free().
 * @return 0, or a negative errno: -EINVAL (NULL), -EOPNOTSUPP (not a bridge),
 * -EBADMSG (the name or the index is missing, or is not valid for a device),
 * -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_bridge_from_link(struct rtnl_link *link,
			    struct vbr_bridge **ret_bridge);

/**
 * Makes a snapshot of a port from a libnl link.
 * @param link a link from a cache or an event. An AF_BRIDGE link has the
 * options of the port. An AF_UNSPEC link has none; they are taken from the
 * AF_BRIDGE link in the same cache, if there is one. A cache with
 * NL_CACHE_AF_ITER has both.
 * @param ret_port receives the snapshot. Free it with vbr_port_free().
 * @return 0, or a negative errno: -EINVAL, -EBADMSG and -ENOMEM as
 * vbr_nl_bridge_from_link(), -ENODATA (not a port; an AF_BRIDGE link without a
 * path cost does not count, because the device's driver has sent it and not the
 * bridge), -E2BIG (the port is also a VLAN device with too many pairs, as
 * vbr_nl_vlan_from_link() says).
 * Since: 0.1
 */
int vbr_nl_port_from_link(struct rtnl_link *link, struct vbr_port **ret_port);

/**
 * Makes a snapshot of a VLAN device from a libnl link.
 * @param link an AF_UNSPEC link from a cache or an event; AF_BRIDGE links have
 * no data of VLAN devices.
 * @param ret_vlan receives the snapshot. Free it with vbr_vlan_free().
 * @return 0, or a negative errno: -EINVAL (NULL, or not a VLAN device),
 * -EBADMSG as vbr_nl_bridge_from_link(), -E2BIG (a map with more pairs than the
 * kernel can send), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_vlan_from_link(struct rtnl_link *link, struct vbr_vlan **ret_vlan);

/**
 * Makes a libnl link from a bridge. It has the kind "bridge", and the name, the
 * index and the flag IFF_UP of the bridge.
 * @param ret_link receives the link, with one reference. To drop it, call
 * rtnl_link_put().
 * @return 0, or a negative errno: -EINVAL (NULL), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_link_from_bridge(const struct vbr_bridge *bridge,
			    struct rtnl_link **ret_link);

/**
 * Makes a libnl link from a port. It has the name and the index of the port;
 * its master is the bridge. The link is an AF_BRIDGE link, with the options
 * that libnl can set. If the snapshot has no path cost, it was not made from
 * such a link; then the result is an AF_UNSPEC link of slave kind "bridge",
 * without options.
 * @param ret_link receives the link, with one reference. To drop it, call
 * rtnl_link_put().
 * @return 0, or a negative errno: -EINVAL (NULL), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_link_from_port(const struct vbr_port *port,
			  struct rtnl_link **ret_link);

/**
 * Makes a libnl link from a VLAN device. It has the kind "vlan", the name, the
 * index and the flag IFF_UP of the device, the index of its parent, and all
 * options. To create another device from it with rtnl_link_add(), first set the
 * index to another number or to 0. Later kernels ignore the maps that
 * rtnl_link_add() sends (seen with libnl 3.7 on Linux 6.1).
 * @param ret_link receives the link, with one reference. To drop it, call
 * rtnl_link_put().
 * @return 0, or a negative errno: -EINVAL (NULL), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_nl_link_from_vlan(const struct vbr_vlan *vlan,
			  struct rtnl_link **ret_link);

/**
 * Reports a libnl object as events of a watch. Call it from the change callback
 * of a cache manager (change_func_t), with its "object" and "action"; and with
 * NL_ACT_NEW for objects that are already in a cache. It reports
 *
 * - bridges, ports and VLAN devices, from caches of "route/link",
 * - FDB entries of bridges, from caches of "route/neigh",
 * - members of multicast groups, from caches of "route/mdb"; also those of
 *   VXLAN devices, as vbr_event_read() does.
 *
 * It skips all other objects of these caches, and objects of other caches.
 * Without NL_CACHE_AF_ITER, a cache of links has the options of a port, and a
 * cache of neighbours has an FDB entry, only after its first change.
 *
 * A cache manager calls back only when the data that libnl stores has changed.
 * It does not notice other changes or lost events. This callback does not learn
 * two things: which bridge a port has left, if the cache never had the
 * AF_BRIDGE link of the port; and which members have left a group.
 * vbr_nl_emit_change() reports both.
 * @param object an object of one of these caches.
 * @param action NL_ACT_NEW, NL_ACT_CHANGE, or NL_ACT_DEL, which means that the
 * object is gone.
 * @param function the callback, which is called for each event; it may read the
 * caches.
 * @return 0 when everything is reported, the value of the callback if it is not
 * 0, or a negative errno: -EINVAL (NULL, or another action), -EBADMSG (an
 * object that lacks required data), -E2BIG as vbr_nl_vlan_from_link(), -ENOMEM
 * (out of memory).
 * Since: 0.1
 */
int vbr_nl_emit(struct nl_object *object, int action, vbr_event_fn function,
		void *data);

/**
 * Reports a change of a libnl object as events of a watch. Call it from the
 * change callback that also receives the old object (change_func_v2_t,
 * nl_cache_mngr_add_cache_v2()), with its objects and its action. In addition
 * to the events of vbr_nl_emit(), it reports as gone: ports that have left a
 * bridge or moved to another one, and members that have left their groups. An
 * object that is gone may be reported twice.
 * @param before the old object; NULL if the action is NL_ACT_NEW.
 * @param after the new object; NULL if the action is NL_ACT_DEL.
 * @param action as vbr_nl_emit().
 * @param function as vbr_nl_emit().
 * @return as vbr_nl_emit(); also -EINVAL (two objects of different types, such
 * as a link and a neighbour).
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
