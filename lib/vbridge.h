/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/**
 * @file vbridge.h
 * libvbridge configures the Linux bridge and reads its state.
 *
 * **Handles.** All calls go through a context, struct vbr_ctx: one socket in
 * one network namespace. A context may be used by one thread at a time;
 * different threads use contexts of their own. Nothing is global, nothing is
 * printed, no signal or locale is touched. After fork(), a context and its
 * watches are for one of both processes; the other may give them back, and
 * open its own. Nothing passes to a program that is executed. A context keeps
 * its namespace: it works on when the last process in there has gone, and the
 * name; and when the thread has gone to another (for watches, and what is in
 * files, before Linux 5.14 only if "netns" named it).
 *
 * **Errors.** Functions that can fail return 0, or a negative errno; each
 * says which. On failure nothing is written through "ret_" pointers. Those
 * that take a context leave a sentence about it there: vbr_ctx_error(). Where
 * a call names two devices, -ENODEV is about the port and -ENXIO about the
 * bridge. Beside the errors that a function
 * names, all that talk to the kernel may fail with
 *
 * - -ENOMEM: out of memory;
 * - -ENOBUFS: the kernel dropped its answer, being out of memory itself; a
 *   change may have been made;
 * - -EBADMSG, -EPROTO, -EMSGSIZE: an answer that no known kernel gives;
 * - -EAGAIN: the kernel's tables changed during each of several attempts to
 *   read them;
 * - -EPERM, when they change something: CAP_NET_ADMIN is missing in the user
 *   namespace that owns the context's network namespace;
 * - what else the kernel answers.
 *
 * **Names.** Devices are given by name, at most 15 bytes. A longer or an
 * empty one is the name of no device. An alias of old, "eth0:1", is eth0 for
 * some calls and no device for others: the kernel's ioctls cut it.
 *
 * **Ownership.** What a "ret_" pointer receives belongs to the caller, who
 * frees it with the function that its type names. Snapshots never change;
 * what their accessors return lives as long as they do. All functions that
 * free take NULL. A NULL that is not allowed here, and what was freed, are the
 * caller's mistakes: what comes of them is undefined.
 *
 * **Parameters.** What a function does not say of a parameter stands at the
 * function that it refers to ("as vbr_port_set()"), or is the same everywhere:
 *
 * - ctx: the context;
 * - watch: the watch;
 * - bridge: the bridge's name;
 * - port: the port's name;
 * - vlan: the VLAN device's name;
 * - parent: the name of the device that the VLANs are on;
 * - name: the name;
 * - index: an interface index;
 * - bridge_index: the bridge's interface index;
 * - option: the option's name;
 * - scope: what the option belongs to;
 * - value: the value, as the option's unit has it: enum vbr_option_type;
 * - count: how many of them there are;
 * - i: which one, the first being 0;
 * - mac: a MAC address, 6 bytes;
 * - on: true to set, false to clear;
 * - text: what is read;
 * - size: how many bytes there is room for;
 * - function: is called for each;
 * - data: is handed to the function, and not touched;
 * - ret_: what is asked for.
 *
 * **Times** are in ticks of 1/100 s, as the kernel counts them.
 */

#ifndef VBRIDGE_H
#define VBRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is declared here is what the library exports. */
#pragma GCC visibility push(default)

/** Ticks in a second. @ingroup vbr_option Since: 0.1 */
#define VBR_TICKS_PER_SECOND 100

/** Room for a MAC address as text, its closing NUL included.
 * @ingroup vbr_parse Since: 0.1 */
#define VBR_MAC_TEXT_SIZE 18

/** Room for a bridge id as text, its closing NUL included.
 * @ingroup vbr_parse Since: 0.1 */
#define VBR_ID_TEXT_SIZE 18

/** Room that any device's name needs, as vbr_format_name() writes it, its
 * closing NUL included. @ingroup vbr_parse Since: 0.1 */
#define VBR_NAME_TEXT_SIZE 64

struct vbr_ctx;
struct vbr_event;
struct vbr_option;
struct vbr_bridge;
struct vbr_bridges;
struct vbr_port;
struct vbr_ports;
struct vbr_fdb;
struct vbr_fdb_entry;
struct vbr_port_vlan;
struct vbr_port_vlans;
struct vbr_mdb;
struct vbr_mdb_entry;
struct vbr_mdb_router;
struct vbr_mst;
struct vbr_msts;
struct vbr_vids;
struct vbr_vlan;
struct vbr_vlans;
struct vbr_watch;

/** What an option belongs to. @ingroup vbr_option Since: 0.1 */
enum vbr_scope {
	VBR_SCOPE_BRIDGE,     /**< to a bridge */
	VBR_SCOPE_PORT,	      /**< to a port of a bridge */
	VBR_SCOPE_VLAN,	      /**< to a VLAN device */
	VBR_SCOPE_PORT_VLAN,  /**< to a VLAN of a port */
	VBR_SCOPE_BRIDGE_VLAN /**< to a VLAN of a bridge */
};

/** What an option's value means. @ingroup vbr_option Since: 0.1 */
enum vbr_option_type {
	VBR_OPTION_NUMBER,    /**< a number */
	VBR_OPTION_BOOL,      /**< 0 off, 1 on */
	VBR_OPTION_TICKS,     /**< time, in ticks; as text, in seconds */
	VBR_OPTION_BRIDGE_ID, /**< see vbr_format_id() */
	VBR_OPTION_MAC,	      /**< a MAC address, in the lower 48 bits */
	VBR_OPTION_MASK,      /**< a set of bits; as text, hexadecimal */
	VBR_OPTION_ENUM,      /**< one of vbr_option_words(), 0 the first */
	VBR_OPTION_PROTOCOL,  /**< of tags: VBR_VLAN_8021Q, VBR_VLAN_8021AD */
	VBR_OPTION_DEVICE, /**< an interface index, 0: none; as text, a name */
	VBR_OPTION_IP,	   /**< an IPv4 address; IPv6 as text only */
	VBR_OPTION_MAP,	   /**< pairs of numbers, as text only */
	VBR_OPTION_ACTION  /**< 1: do it */
};

/** An option, and what it shall be. @ingroup vbr_option Since: 0.1 */
struct vbr_setting {
	const char *option; /**< its name */
	uint64_t value;	    /**< what it shall be, as its unit has it */
};

/** What the kernel does with an FDB entry. @ingroup vbr_fdb Since: 0.1 */
enum vbr_fdb_state {
	VBR_FDB_LOCAL,	 /**< the host's own: frames to it go up, not out */
	VBR_FDB_STATIC,	 /**< made by hand, kept until it is deleted */
	VBR_FDB_LEARNED, /**< seen in traffic, forgotten when it ages */
	VBR_FDB_EXPIRED	 /**< aged, unused, and about to be removed */
};

/** What else the kernel knows of an FDB entry. @ingroup vbr_fdb
 * Since: 0.1 */
enum vbr_fdb_flag {
	VBR_FDB_STICKY = 1,    /**< it never moves to another port */
	VBR_FDB_EXTERN = 2,    /**< learned by hardware, or a program */
	VBR_FDB_OFFLOADED = 4, /**< hardware has it, too */
	VBR_FDB_LOCKED = 8,    /**< noted, but not let in: see option mab */
	VBR_FDB_USER = 16      /**< made by hand; vbr_fdb_flush() alone tells */
};

/** All states, for struct vbr_fdb_filter. @ingroup vbr_fdb Since: 0.1 */
#define VBR_FDB_ANY 0x7u

/** Which entries vbr_fdb_flush() is about: those that are all of this. Zeroed:
 * all that were learned. @ingroup vbr_fdb Since: 0.1 */
struct vbr_fdb_filter {
	const char *port;    /**< on this port, or on the bridge itself, where
				 it has the bridge's name; NULL: on any */
	unsigned int vlan;   /**< in this VLAN; 0: in any */
	unsigned int states; /**< a bit for each of enum vbr_fdb_state,
				 1 << VBR_FDB_STATIC; 0: those learned, with
				 which those expired go */
	unsigned int flags;  /**< of enum vbr_fdb_flag, but VBR_FDB_LOCKED */
	unsigned int flags_mask; /**< which flags count; they must be as in
				 flags, the others may be anything */
};

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_ctx Contexts
 * What all calls go through, and what went wrong last.
 * @{
 */

/**
 * The library's version, "0.1.0".
 * @return a constant string.
 * Since: 0.1
 */
const char *vbr_version(void);

/**
 * Opens a context.
 * @param netns the network namespace: NULL for the calling thread's own; a
 * path, if it holds a slash; a name under /run/netns; or, if it is a number
 * and no name there, a process id. To open it, the calling thread visits it
 * for a moment, which takes CAP_SYS_ADMIN and /proc; should the way back fail,
 * the thread stays there, and the error says so.
 * @param ret_ctx the context, with one reference: vbr_ctx_unref().
 * @return 0, or a negative errno: -ENOENT (no such namespace), -EACCES,
 * -EPERM (it may not be entered), -EINVAL (a path that is no namespace),
 * -ENAMETOOLONG, -ENOTDIR, -ELOOP (a path that open(2) refuses),
 * -EMFILE, -ENFILE (too many files are open), -ENOMEM (out of memory),
 * -EPROTONOSUPPORT (no rtnetlink in this kernel).
 * Since: 0.1
 */
int vbr_ctx_new(const char *netns, struct vbr_ctx **ret_ctx);

/**
 * Opens a context on a socket of the caller's: one of rtnetlink (AF_NETLINK,
 * NETLINK_ROUTE), in the network namespace where it was made, which need not
 * be the thread's. Programs that have one spare a second; others are given one
 * by a process that may enter the namespace (SCM_RIGHTS).
 *
 * Calls on the context send requests by it and read their whole answers; in
 * between it is the caller's, with the options that the caller set: those that
 * the library needs are set while it sends. It may be one that does not block:
 * calls wait all the same. When a call begins, no answer may be outstanding:
 * it would be dropped.
 *
 * Where the namespace is another than the thread's, or the kernel cannot tell
 * (before Linux 5.14), watches and all that is in files (bridge-nf, the names
 * of VLAN devices) visit it, as vbr_ctx_new() does; or fail with -EPERM.
 * @param fd stays the caller's, who closes it when the context, and all watches
 * on it, are gone. It must not join multicast groups meanwhile. Calls that
 * change many VLANs get up to 64 answers at once, and fail with -ENOBUFS where
 * its receive buffer (SO_RCVBUF) has no room for them: 32768, libnl's, do.
 * @param ret_ctx the context, with one reference: vbr_ctx_unref().
 * @return 0, or a negative errno: -EBADF, -ENOTSOCK (no socket), -EPROTOTYPE
 * (a socket, but not of rtnetlink), -EISCONN (connected to a process, which
 * would get the requests), -EBUSY (it is a member of multicast groups, whose
 * events would be lost), -ENOMEM, -ENOPROTOOPT (a kernel before Linux 4.2,
 * which does not say whether it is).
 * Since: 0.1
 */
int vbr_ctx_new_fd(int fd, struct vbr_ctx **ret_ctx);

/**
 * Takes one more reference.
 * @return the same context.
 * Since: 0.1
 */
struct vbr_ctx *vbr_ctx_ref(struct vbr_ctx *ctx);

/**
 * Gives a reference back; the last one closes the context. NULL is nothing.
 * @return NULL.
 * Since: 0.1
 */
struct vbr_ctx *vbr_ctx_unref(struct vbr_ctx *ctx);

/**
 * Makes a context one that changes nothing, or one that does again. Calls that
 * change something look at what can be seen without: whether devices are
 * there, and are what they should be, and whether options and values exist;
 * and return what that tells. What only the kernel would refuse, they cannot
 * know.
 * Since: 0.1
 */
void vbr_ctx_set_dry_run(struct vbr_ctx *ctx, bool on);

/**
 * The last error of the context, as a sentence: what was asked, what the
 * kernel answered, in its own words too where it gave some, and the option
 * that it objects to.
 * @return the sentence, which lives until the context's next call; "" when
 * nothing has failed yet.
 * Since: 0.1
 */
const char *vbr_ctx_error(const struct vbr_ctx *ctx);

/**
 * What the kernel answered when the context's last error happened. It may
 * differ from what the function returned, where that tells more.
 * @return a negative errno, or 0 when the library itself refused.
 * Since: 0.1
 */
int vbr_ctx_kernel_errno(const struct vbr_ctx *ctx);

/**
 * The kernel's own words about the last error (its extended ack), control
 * characters escaped.
 * @return the text, which lives until the context's next call, or NULL.
 * Since: 0.1
 */
const char *vbr_ctx_kernel_text(const struct vbr_ctx *ctx);

/**
 * What the kernel objected to in the last request: the name of an option, or
 * a word such as "name".
 * @return a constant string, or NULL.
 * Since: 0.1
 */
const char *vbr_ctx_kernel_attr(const struct vbr_ctx *ctx);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_link Devices
 * Names and indexes of any network devices.
 * @{
 */

/** Room for a device's name as the kernel has it, its closing NUL included.
 * Since: 0.1 */
#define VBR_NAME_SIZE 16

/**
 * The name of the device that has an interface index.
 * @param ret_name VBR_NAME_SIZE bytes.
 * @return 0, or -ENODEV (no device has it in this namespace).
 * Since: 0.1
 */
int vbr_link_name(struct vbr_ctx *ctx, int index, char *ret_name);

/**
 * Sets a device up, or down: bridges, ports and VLAN devices are down when
 * they are made.
 * @param device its name.
 * @param up true for up, false for down.
 * @return 0, also if it is so already, or a negative errno: -ENODEV (no such
 * device), -ENETDOWN (a VLAN device, whose parent is down).
 * Since: 0.1
 */
int vbr_link_set_up(struct vbr_ctx *ctx, const char *device, bool up);

/**
 * Called for a device.
 * @param name bytes as the kernel has them; lives for the length of the call.
 * @param is_free whether it could become a port: Ethernet, neither a bridge
 * nor the loopback device, and without a master.
 * @return 0 to go on; anything else ends the walk, which returns it. A number
 * above 0 is not taken for an error.
 * Since: 0.1
 */
typedef int (*vbr_link_fn)(const char *name, int index, bool is_free,
			   void *data);

/**
 * Walks the devices of the namespace in the kernel's order, without holding
 * them. Calls on the same context are not allowed within the callback, but for
 * vbr_link_name().
 * @return 0, what the callback returned, or a negative errno: -EAGAIN (devices
 * came or went, so that some may have been missed or seen twice).
 * Since: 0.1
 */
int vbr_link_foreach(struct vbr_ctx *ctx, vbr_link_fn function, void *data);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_bridge Bridges
 * Made, deleted, set and read.
 * @{
 */

/**
 * Adds a bridge. It is down, and has no ports. A name with "%d" gets the
 * lowest free number in its place; which, the kernel does not tell.
 * @return 0, or a negative errno: -EEXIST (a device of that name is there),
 * -EINVAL (a name that the kernel forbids: empty, "." or "..", or one with a
 * slash, a colon or a blank), -EILSEQ (a name with control characters),
 * -ENAMETOOLONG (over 15 bytes), -ENOPKG (no bridge support in this kernel).
 * Since: 0.1
 */
int vbr_bridge_add(struct vbr_ctx *ctx, const char *bridge);

/**
 * Deletes a bridge; its ports are released first.
 * @return 0, or a negative errno: -ENODEV (no such device), -EPERM (it is no
 * bridge; then vbr_ctx_kernel_errno() is 0), -EBUSY (it is up).
 * Since: 0.1
 */
int vbr_bridge_del(struct vbr_ctx *ctx, const char *bridge);

/**
 * Sets one option of a bridge.
 * @param option its name: those of VBR_SCOPE_BRIDGE that can be set.
 * @param value the value, as the option's unit has it.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (it
 * is no bridge, or this kernel does not have the option), -ENOENT (no such
 * option), -EACCES (an option that can only be read), -ERANGE (a value that
 * is out of range), -EINVAL (a value that the kernel refuses), -EBUSY (not
 * now, says the kernel).
 * Since: 0.1
 */
int vbr_bridge_set(struct vbr_ctx *ctx, const char *bridge, const char *option,
		   uint64_t value);

/**
 * Sets several options of a bridge in one request: all of them, or none. What
 * a refusal left behind is set back; should that fail, the error says which
 * options may have been changed. An action that was done stays so.
 * @param count at most 64.
 * @return as vbr_bridge_set(); also -EINVAL (an option twice), -E2BIG (none,
 * or too many).
 * Since: 0.1
 */
int vbr_bridge_set_all(struct vbr_ctx *ctx, const char *bridge,
		       const struct vbr_setting *settings, size_t count);

/**
 * Reads one bridge.
 * @param ret_bridge the snapshot: vbr_bridge_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (it
 * is no bridge).
 * Since: 0.1
 */
int vbr_bridge_get(struct vbr_ctx *ctx, const char *bridge,
		   struct vbr_bridge **ret_bridge);

/**
 * Reads all bridges of the namespace.
 * @param ret_bridges the snapshot, ordered by name: vbr_bridges_free().
 * @return 0, or a negative errno.
 * Since: 0.1
 */
int vbr_bridge_list(struct vbr_ctx *ctx, struct vbr_bridges **ret_bridges);

/** How many bridges there are. Since: 0.1 */
size_t vbr_bridges_count(const struct vbr_bridges *bridges);

/**
 * One bridge of many.
 * @return a snapshot that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_bridge *vbr_bridges_at(const struct vbr_bridges *bridges,
					size_t i);

/** Frees what vbr_bridge_list() gave. Since: 0.1 */
void vbr_bridges_free(struct vbr_bridges *bridges);

/**
 * Copies a snapshot: what a list or an event owns, to be kept beyond it.
 * @param ret_bridge the copy: vbr_bridge_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_bridge_dup(const struct vbr_bridge *bridge,
		   struct vbr_bridge **ret_bridge);

/** Frees what vbr_bridge_get() or vbr_bridge_dup() gave. Since: 0.1 */
void vbr_bridge_free(struct vbr_bridge *bridge);

/** The bridge's name: bytes as the kernel has them, for the terminal see
 * vbr_format_name(). Since: 0.1 */
const char *vbr_bridge_name(const struct vbr_bridge *bridge);

/** The bridge's interface index. Since: 0.1 */
int vbr_bridge_index(const struct vbr_bridge *bridge);

/** Whether the bridge was up (IFF_UP). Since: 0.1 */
bool vbr_bridge_is_up(const struct vbr_bridge *bridge);

/**
 * The value of one option.
 * @param option its name: those of VBR_SCOPE_BRIDGE.
 * @return 0, or a negative errno: -ENOENT (no such option), -ENODATA (this
 * kernel did not send it), -EBADMSG (sent, but broken), -EOVERFLOW (no number
 * can hold it: vbr_bridge_text()).
 * Since: 0.1
 */
int vbr_bridge_value(const struct vbr_bridge *bridge, const char *option,
		     uint64_t *ret_value);

/**
 * The value of one option as text.
 * @param ctx names devices; vbr_option_format() tells how.
 * @param ret_text "size" bytes; VBR_OPTION_TEXT_SIZE do, but for
 * VBR_OPTION_MAP.
 * @return 0, or a negative errno: -ENOENT, -ENODATA and -EBADMSG as
 * vbr_bridge_value(), -ENOSPC (the text did not fit).
 * Since: 0.1
 */
int vbr_bridge_text(struct vbr_ctx *ctx, const struct vbr_bridge *bridge,
		    const char *option, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_port Ports
 * The devices that are ports of bridges.
 * @{
 */

/**
 * Makes a device a port of a bridge.
 *
 * A device that has a master already is refused, not moved.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EOPNOTSUPP (it is no bridge, or the device cannot be a port),
 * -ELOOP (the device is a bridge itself), -EBUSY (it has a master), -EINVAL
 * (not an Ethernet device, or one that goes at this moment), -EXFULL (the
 * bridge has 1,023 ports).
 * Since: 0.1
 */
int vbr_port_add(struct vbr_ctx *ctx, const char *bridge, const char *port);

/**
 * Releases a port from its bridge.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EOPNOTSUPP (it is no bridge), -EINVAL (not a port of it).
 * Since: 0.1
 */
int vbr_port_del(struct vbr_ctx *ctx, const char *bridge, const char *port);

/**
 * Sets one option of a port.
 * @param option its name: those of VBR_SCOPE_PORT that can be set.
 * @param value the value, as the option's unit has it.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EXDEV (a port, but not of this bridge), -ENODATA (the device is no
 * port), -EOPNOTSUPP (neither is it a port, nor the bridge one; or this kernel
 * does not have the option), -ENOENT (no such option), -EACCES (an option that
 * can only be read), -ERANGE (a value that is out of range), -EINVAL (a value
 * that the kernel refuses), -EBUSY (not now, says the kernel), -ENETDOWN (the
 * state of a port that is down).
 * Since: 0.1
 */
int vbr_port_set(struct vbr_ctx *ctx, const char *bridge, const char *port,
		 const char *option, uint64_t value);

/**
 * Sets several options of a port: see vbr_bridge_set_all().
 * @return as vbr_port_set(); also -EINVAL and -E2BIG as vbr_bridge_set_all().
 * Since: 0.1
 */
int vbr_port_set_all(struct vbr_ctx *ctx, const char *bridge, const char *port,
		     const struct vbr_setting *settings, size_t count);

/**
 * Reads one port.
 * @param ret_port the snapshot: vbr_port_free().
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA and
 * -EOPNOTSUPP as vbr_port_set().
 * Since: 0.1
 */
int vbr_port_get(struct vbr_ctx *ctx, const char *bridge, const char *port,
		 struct vbr_port **ret_port);

/**
 * Copies a snapshot: what a list or an event owns, to be kept beyond it.
 * @param ret_port the copy: vbr_port_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_port_dup(const struct vbr_port *port, struct vbr_port **ret_port);

/** Frees what vbr_port_get() or vbr_port_dup() gave. Since: 0.1 */
void vbr_port_free(struct vbr_port *port);

/**
 * Reads the ports of one bridge, or of all.
 * @param bridge the bridge; NULL for the ports of all bridges.
 * @param ret_ports the snapshot, ordered by the bridge's index and the port's
 * name: vbr_ports_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (it
 * is no bridge).
 * Since: 0.1
 */
int vbr_port_list(struct vbr_ctx *ctx, const char *bridge,
		  struct vbr_ports **ret_ports);

/** How many ports there are. Since: 0.1 */
size_t vbr_ports_count(const struct vbr_ports *ports);

/**
 * One port of many.
 * @return a snapshot that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_port *vbr_ports_at(const struct vbr_ports *ports, size_t i);

/**
 * Where the ports of one bridge stand in the list.
 * @param ret_first the place of the first of them.
 * @return how many follow each other from there; 0: none.
 * Since: 0.1
 */
size_t vbr_ports_of(const struct vbr_ports *ports, int bridge_index,
		    size_t *ret_first);

/** Frees what vbr_port_list() gave. Since: 0.1 */
void vbr_ports_free(struct vbr_ports *ports);

/** The port's name; see vbr_bridge_name(). Since: 0.1 */
const char *vbr_port_name(const struct vbr_port *port);

/** The port's interface index. Since: 0.1 */
int vbr_port_index(const struct vbr_port *port);

/** The interface index of the bridge that it is a port of. Since: 0.1 */
int vbr_port_bridge_index(const struct vbr_port *port);

/**
 * The value of one option.
 * @param option its name: those of VBR_SCOPE_PORT.
 * @return 0, or a negative errno: -ENOENT, -ENODATA and -EBADMSG as
 * vbr_bridge_value().
 * Since: 0.1
 */
int vbr_port_value(const struct vbr_port *port, const char *option,
		   uint64_t *ret_value);

/**
 * The value of one option as text.
 * @param option as vbr_port_value().
 * @return as vbr_bridge_text().
 * Since: 0.1
 */
int vbr_port_text(struct vbr_ctx *ctx, const struct vbr_port *port,
		  const char *option, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_fdb The FDB
 * Where a bridge sends frames for a MAC address: its forwarding database.
 * @{
 */

/**
 * Called for an FDB entry.
 * @param entry lives for the length of the call.
 * @return 0 to go on; anything else ends the walk, which returns it. A number
 * above 0 is not taken for an error.
 * Since: 0.1
 */
typedef int (*vbr_fdb_fn)(const struct vbr_fdb_entry *entry, void *data);

/**
 * Walks the FDB of a bridge in the kernel's order, without holding it.
 * Calls on the same context are not allowed within the callback, but for
 * vbr_link_name().
 * @return 0, what the callback returned, or a negative errno: -ENODEV (no such
 * device), -EOPNOTSUPP (it is no bridge), -EAGAIN (the table changed so that
 * entries may have been missed or seen twice).
 * Since: 0.1
 */
int vbr_fdb_foreach(struct vbr_ctx *ctx, const char *bridge,
		    vbr_fdb_fn function, void *data);

/**
 * Reads the FDB of a bridge.
 * @param ret_fdb the snapshot, ordered by MAC, port index and VLAN:
 * vbr_fdb_free().
 * @return 0, or a negative errno: as vbr_fdb_foreach().
 * Since: 0.1
 */
int vbr_fdb_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_fdb **ret_fdb);

/** How many entries there are. Since: 0.1 */
size_t vbr_fdb_count(const struct vbr_fdb *fdb);

/**
 * One entry of many.
 * @return an entry that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_fdb_entry *vbr_fdb_at(const struct vbr_fdb *fdb, size_t i);

/** Frees what vbr_fdb_list() gave. Since: 0.1 */
void vbr_fdb_free(struct vbr_fdb *fdb);

/**
 * Adds an entry to the FDB.
 * @param device the port that leads there; the bridge's own name for an
 * address of the bridge itself, which is VBR_FDB_LOCAL.
 * @param vlan the VLAN; 0: none, and with it all that the device is in. Where
 * the address is known in one of them, and not as it is to be, it is added to
 * none (before Linux 5.6: perhaps to some).
 * @param state VBR_FDB_LOCAL, VBR_FDB_STATIC, or VBR_FDB_LEARNED, which ages.
 * @param flags 0, or VBR_FDB_STICKY.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA and
 * -EOPNOTSUPP as vbr_port_set(), -EEXIST (the address is known already),
 * -EINVAL (an address of a multicast group, or of nobody; a VLAN that the
 * device is no member of; a state that it cannot have), -ERANGE (no VLAN),
 * -EBUSY (one that ages, on a port that neither learns nor forwards).
 * Since: 0.1
 */
int vbr_fdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan,
		enum vbr_fdb_state state, unsigned int flags);

/**
 * Deletes an entry of the FDB.
 * @param vlan as vbr_fdb_add().
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_fdb_add(), -EINVAL (an address of a multicast
 * group, or of nobody; a VLAN that the device is no member of), -ENOENT (there
 * is none).
 * Since: 0.1
 */
int vbr_fdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan);

/**
 * Deletes all entries of a kind. A kernel that cannot do so at once (before
 * Linux 5.19) is told of each. What went before a failure stays deleted, which
 * the error says.
 * @param filter which; NULL: all that were learned.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_fdb_add(); -EINVAL (VBR_FDB_EXPIRED,
 * VBR_FDB_LOCKED, or an unknown state or flag), -EOPNOTSUPP (before Linux
 * 5.19: VBR_FDB_USER counts, or an address would go in VLANs where it shall
 * stay).
 * Since: 0.1
 */
int vbr_fdb_flush(struct vbr_ctx *ctx, const char *bridge,
		  const struct vbr_fdb_filter *filter);

/** The entry's MAC address: 6 bytes, which live as long as the entry.
 * Since: 0.1 */
const uint8_t *vbr_fdb_entry_mac(const struct vbr_fdb_entry *entry);

/** The interface index of the port that leads there; the bridge's own for an
 * address of the bridge itself. Since: 0.1 */
int vbr_fdb_entry_port_index(const struct vbr_fdb_entry *entry);

/** The VLAN, 1 to 4094, or 0 where none is told apart. Since: 0.1 */
unsigned int vbr_fdb_entry_vlan(const struct vbr_fdb_entry *entry);

/** What the kernel does with the entry. Since: 0.1 */
enum vbr_fdb_state vbr_fdb_entry_state(const struct vbr_fdb_entry *entry);

/** What else is known of it, of enum vbr_fdb_flag. Since: 0.1 */
unsigned int vbr_fdb_entry_flags(const struct vbr_fdb_entry *entry);

/** Ticks since the address was last seen as a source. Since: 0.1 */
uint32_t vbr_fdb_entry_age(const struct vbr_fdb_entry *entry);

/** Ticks since the entry was last used to forward. Since: 0.1 */
uint32_t vbr_fdb_entry_idle(const struct vbr_fdb_entry *entry);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_mdb Multicast groups
 * Which ports get the frames of a multicast group: the multicast database.
 * @{
 */

/** Room for the text of any address, its closing NUL included. Since: 0.1 */
#define VBR_ADDRESS_TEXT_SIZE 48

/** What is known of a member of a multicast group. Since: 0.1 */
enum vbr_mdb_flag {
	VBR_MDB_PERMANENT = 1,	/**< made by hand, kept until it is deleted */
	VBR_MDB_INCLUDE = 2,	/**< its sources alone are wanted; else all but
				   those */
	VBR_MDB_FAST_LEAVE = 4, /**< it has left, and that was believed at
				   once: the port's multicast_fast_leave */
	VBR_MDB_STAR_EXCL = 8,	/**< of a source; made by the kernel, because
				   the port wants all sources but some */
	VBR_MDB_BLOCKED = 16,	/**< of a source that is not wanted */
	VBR_MDB_OFFLOADED = 32	/**< hardware has it, too */
};

/**
 * Makes a port a member of a multicast group.
 * @param device the port; the bridge's own name for the host.
 * @param group its address: IPv4, IPv6, or (Linux 5.10) MAC.
 * @param source the one sender that is wanted (Linux 5.10), or NULL: any.
 * @param vlan the VLAN; 0: none, which on a bridge that filters VLANs means all
 * that the device is a member of, or, where one is refused, none of them.
 * @param permanent kept until it is deleted; else it ages. Members of a MAC
 * group have to be; of the host in a group of IP it says nothing.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA and
 * -EOPNOTSUPP as vbr_port_set(), -EEXIST (it is a member), -EINVAL (no address
 * of a group, or one that the kernel keeps to itself, such as 224.0.0.1; no
 * such source; a MAC group, and not permanent; a bridge that is down, or
 * without multicast_snooping; no VLAN, and the device is in none), -ERANGE (no
 * VLAN), -E2BIG (as many groups as there may be, which ends the bridge's
 * multicast_snooping: what was added by then stays).
 * Since: 0.1
 */
int vbr_mdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan,
		bool permanent);

/**
 * Ends a port's membership in a multicast group.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_mdb_add(), -EINVAL (no address of a group, or
 * no such source; a bridge that is down, or without multicast_snooping),
 * -ENOENT (it is no member).
 * Since: 0.1
 */
int vbr_mdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan);

/**
 * Reads multicast groups, their members, and the ports that lead to multicast
 * routers.
 * @param bridge the bridge; NULL: of all bridges.
 * @param ret_mdb the snapshot: vbr_mdb_free(). Groups are ordered by bridge,
 * group, VLAN, port and source; routers by bridge, port and VLAN.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (it is
 * no bridge, or a kernel that snoops no multicast).
 * Since: 0.1
 */
int vbr_mdb_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_mdb **ret_mdb);

/** Frees what vbr_mdb_list() gave. Since: 0.1 */
void vbr_mdb_free(struct vbr_mdb *mdb);

/** How many memberships there are. Since: 0.1 */
size_t vbr_mdb_count(const struct vbr_mdb *mdb);

/**
 * One membership of many.
 * @return one that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_mdb_entry *vbr_mdb_at(const struct vbr_mdb *mdb, size_t i);

/** The interface index of the member; the bridge's own for the host.
 * Since: 0.1 */
int vbr_mdb_entry_index(const struct vbr_mdb_entry *entry);

/** The interface index of the bridge. Since: 0.1 */
int vbr_mdb_entry_bridge_index(const struct vbr_mdb_entry *entry);

/**
 * The group's address.
 * @param ret_text VBR_ADDRESS_TEXT_SIZE bytes.
 * Since: 0.1
 */
void vbr_mdb_entry_group(const struct vbr_mdb_entry *entry, char *ret_text);

/**
 * The one source that this is about.
 * @param ret_text VBR_ADDRESS_TEXT_SIZE bytes.
 * @return false, and nothing is written: any source.
 * Since: 0.1
 */
bool vbr_mdb_entry_source(const struct vbr_mdb_entry *entry, char *ret_text);

/** The VLAN, or 0: none. Since: 0.1 */
unsigned int vbr_mdb_entry_vlan(const struct vbr_mdb_entry *entry);

/** What is known of it, of enum vbr_mdb_flag. Since: 0.1 */
unsigned int vbr_mdb_entry_flags(const struct vbr_mdb_entry *entry);

/** Ticks until it is forgotten; 0: never. Since: 0.1 */
uint32_t vbr_mdb_entry_timer(const struct vbr_mdb_entry *entry);

/**
 * One of the sources that the member asked for, or asked to be spared.
 * @param ret_text VBR_ADDRESS_TEXT_SIZE bytes.
 * @param ret_timer ticks until it is forgotten.
 * @return false, and nothing is written, beyond their end.
 * Since: 0.1
 */
bool vbr_mdb_entry_source_at(const struct vbr_mdb_entry *entry, size_t i,
			     char *ret_text, uint32_t *ret_timer);

/** How many ports lead to multicast routers. Since: 0.1 */
size_t vbr_mdb_router_count(const struct vbr_mdb *mdb);

/**
 * One port that leads to a multicast router, of many.
 * @return one that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_mdb_router *vbr_mdb_router_at(const struct vbr_mdb *mdb,
					       size_t i);

/** The port's interface index. Since: 0.1 */
int vbr_mdb_router_index(const struct vbr_mdb_router *router);

/** The bridge's interface index. Since: 0.1 */
int vbr_mdb_router_bridge_index(const struct vbr_mdb_router *router);

/** Why it is one: the value of the port's option multicast_router. Since: 0.1
 */
unsigned int vbr_mdb_router_type(const struct vbr_mdb_router *router);

/** The VLAN, or 0: none. Since: 0.1 */
unsigned int vbr_mdb_router_vlan(const struct vbr_mdb_router *router);

/** Ticks until it is forgotten; 0: never. Since: 0.1 */
uint32_t vbr_mdb_router_timer(const struct vbr_mdb_router *router);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_vids Sets of VLAN ids
 * What calls about several VLANs take.
 * @{
 */

/**
 * Makes a set of VLAN ids that has none yet.
 * @param ret_vids the set: vbr_vids_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_vids_new(struct vbr_vids **ret_vids);

/**
 * Adds the ids from "first" to "last" to a set; those that it has, it keeps.
 * @param first 0 to "last".
 * @param last 4094 at most.
 * @return 0, or a negative errno: -EINVAL (they go backwards), -ERANGE (beyond
 * 4094).
 * Since: 0.1
 */
int vbr_vids_add(struct vbr_vids *vids, unsigned int first, unsigned int last);

/**
 * Reads a set of VLAN ids: "10", "10,20-29". Ids are decimal, 0 to 4094.
 * @param ret_vids the set: vbr_vids_free().
 * @return 0, or a negative errno: -EINVAL (not a set, an id twice, or a range
 * that goes backwards), -ERANGE (beyond 4094), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_vids_parse(const char *text, struct vbr_vids **ret_vids);

/**
 * The next id of a set.
 * @param after the one before, in a walk; -1 for the first.
 * @return the id, or -1: there is none.
 * Since: 0.1
 */
int vbr_vids_next(const struct vbr_vids *vids, int after);

/** Frees a set. Since: 0.1 */
void vbr_vids_free(struct vbr_vids *vids);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_port_vlan VLANs of ports
 * Which VLANs ports, and bridges themselves, are members of.
 * @{
 */

/** Flags of a port's VLAN. Since: 0.1 */
enum vbr_port_vlan_flag {
	VBR_PORT_VLAN_PVID = 2, /**< untagged frames that come in are in it */
	VBR_PORT_VLAN_UNTAGGED = 4 /**< its frames go out without a tag */
};

/** What vbr_port_vlan_list() reads beside the VLANs. Since: 0.1 */
enum vbr_port_vlan_detail {
	VBR_PORT_VLAN_OPTIONS = 1, /**< their options (Linux 5.6) */
	VBR_PORT_VLAN_STATISTICS =
		2 /**< and counters: no rows then (Linux 5.7) */
};

/**
 * Makes a port, or the bridge itself, a member of VLANs: of all, or of none.
 * Those that it is a member of already get the new flags. While the bridge's
 * option vlan_filtering is off, the VLANs are kept, but without effect.
 * @param device the port; the bridge's own name for the bridge itself.
 * @param flags of enum vbr_port_vlan_flag; VBR_PORT_VLAN_PVID takes one VLAN alone.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA and
 * -EOPNOTSUPP as vbr_port_set(), -EOPNOTSUPP (a kernel that filters no VLANs),
 * -ERANGE (VLAN 0), -EINVAL (several VLANs as the PVID, or any other flag).
 * Since: 0.1
 */
int vbr_port_vlan_add(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids,
		      unsigned int flags);

/**
 * Ends a membership in VLANs: in all, or in none. A VLAN that comes back, the
 * kernel having refused another, has its options and its tunnel again; but if
 * the device was its last member, not those of VBR_SCOPE_BRIDGE_VLAN.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_port_vlan_add(), -ENOENT (it is no member of one
 * of them).
 * Since: 0.1
 */
int vbr_port_vlan_del(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids);

/**
 * As vbr_port_vlan_add(), for several devices of a bridge: for all of them, or
 * for none.
 * @param devices "count" names of ports, or the bridge's.
 * @return as vbr_port_vlan_add(); also -EINVAL (no devices).
 * Since: 0.1
 */
int vbr_port_vlan_add_many(struct vbr_ctx *ctx, const char *bridge,
			   const char *const *devices, size_t count,
			   const struct vbr_vids *vids, unsigned int flags);

/**
 * As vbr_port_vlan_del(), for several devices of a bridge: for all of them, or
 * for none.
 * @param devices as vbr_port_vlan_add_many().
 * @param if_there VLANs that a device is no member of are passed over, without
 * -ENOENT.
 * @return as vbr_port_vlan_del(); also -EINVAL (no devices).
 * Since: 0.1
 */
int vbr_port_vlan_del_many(struct vbr_ctx *ctx, const char *bridge,
			   const char *const *devices, size_t count,
			   const struct vbr_vids *vids, bool if_there);

/**
 * Sets options of a port's VLANs: all of them, or none.
 * @param settings of VBR_SCOPE_PORT_VLAN; at most 64.
 * @return as vbr_port_vlan_del(), as vbr_bridge_set_all(); also -EINVAL (this
 * kernel does not have mcast_max_groups, or no multicast snooping is on for
 * the VLANs).
 * Since: 0.1
 */
int vbr_port_vlan_set_all(struct vbr_ctx *ctx, const char *bridge,
			  const char *device, const struct vbr_vids *vids,
			  const struct vbr_setting *settings, size_t count);

/**
 * Sets options of a bridge's VLANs: all of them, or none.
 * @param settings of VBR_SCOPE_BRIDGE_VLAN; at most 64.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (it
 * is no bridge, or this kernel does not have the option), -ERANGE, -EINVAL,
 * -ENOENT, -EACCES and -E2BIG as vbr_port_vlan_set_all().
 * Since: 0.1
 */
int vbr_bridge_vlan_set_all(struct vbr_ctx *ctx, const char *bridge,
			    const struct vbr_vids *vids,
			    const struct vbr_setting *settings, size_t count);

/**
 * Maps a port's VLANs to tunnel ids: the first to "first", the next ones to
 * those that follow. The port's option vlan_tunnel is to be on.
 * @param first the first tunnel id, 0 to 4294967295.
 * @return as vbr_port_vlan_del(); also -EINVAL (vlan_tunnel is off, or the bridge
 * itself), -EEXIST (a tunnel id that is in use, or a VLAN that has one),
 * -ERANGE (ids beyond 4294967295).
 * Since: 0.1
 */
int vbr_port_vlan_map_tunnels(struct vbr_ctx *ctx, const char *bridge,
			      const char *port, const struct vbr_vids *vids,
			      uint32_t first);

/**
 * Makes a port a member of VLANs and maps them to tunnel ids: both, or neither.
 * @return as vbr_port_vlan_add(); also -ERANGE, -EINVAL and -EEXIST as
 * vbr_port_vlan_map_tunnels().
 * Since: 0.1
 */
int vbr_port_vlan_add_tunnels(struct vbr_ctx *ctx, const char *bridge,
			      const char *port, const struct vbr_vids *vids,
			      unsigned int flags, uint32_t first);

/**
 * Takes a port's VLANs off their tunnel ids.
 * @param if_there VLANs that the port is no member of are passed over.
 * @return as vbr_port_vlan_del(); also -EINVAL (vlan_tunnel is off, or the bridge
 * itself).
 * Since: 0.1
 */
int vbr_port_vlan_unmap_tunnels(struct vbr_ctx *ctx, const char *bridge,
				const char *port, const struct vbr_vids *vids,
				bool if_there);

/**
 * Reads the VLANs of a bridge and of its ports.
 * @param bridge the bridge; NULL: of all bridges.
 * @param detail of enum vbr_port_vlan_detail, or 0. Options that this kernel does
 * not tell are no error here; vbr_port_vlan_value() says -ENODATA then.
 * @param ret_vlans the snapshot: vbr_port_vlans_free(). It is ordered by the
 * bridge's index; the bridge itself, then its ports by index; the VLAN. VLANs
 * that follow each other and are alike are one row.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (it
 * is no bridge).
 * Since: 0.1
 */
int vbr_port_vlan_list(struct vbr_ctx *ctx, const char *bridge,
		       unsigned int detail, struct vbr_port_vlans **ret_vlans);

/**
 * Reads the options that a bridge's VLANs have on all of its ports.
 * @param bridge the bridge; NULL: of all bridges.
 * @return as vbr_port_vlan_list(); also -EOPNOTSUPP (a kernel without them,
 * before Linux 5.15).
 * Since: 0.1
 */
int vbr_bridge_vlan_list(struct vbr_ctx *ctx, const char *bridge,
			 struct vbr_port_vlans **ret_vlans);

/** How many rows there are. Since: 0.1 */
size_t vbr_port_vlans_count(const struct vbr_port_vlans *vlans);

/**
 * One row of many.
 * @return a row that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_port_vlan *
vbr_port_vlans_at(const struct vbr_port_vlans *vlans, size_t i);

/** Frees what vbr_port_vlan_list() and vbr_bridge_vlan_list() gave.
 * Since: 0.1 */
void vbr_port_vlans_free(struct vbr_port_vlans *vlans);

/** The interface index of the port, or of the bridge itself. Since: 0.1 */
int vbr_port_vlan_index(const struct vbr_port_vlan *vlan);

/** The interface index of the bridge. Since: 0.1 */
int vbr_port_vlan_bridge_index(const struct vbr_port_vlan *vlan);

/** The first VLAN of the row. Since: 0.1 */
unsigned int vbr_port_vlan_first(const struct vbr_port_vlan *vlan);

/** The last VLAN of the row; the first again where it is one. Since: 0.1 */
unsigned int vbr_port_vlan_last(const struct vbr_port_vlan *vlan);

/** The VLANs' flags, of enum vbr_port_vlan_flag; 0 in a list of
 * vbr_bridge_vlan_list(). Since: 0.1 */
unsigned int vbr_port_vlan_flags(const struct vbr_port_vlan *vlan);

/**
 * The value of one option. Of a row, tunnel_id is the first VLAN's; those of
 * the others follow.
 * @param option its name: those of VBR_SCOPE_PORT_VLAN, or in a list of
 * vbr_bridge_vlan_list() of VBR_SCOPE_BRIDGE_VLAN.
 * @return as vbr_bridge_value().
 * Since: 0.1
 */
int vbr_port_vlan_value(const struct vbr_port_vlan *vlan, const char *option,
			uint64_t *ret_value);

/**
 * The value of one option as text.
 * @param option as vbr_port_vlan_value().
 * @return as vbr_bridge_text().
 * Since: 0.1
 */
int vbr_port_vlan_text(struct vbr_ctx *ctx, const struct vbr_port_vlan *vlan,
		       const char *option, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_mst Trees of MST
 * The spanning trees that ports are in.
 * @{
 */

/**
 * Reads the spanning trees (MST) that ports are in.
 * @param bridge the bridge; NULL: of all bridges.
 * @param ret_msts the snapshot, empty where there is but the one tree of all
 * VLANs; ordered by bridge, port and instance: vbr_msts_free().
 * @return 0, or a negative errno: -ENODEV (no such device).
 * Since: 0.1
 */
int vbr_mst_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_msts **ret_msts);

/** How many trees of ports there are. Since: 0.1 */
size_t vbr_msts_count(const struct vbr_msts *msts);

/**
 * One port's part in one tree, of many.
 * @return one that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_mst *vbr_msts_at(const struct vbr_msts *msts, size_t i);

/** Frees what vbr_mst_list() gave. Since: 0.1 */
void vbr_msts_free(struct vbr_msts *msts);

/** The port's interface index. Since: 0.1 */
int vbr_mst_index(const struct vbr_mst *mst);

/** The bridge's interface index. Since: 0.1 */
int vbr_mst_bridge_index(const struct vbr_mst *mst);

/** The number of the tree: of the MST instance. Since: 0.1 */
unsigned int vbr_mst_instance(const struct vbr_mst *mst);

/** The port's state in the tree: the value of the port's option state.
 * Since: 0.1 */
unsigned int vbr_mst_state(const struct vbr_mst *mst);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_nf Bridge-nf
 * Whether bridged frames pass the tables of netfilter.
 * @{
 */

/**
 * The names of br_netfilter's settings in a network namespace, without their
 * "bridge-nf-": call-iptables, call-ip6tables, call-arptables,
 * filter-vlan-tagged, filter-pppoe-tagged, pass-vlan-input-dev. The first three
 * are switches for all bridges; a frame passes the tables if they, or the
 * bridge's own option nf_call_iptables and so on, are on.
 * @return a constant, or NULL beyond the last.
 * Since: 0.1
 */
const char *vbr_nf_at(size_t i);

/**
 * Reads one of br_netfilter's settings.
 * @param name one that vbr_nf_at() has.
 * @return 0, or a negative errno: -EINVAL (no such setting), -ENOENT
 * (br_netfilter is not loaded).
 * Since: 0.1
 */
int vbr_nf_get(struct vbr_ctx *ctx, const char *name, bool *ret_on);

/**
 * Sets some of br_netfilter's settings to one value: all that are named, or
 * none.
 * @param names "count" of the names that vbr_nf_at() knows.
 * @return as vbr_nf_get(); also -E2BIG (none, or more than there are).
 * Since: 0.1
 */
int vbr_nf_set(struct vbr_ctx *ctx, const char *const *names, size_t count,
	       bool on);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_vlan VLAN devices
 * Devices that send and receive with a tag through their parent.
 * @{
 */

/** How new VLAN devices are named, for VLAN 5 on eth0. Since: 0.1 */
enum vbr_vlan_name_type {
	VBR_VLAN_PLUS_VID = 0,		 /**< vlan0005 */
	VBR_VLAN_DEV_PLUS_VID = 1,	 /**< eth0.0005 */
	VBR_VLAN_PLUS_VID_NO_PAD = 2,	 /**< vlan5 */
	VBR_VLAN_DEV_PLUS_VID_NO_PAD = 3 /**< eth0.5, with which all begins */
};

/** Flags of VLAN devices. Since: 0.1 */
enum vbr_vlan_flag {
	VBR_VLAN_REORDER_HDR = 1,    /**< the tag is taken out of the frame */
	VBR_VLAN_GVRP = 2,	     /**< announced by GVRP */
	VBR_VLAN_LOOSE_BINDING = 4,  /**< up though the parent is down */
	VBR_VLAN_MVRP = 8,	     /**< announced by MVRP */
	VBR_VLAN_BRIDGE_BINDING = 16 /**< up while a bridge's port of it is */
};

/** The tag of IEEE 802.1Q, for vbr_vlan_add(). Since: 0.1 */
#define VBR_VLAN_8021Q 0x8100
/** The outer tag of IEEE 802.1ad. Since: 0.1 */
#define VBR_VLAN_8021AD 0x88a8

/**
 * Adds VLAN devices to a device, one for each id: all of them, or none. They
 * are down, and have the flag VBR_VLAN_REORDER_HDR.
 * @param parent by any of its names; new devices are named after the first.
 * @param protocol VBR_VLAN_8021Q, VBR_VLAN_8021AD, or 0 for the former.
 * @param name the device's name, where there is but one; NULL: as the
 * namespace names them, see vbr_vlan_set_name_type(). How, only root may read:
 * who is none, but has CAP_NET_ADMIN, gets VBR_VLAN_DEV_PLUS_VID_NO_PAD where
 * it is more than one device, the protocol is not 802.1Q, or the parent's name
 * has more than 10 bytes.
 * @return 0, or a negative errno: -ENODEV (no such parent), -EEXIST (the VLAN,
 * or a device of that name, is there), -EOPNOTSUPP (the parent takes no
 * VLANs), -ENAMETOOLONG (the name would be over 15 bytes), -EINVAL (a name
 * that the kernel forbids, or one name for several), -EILSEQ (a name with
 * control characters), -EPROTONOSUPPORT (an unknown protocol), -ENOPKG (no VLAN
 * support in this kernel).
 * Since: 0.1
 */
int vbr_vlan_add(struct vbr_ctx *ctx, const char *parent,
		 const struct vbr_vids *vids, unsigned int protocol,
		 const char *name);

/**
 * Deletes a VLAN device.
 * @return 0, or a negative errno: -ENODEV (no such device), -EINVAL (it is no
 * VLAN device), -ENOPKG (no VLAN support in this kernel).
 * Since: 0.1
 */
int vbr_vlan_del(struct vbr_ctx *ctx, const char *vlan);

/**
 * Sets or clears flags of a VLAN device.
 * @param flags those to change, of enum vbr_vlan_flag.
 * @return as vbr_vlan_del(); also -EINVAL (a flag that the kernel does not
 * know).
 * Since: 0.1
 */
int vbr_vlan_set_flags(struct vbr_ctx *ctx, const char *vlan, uint32_t flags,
		       bool on);

/**
 * Sets one option of a VLAN device.
 * @param option its name: those of VBR_SCOPE_VLAN that can be set.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (it is
 * no VLAN device, or this kernel does not have the option), -ENOENT (no such
 * option), -EACCES (an option that can only be read), -ERANGE (a value that is
 * out of range), -EINVAL (a value that the kernel refuses).
 * Since: 0.1
 */
int vbr_vlan_set(struct vbr_ctx *ctx, const char *vlan, const char *option,
		 uint64_t value);

/**
 * Maps the priority in the tags of frames that come in to the priority that
 * their packets get.
 * @param tag_priority 0 to 7.
 * @param priority of the packets, any number.
 * @return as vbr_vlan_del(); also -ERANGE (a tag has no such priority).
 * Since: 0.1
 */
int vbr_vlan_map_ingress(struct vbr_ctx *ctx, const char *vlan,
			 unsigned int tag_priority, uint32_t priority);

/**
 * Maps the priority of packets to the one in the tags of the frames that go
 * out.
 * @param tag_priority 0 to 7.
 * @param priority of the packets, any number.
 * @return as vbr_vlan_del(); also -ERANGE (a tag has no such priority).
 * Since: 0.1
 */
int vbr_vlan_map_egress(struct vbr_ctx *ctx, const char *vlan,
			uint32_t priority, unsigned int tag_priority);

/**
 * How the namespace names new VLAN devices.
 * @return 0, or a negative errno: -ENOENT (no VLAN support in this kernel, or
 * it is not loaded yet), -EPERM (a context of another namespace, and that may
 * not be visited).
 * Since: 0.1
 */
int vbr_vlan_get_name_type(struct vbr_ctx *ctx,
			   enum vbr_vlan_name_type *ret_name_type);

/**
 * Sets how the namespace names new VLAN devices.
 * @param naming the way.
 * @return 0, or a negative errno: -EINVAL (no such way), -ENOPKG (no VLAN
 * support in this kernel).
 * Since: 0.1
 */
int vbr_vlan_set_name_type(struct vbr_ctx *ctx, enum vbr_vlan_name_type naming);

/**
 * Reads one VLAN device.
 * @param ret_vlan the snapshot: vbr_vlan_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EINVAL (it is no
 * VLAN device).
 * Since: 0.1
 */
int vbr_vlan_get(struct vbr_ctx *ctx, const char *vlan,
		 struct vbr_vlan **ret_vlan);

/**
 * Reads the VLAN devices on one parent, or all.
 * @param parent the parent; NULL for all.
 * @param ret_vlans the snapshot, ordered by name: vbr_vlans_free().
 * @return 0, or a negative errno: -ENODEV (no such parent).
 * Since: 0.1
 */
int vbr_vlan_list(struct vbr_ctx *ctx, const char *parent,
		  struct vbr_vlans **ret_vlans);

/** How many VLAN devices there are. Since: 0.1 */
size_t vbr_vlans_count(const struct vbr_vlans *vlans);

/**
 * One VLAN device of many.
 * @return a snapshot that the list owns, or NULL beyond its end.
 * Since: 0.1
 */
const struct vbr_vlan *vbr_vlans_at(const struct vbr_vlans *vlans, size_t i);

/** Frees what vbr_vlan_list() gave. Since: 0.1 */
void vbr_vlans_free(struct vbr_vlans *vlans);

/**
 * Copies a snapshot: what a list or an event owns, to be kept beyond it.
 * @param ret_vlan the copy: vbr_vlan_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_vlan_dup(const struct vbr_vlan *vlan, struct vbr_vlan **ret_vlan);

/** Frees what vbr_vlan_get() or vbr_vlan_dup() gave. Since: 0.1 */
void vbr_vlan_free(struct vbr_vlan *vlan);

/** The device's name; see vbr_bridge_name(). Since: 0.1 */
const char *vbr_vlan_name(const struct vbr_vlan *vlan);

/** The device's interface index. Since: 0.1 */
int vbr_vlan_index(const struct vbr_vlan *vlan);

/** The interface index of its parent. Since: 0.1 */
int vbr_vlan_parent_index(const struct vbr_vlan *vlan);

/** Whether the device was up (IFF_UP). Since: 0.1 */
bool vbr_vlan_is_up(const struct vbr_vlan *vlan);

/**
 * The value of one option.
 * @param option its name: those of VBR_SCOPE_VLAN.
 * @return as vbr_bridge_value().
 * Since: 0.1
 */
int vbr_vlan_value(const struct vbr_vlan *vlan, const char *option,
		   uint64_t *ret_value);

/**
 * The value of one option as text.
 * @param option as vbr_vlan_value().
 * @return as vbr_bridge_text().
 * Since: 0.1
 */
int vbr_vlan_text(struct vbr_ctx *ctx, const struct vbr_vlan *vlan,
		  const char *option, char *ret_text, size_t size);

/**
 * The device's flags, of enum vbr_vlan_flag.
 * @return 0, or a negative errno: -ENODATA (this kernel did not send them),
 * -EBADMSG (sent, but broken).
 * Since: 0.1
 */
int vbr_vlan_flags(const struct vbr_vlan *vlan, uint32_t *ret_flags);

/**
 * One pair of the ingress map, see vbr_vlan_map_ingress().
 * @return false, and nothing is written, beyond its end.
 * Since: 0.1
 */
bool vbr_vlan_ingress_at(const struct vbr_vlan *vlan, size_t i,
			 uint32_t *ret_tag_priority, uint32_t *ret_priority);

/**
 * One pair of the egress map, see vbr_vlan_map_egress().
 * @return false, and nothing is written, beyond its end.
 * Since: 0.1
 */
bool vbr_vlan_egress_at(const struct vbr_vlan *vlan, size_t i,
			uint32_t *ret_priority, uint32_t *ret_tag_priority);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_option Options by name
 * Every setting and reading of the kernel, and what its values mean.
 * @{
 */

/** Room for the text of any option's value but a map's, its closing NUL
 * included. Since: 0.1 */
#define VBR_OPTION_TEXT_SIZE 64

/**
 * One option of a scope.
 * @return a constant, or NULL beyond the end of the table.
 * Since: 0.1
 */
const struct vbr_option *vbr_option_at(enum vbr_scope scope, size_t i);

/**
 * An option by its name, or its alias.
 * @return a constant, or NULL: there is none.
 * Since: 0.1
 */
const struct vbr_option *vbr_option_find(enum vbr_scope scope,
					 const char *name);

/** The option's name: the kernel's in sysfs, if it has one. Since: 0.1 */
const char *vbr_option_name(const struct vbr_option *option);

/** What iproute2 calls it, or NULL: the same. Since: 0.1 */
const char *vbr_option_alias(const struct vbr_option *option);

/** What its value means. Since: 0.1 */
enum vbr_option_type vbr_option_type(const struct vbr_option *option);

/** The words for its values 0, 1, ..., blanks between them; or NULL.
 * Since: 0.1 */
const char *vbr_option_words(const struct vbr_option *option);

/** Whether it can be read. Since: 0.1 */
bool vbr_option_is_readable(const struct vbr_option *option);

/** Whether it can be set. Since: 0.1 */
bool vbr_option_is_settable(const struct vbr_option *option);

/** The least value that the kernel is known to take, as the unit has it. It
 * explains refusals; a later kernel may take less. Since: 0.1 */
uint64_t vbr_option_min(const struct vbr_option *option);

/** The greatest value that the kernel is known to take, likewise.
 * Since: 0.1 */
uint64_t vbr_option_max(const struct vbr_option *option);

/** The first kernel that had it, "4.4". Since: 0.1 */
const char *vbr_option_since(const struct vbr_option *option);

/** A line about it, in English; a constant, as all texts of options are.
 * Since: 0.1 */
const char *vbr_option_help(const struct vbr_option *option);

/**
 * Reads an option's value from text: a number in decimal, 0x hexadecimal or 0
 * octal; seconds with decimals; on, off, yes, no, 1 or 0; a word or its number;
 * 802.1Q or 802.1ad; a MAC address; a device's name, or "" for none.
 * @return 0, or a negative errno: -EINVAL (not a value of that kind), -ERANGE
 * (negative, or more than the kernel's message can carry), -ENODEV (no such
 * device), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_option_parse(struct vbr_ctx *ctx, const struct vbr_option *option,
		     const char *text, uint64_t *ret_value);

/**
 * As vbr_option_parse(), but times are cut as brctl has always cut them: 8.2,
 * which is no number of a computer's, is 819 ticks and not 820.
 * @return as vbr_option_parse().
 * Since: 0.1
 */
int vbr_option_parse_truncated(struct vbr_ctx *ctx,
			       const struct vbr_option *option,
			       const char *text, uint64_t *ret_value);

/**
 * Writes an option's value as text, which vbr_option_parse() reads, but for
 * that of a device that is not there any more: it is "if" and its index.
 * @param ret_text "size" bytes; VBR_OPTION_TEXT_SIZE always do.
 * @return 0, or -ENOSPC (it did not fit).
 * Since: 0.1
 */
int vbr_option_format(struct vbr_ctx *ctx, const struct vbr_option *option,
		      uint64_t value, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_parse Values as text
 * Numbers, addresses and names, read and written.
 * @{
 */

/**
 * Reads a number: decimal, 0x hexadecimal or 0 octal, blanks around it.
 * @param max the greatest that is taken.
 * @return 0, or a negative errno: -EINVAL (not a number), -ERANGE (negative,
 * or more than max).
 * Since: 0.1
 */
int vbr_parse_number(const char *text, uint64_t max, uint64_t *ret_value);

/**
 * Reads a switch: on, off, yes, no, 1 or 0.
 * @return 0, or -EINVAL (none of those).
 * Since: 0.1
 */
int vbr_parse_switch(const char *text, bool *ret_value);

/**
 * Reads a MAC address, six pairs of hexadecimal digits between colons.
 * @return 0, or -EINVAL (not an address).
 * Since: 0.1
 */
int vbr_parse_mac(const char *text, uint8_t ret_mac[6]);

/**
 * Writes a MAC address as text.
 * @param ret_text VBR_MAC_TEXT_SIZE bytes.
 * Since: 0.1
 */
void vbr_format_mac(const uint8_t mac[6], char *ret_text);

/**
 * Writes a bridge id as text: its priority in hexadecimal, a dot, its MAC
 * address in hexadecimal.
 * @param id the priority in the upper 16 bits, the MAC in the lower 48.
 * @param ret_text VBR_ID_TEXT_SIZE bytes.
 * Since: 0.1
 */
void vbr_format_id(uint64_t id, char *ret_text);

/**
 * Writes a name, or any other text, as a terminal may see it: control
 * characters, and bytes that are not UTF-8, become a backslash and three
 * octal digits.
 * @param ret_text "size" bytes; NUL-terminated, cut at a character's end.
 * @return the length that was wanted, as snprintf() does. "size" or more:
 * it was cut.
 * Since: 0.1
 */
size_t vbr_format_name(const char *name, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_watch Events
 * What changes, told as it does.
 * @{
 */

/** What a watch tells of; several are or-ed. Since: 0.1 */
enum vbr_watch_what {
	VBR_WATCH_LINKS = 1, /**< bridges, ports and VLAN devices */
	VBR_WATCH_FDB = 2,   /**< entries of FDBs */
	VBR_WATCH_VLANS = 4, /**< VLANs of ports and bridges (Linux 5.6) */
	VBR_WATCH_GROUPS = 8 /**< multicast groups and routers */
};

/** What an event is about, and with it which of its accessors has an answer.
 * Since: 0.1 */
enum vbr_event_kind {
	VBR_EVENT_BRIDGE,    /**< vbr_event_bridge() */
	VBR_EVENT_PORT,	     /**< vbr_event_port() */
	VBR_EVENT_VLAN,	     /**< vbr_event_vlan() */
	VBR_EVENT_FDB,	     /**< vbr_event_fdb_entry() */
	VBR_EVENT_PORT_VLAN, /**< vbr_event_port_vlan() */
	VBR_EVENT_MDB,	     /**< vbr_event_mdb_entry() */
	VBR_EVENT_ROUTER     /**< vbr_event_mdb_router() */
};

/**
 * Called for an event. Calls on the watch and its context are not allowed
 * within, but for vbr_link_name() and the accessors.
 * @param event lives for the length of the call, and so does what its
 * accessors return.
 * @return 0 to go on; anything else ends the call that it came from, which
 * returns it. The event is told all the same; those behind it are told by the
 * next vbr_watch_read().
 * Since: 0.1
 */
typedef int (*vbr_event_fn)(const struct vbr_event *event, void *data);

/**
 * Begins to watch the context's namespace: whatever changes from now on waits
 * to be read.
 * @param what of enum vbr_watch_what.
 * @param ret_watch the watch, which keeps a reference of the context:
 * vbr_watch_free().
 * @return 0, or a negative errno: -EINVAL (no kind of event at all, or one that
 * there is not), -EOPNOTSUPP (a kernel that does not tell of one of them),
 * -EMFILE, -ENFILE (too many files are open), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_watch_new(struct vbr_ctx *ctx, unsigned int what,
		  struct vbr_watch **ret_watch);

/** Ends a watch. Since: 0.1 */
void vbr_watch_free(struct vbr_watch *watch);

/** A file descriptor that becomes readable when events wait: for poll(2), not
 * to be read, nor closed. It lives as long as the watch. Since: 0.1 */
int vbr_watch_fd(const struct vbr_watch *watch);

/**
 * Tells the events that wait, and returns; it does not wait for more.
 * @return 0 when all were told, what the callback returned, or a negative
 * errno: -ENOBUFS (more events came than could wait, and some are lost: what
 * is known is to be forgotten, and vbr_watch_sync() called), -EBADMSG (one
 * that cannot be read; it is passed over).
 * Since: 0.1
 */
int vbr_watch_read(struct vbr_watch *watch, vbr_event_fn function, void *data);

/**
 * Tells all that there is now, as events; what changes meanwhile will be read
 * behind it, so that nothing is missed. What is there may be told twice. For a
 * beginning, and after -ENOBUFS.
 * @return 0, what the callback returned (the rest is not told then), or a
 * negative errno: -EAGAIN as vbr_fdb_foreach().
 * Since: 0.1
 */
int vbr_watch_sync(struct vbr_watch *watch, vbr_event_fn function, void *data);

/**
 * Tells what messages of rtnetlink say, as a watch would: for programs that
 * hear the kernel by a socket of their own, or keep what it said. Nothing is
 * opened, nothing is asked, and no context is needed. Messages about anything
 * else are passed over, those that answer a dump are not told apart.
 *
 * A watch leaves out the groups of VXLAN devices (Linux 6.8), for it asks which
 * devices are bridges. Here they are told, too: vbr_mdb_entry_bridge_index()
 * is such a device then.
 * @param bytes the messages, one behind the other, as recv(2) gives them. They
 * may be hostile.
 * @param what of enum vbr_watch_what: the rest is passed over.
 * @param function what it returns, if not 0, ends the call; what is behind that
 * event is not told.
 * @return 0, what the callback returned, or a negative errno: -EINVAL (nothing
 * that there is to be told of), -EBADMSG (there is a message that cannot be
 * read, or bytes that are no whole one; those that can be read were told),
 * -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_event_read(const void *bytes, size_t size, unsigned int what,
		   vbr_event_fn function, void *data);

/** What the event is about. Since: 0.1 */
enum vbr_event_kind vbr_event_kind(const struct vbr_event *event);

/** Whether it is gone; else it is new, or changed. What has gone may have no
 * options. Since: 0.1 */
bool vbr_event_is_gone(const struct vbr_event *event);

/** The bridge; NULL in an event about something else. Since: 0.1 */
const struct vbr_bridge *vbr_event_bridge(const struct vbr_event *event);

/** The port; NULL likewise. Since: 0.1 */
const struct vbr_port *vbr_event_port(const struct vbr_event *event);

/** The VLAN device; NULL likewise. Since: 0.1 */
const struct vbr_vlan *vbr_event_vlan(const struct vbr_event *event);

/** The FDB entry; NULL likewise. Since: 0.1 */
const struct vbr_fdb_entry *vbr_event_fdb_entry(const struct vbr_event *event);

/** The VLAN of a port, or of the bridge itself; NULL likewise. The kernel does
 * not say whose port: vbr_port_vlan_bridge_index() is 0. Since: 0.1 */
const struct vbr_port_vlan *vbr_event_port_vlan(const struct vbr_event *event);

/** The member of a multicast group; NULL likewise. Since: 0.1 */
const struct vbr_mdb_entry *vbr_event_mdb_entry(const struct vbr_event *event);

/** The port that leads to a multicast router; NULL likewise. Since: 0.1 */
const struct vbr_mdb_router *
vbr_event_mdb_router(const struct vbr_event *event);

/** @} */

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
