/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/**
 * @file vbridge.h
 * libvbridge configures the Linux bridge and its VLANs, and reads their state.
 *
 * **Contexts.** All calls to the kernel use a context, struct vbr_ctx: one
 * socket in one network namespace. Only one thread may use a context at a time;
 * each thread can open contexts of its own. The library has no global
 * variables, prints nothing, and changes neither signal handlers nor the
 * locale. After fork(), only one of the two processes may use a context and its
 * watches. The other process may free them, and open its own. All file
 * descriptors are close-on-exec. A context stays in its namespace, even if the
 * last process in it ends, its name is removed, or the thread enters another
 * namespace. One exception: before Linux 5.14, watches and the functions that
 * use files in /proc (settings of br_netfilter, name type of VLAN devices) use
 * the thread's current namespace, unless the context was opened with a "netns".
 *
 * **Errors.** Functions that can fail return 0 or a negative errno; each
 * function lists its errnos. On failure, nothing is written through "ret_"
 * pointers. Functions that take a context also store a sentence about the error
 * there: vbr_ctx_error(). If a call names two devices, -ENODEV is about the
 * port and -ENXIO is about the bridge. In addition to the errnos that a
 * function lists, every function that talks to the kernel may return:
 *
 * - -ENOMEM: out of memory;
 * - -ENOBUFS: the kernel ran out of memory. If it dropped its answer to a
 *   change, the change is undone if it has several steps; otherwise the
 *   sentence says what may have been changed;
 * - -EBADMSG, -EPROTO, -EMSGSIZE: an answer that no known kernel sends;
 * - -EAGAIN: the kernel's tables changed during each of several attempts to
 *   read them (see vbr_ctx_accept_interrupted());
 * - -EPERM, when it changes something: CAP_NET_ADMIN is missing in the user
 *   namespace that owns the network namespace of the context;
 * - any other errno that the kernel returns.
 *
 * **Names.** Devices are given by name, at most 15 bytes, or by one of their
 * alternative names, at most 127 bytes. A longer or an empty name matches no
 * device. Names of new devices have at most 15 bytes. "if:7" means the device with
 * the interface index 7, in every call that takes a name, also if it is renamed
 * meanwhile; the calls that use an ioctl, of vbr_bridge_del(), vbr_port_add(),
 * vbr_port_del() and of VLAN devices, look up the name of the bridge or the VLAN
 * device just before they use it. No device has such a name. The old alias form
 * "eth0:1" means eth0 in some calls, because the kernel's ioctls cut the name
 * at the colon; in other calls it matches no device.
 *
 * **Ownership.** The caller owns what a "ret_" pointer receives, and frees it
 * with the free function of its type. Snapshots never change. A pointer that an
 * accessor returns is valid as long as the snapshot. All free functions accept
 * NULL. NULL where it is not documented as allowed, and any use after the free,
 * are undefined behaviour.
 *
 * **Parameters.** Each function documents its parameters, or refers to a
 * function that does ("as vbr_port_set()"). A parameter that points to a
 * snapshot, or to an entry of one, is the object to read, or to free. These
 * parameters mean the same in all functions:
 *
 * - ctx: the context;
 * - watch: the watch;
 * - bridge: the name of the bridge;
 * - port: the name of the port;
 * - vlan: the name of the VLAN device;
 * - index: an interface index;
 * - bridge_index: the interface index of the bridge;
 * - option: the name of the option;
 * - scope: the kind of object that the option belongs to;
 * - value: the value of the option, in the unit of its type: enum
 *   vbr_option_type;
 * - i: the position, from 0;
 * - mac: a MAC address, 6 bytes;
 * - text: the text to read, with a closing NUL;
 * - size: the size of ret_text, in bytes;
 * - function: the callback, which is called for each item;
 * - data: any pointer; the callback receives it unchanged;
 * - ret_: receives the result.
 *
 * **Times** are in ticks of 1/100 s, the unit that the kernel uses.
 */

#ifndef VBRIDGE_H
#define VBRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library exports what is declared from here on. */
#pragma GCC visibility push(default)

/** Ticks in a second. @ingroup vbr_option Since: 0.1 */
#define VBR_TICKS_PER_SECOND 100

/** Bytes for a MAC address as text, including the closing NUL.
 * @ingroup vbr_parse Since: 0.1 */
#define VBR_MAC_TEXT_SIZE 18

/** Bytes for any address as text, including the closing NUL.
 * @ingroup vbr_parse Since: 0.1 */
#define VBR_ADDRESS_TEXT_SIZE 48

/** Bytes for a bridge id as text, including the closing NUL. @ingroup vbr_parse
 * Since: 0.1 */
#define VBR_ID_TEXT_SIZE 18

/** Bytes for any device name as vbr_format_name() writes it, including the
 * closing NUL. @ingroup vbr_parse Since: 0.1 */
#define VBR_NAME_TEXT_SIZE 64

/** Bytes for any sentence about an error, including the closing NUL.
 * @ingroup vbr_ctx Since: 0.1 */
#define VBR_ERROR_TEXT_SIZE 1024

struct vbr_ctx;
struct vbr_event;
struct vbr_config;
struct vbr_counter;
struct vbr_transaction;
struct vbr_device;
struct vbr_finding;
struct vbr_findings;
struct vbr_guard;
struct vbr_rule;
struct vbr_link;
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
struct vbr_instance;
struct vbr_instances;
struct vbr_live;
struct vbr_live_path;
struct vbr_reach;
struct vbr_reach_table;
struct vbr_stats;
struct vbr_stats_row;
struct vbr_topology;
struct vbr_trace;
struct vbr_trace_step;
struct vbr_vids;
struct vbr_vlan;
struct vbr_vlans;
struct vbr_vni;
struct vbr_vnis;
struct vbr_watch;

/** The kind of object that an option belongs to. @ingroup vbr_option
 * Since: 0.1 */
enum vbr_scope {
	VBR_SCOPE_BRIDGE,     /**< a bridge */
	VBR_SCOPE_PORT,	      /**< a port of a bridge */
	VBR_SCOPE_VLAN,	      /**< a VLAN device */
	VBR_SCOPE_PORT_VLAN,  /**< a VLAN of a port */
	VBR_SCOPE_BRIDGE_VLAN /**< a VLAN of a bridge, for all of its ports */
};

/** The type of an option: what its value means. @ingroup vbr_option
 * Since: 0.1 */
enum vbr_option_type {
	VBR_OPTION_NUMBER,    /**< a number */
	VBR_OPTION_BOOL,      /**< 0: off, 1: on */
	VBR_OPTION_TICKS,     /**< a time in ticks; as text, in seconds */
	VBR_OPTION_BRIDGE_ID, /**< a bridge id, see vbr_format_id() */
	VBR_OPTION_MAC,	      /**< a MAC address, in the lower 48 bits */
	VBR_OPTION_MASK,      /**< a set of bits; as text, hexadecimal */
	VBR_OPTION_ENUM,      /**< a word of vbr_option_words(), from 0 */
	VBR_OPTION_PROTOCOL,  /**< a tag: VBR_VLAN_8021Q, VBR_VLAN_8021AD */
	VBR_OPTION_DEVICE, /**< an interface index, 0: none; as text, a name */
	VBR_OPTION_IP,	   /**< an IPv4 address; IPv6 is available as text */
	VBR_OPTION_MAP,	   /**< pairs of numbers; available only as text */
	VBR_OPTION_ACTION  /**< 1: performs an action */
};

/** The values of the option "state" of ports and of their VLANs: what the
 * spanning tree lets them do. @ingroup vbr_option Since: 0.1 */
enum vbr_port_state {
	VBR_PORT_DISABLED = 0,	 /**< nothing; the port is down */
	VBR_PORT_LISTENING = 1,	 /**< takes part in the spanning tree */
	VBR_PORT_LEARNING = 2,	 /**< also learns addresses */
	VBR_PORT_FORWARDING = 3, /**< also forwards frames */
	VBR_PORT_BLOCKING = 4	 /**< only hears the spanning tree's messages */
};

/** An option and its new value. @ingroup vbr_option Since: 0.1 */
struct vbr_setting {
	const char *option; /**< the name of the option */
	uint64_t value;	    /**< the new value, in the unit of its type */
};

/** What vbr_link_set() sets. @ingroup vbr_link Since: 0.1 */
enum vbr_link_what {
	VBR_LINK_UP = 1,  /**< up or down */
	VBR_LINK_MTU = 2, /**< the MTU */
	VBR_LINK_MAC = 4  /**< the MAC address */
};

/** New values for vbr_link_set(), which reads only those that "what" names.
 * @ingroup vbr_link Since: 0.1 */
struct vbr_link_settings {
	unsigned int what; /**< bits of enum vbr_link_what */
	bool up;	   /**< true: up, false: down */
	uint32_t mtu;	   /**< in bytes */
	uint8_t mac[6];	   /**< the MAC address */
};

/** What vbr_bridge_add_with() gives a new bridge. If all members are zero, it is
 * as vbr_bridge_add() makes it. @ingroup vbr_bridge Since: 0.1 */
struct vbr_new_bridge {
	const struct vbr_setting *settings; /**< its options, settable ones of
						 VBR_SCOPE_BRIDGE */
	size_t count;		       /**< the number of settings, 0 to 64 */
	struct vbr_link_settings link; /**< its state, MTU and MAC address */
};

/** What vbr_bridge_del_with() checks and ignores. @ingroup vbr_bridge
 * Since: 0.1 */
enum vbr_bridge_del_flag {
	VBR_BRIDGE_DEL_UP = 1,	    /**< delete it although it is up */
	VBR_BRIDGE_DEL_IF_EMPTY = 2 /**< refuse if it has ports */
};

/** VLANs of a new port. @ingroup vbr_port Since: 0.1 */
struct vbr_new_vlans {
	const struct vbr_vids *vids; /**< the VLANs */
	unsigned int flags; /**< bits of enum vbr_port_vlan_flag, or 0 */
};

/** What vbr_port_add_with() gives new ports. If all members are zero, they are as
 * vbr_port_add() makes them. @ingroup vbr_port Since: 0.1 */
struct vbr_new_port {
	const struct vbr_setting *settings; /**< its options, settable ones of
						 VBR_SCOPE_PORT */
	size_t count; /**< the number of settings, 0 to 64 */
	const struct vbr_new_vlans *vlans; /**< its VLANs; the port is in no
						other one */
	size_t vlans_count; /**< the number of elements in "vlans"; 0: the
				 port is in the bridge's default VLAN */
	bool up;	    /**< sets the port up at the end */
};

/** The state of an FDB entry. @ingroup vbr_fdb Since: 0.1 */
enum vbr_fdb_state {
	VBR_FDB_LOCAL,	 /**< the host's own address: frames to it are
			     delivered to the host and not forwarded */
	VBR_FDB_STATIC,	 /**< kept until it is deleted */
	VBR_FDB_LEARNED, /**< learned; removed after ageing_time */
	VBR_FDB_EXPIRED	 /**< ageing_time is over; about to be removed */
};

/** Flags of an FDB entry. @ingroup vbr_fdb Since: 0.1 */
enum vbr_fdb_flag {
	VBR_FDB_STICKY = 1,    /**< it never moves to another port */
	VBR_FDB_EXTERN = 2,    /**< learned by hardware or by a program */
	VBR_FDB_OFFLOADED = 4, /**< also in the hardware's table */
	VBR_FDB_LOCKED = 8,    /**< the sender is not authorized; see the port's
				   option mab */
	VBR_FDB_USER = 16,     /**< added by a program; for vbr_fdb_flush()
				   only, vbr_fdb_entry_flags() never has it */
	VBR_FDB_ROUTER = 32,   /**< of a VXLAN device: the address is that of a
				   router */
	VBR_FDB_SELF = 64,     /**< in the table of the device itself, not in
				   that of the bridge */
	VBR_FDB_NOTIFY = 128,  /**< events report when the station falls silent,
				   and when it sends again */
	VBR_FDB_INACTIVE = 256, /**< with VBR_FDB_NOTIFY: it is silent */
	VBR_FDB_USE = 512,	/**< vbr_fdb_add_with() only: as if a frame from
				   the address had just arrived */
	VBR_FDB_NOREFRESH = 1024 /**< vbr_fdb_add_with() only: an existing entry
				   keeps its age */
};

/** Where a VXLAN device sends the frames for an address, or those of a multicast
 * group (Linux 6.4). If all members are zero, there is no destination.
 * @ingroup vbr_fdb Since: 0.1 */
struct vbr_remote {
	char dst[VBR_ADDRESS_TEXT_SIZE]; /**< the IP address of the other end;
						 "": none */
	unsigned int port; /**< its UDP port; 0: that of the device */
	uint32_t vni;	   /**< the VNI of the packets, if has_vni */
	uint32_t src_vni; /**< the VNI that the entry is in, if has_src_vni; for
				 devices with several VNIs */
	bool has_vni;	  /**< false: the VNI of the device */
	bool has_src_vni; /**< false: the VNI of the device */
	int via;       /**< the interface index of the device that the packets
				 leave through; 0: any */
	uint32_t nhid; /**< a nexthop group, in place of "dst"; 0: none. A
			       multicast group has none */
};

/** Whether vbr_fdb_add_with() expects an entry. @ingroup vbr_fdb Since: 0.1 */
enum vbr_fdb_mode {
	VBR_FDB_NEW,	 /**< there must be none */
	VBR_FDB_REPLACE, /**< there must be one, which is changed */
	VBR_FDB_SET,	 /**< adds the entry, or changes it */
	VBR_FDB_APPEND	 /**< of a VXLAN device, for 00:00:00:00:00:00 or the
			      address of a group: adds a destination */
};

/** An entry for vbr_fdb_add_with(). @ingroup vbr_fdb Since: 0.1 */
struct vbr_new_fdb_entry {
	unsigned int vlan; /**< as in vbr_fdb_add(); 0 with VBR_FDB_SELF */
	enum vbr_fdb_state state; /**< as in vbr_fdb_add(); VBR_FDB_LEARNED with
				       VBR_FDB_USE or, on a port,
				       VBR_FDB_EXTERN */
	unsigned int flags;	  /**< bits of enum vbr_fdb_flag, without
				 VBR_FDB_OFFLOADED, VBR_FDB_LOCKED and
				 VBR_FDB_USER */
	enum vbr_fdb_mode mode;	  /**< whether the entry exists */
	struct vbr_remote remote; /**< with VBR_FDB_SELF: the destination,
					   which an entry of a VXLAN device
					   needs */
};

/** All states that struct vbr_fdb_filter can select. @ingroup vbr_fdb
 * Since: 0.1 */
#define VBR_FDB_ANY 0x7u

/** Selects entries for vbr_fdb_flush(): those that match every member. If all
 * members are zero, it selects all learned entries. @ingroup vbr_fdb
 * Since: 0.1 */
struct vbr_fdb_filter {
	const char *port;    /**< the port, or the name of the bridge for
				 entries of the bridge itself; NULL: any */
	unsigned int vlan;   /**< the VLAN, 1 to 4094; 0: any */
	unsigned int states; /**< one bit for each of enum vbr_fdb_state, such
				 as 1 << VBR_FDB_STATIC; 0: learned entries.
				 VBR_FDB_LEARNED includes expired entries */
	unsigned int flags;  /**< VBR_FDB_STICKY, VBR_FDB_EXTERN,
				 VBR_FDB_OFFLOADED and VBR_FDB_USER; with a
				 remote, VBR_FDB_EXTERN, VBR_FDB_OFFLOADED and
				 VBR_FDB_ROUTER */
	unsigned int flags_mask; /**< the flags to compare: the entry must have
				     them as in "flags"; others are ignored */
	const struct vbr_remote *remote; /**< NULL: entries of the bridge;
				     otherwise those of the table of a VXLAN
				     device, which is "port", that have this
				     destination, without port and via */
};

/** How a member of a multicast group selects senders. @ingroup vbr_mdb
 * Since: 0.1 */
enum vbr_mdb_mode {
	VBR_MDB_MODE_NONE,    /**< not set, or not known */
	VBR_MDB_MODE_EXCLUDE, /**< it wants all senders but its sources */
	VBR_MDB_MODE_INCLUDE  /**< it wants only its sources */
};

/** What vbr_mdb_add_with() gives a member of a multicast group. If all members
 * are zero, the member is permanent, in all VLANs of the device, and wants any
 * sender. @ingroup vbr_mdb Since: 0.1 */
struct vbr_new_group {
	const char *source; /**< the only sender, as for vbr_mdb_add(), or
				 NULL */
	unsigned int vlan;  /**< the VLAN, as for vbr_mdb_add() */
	bool temporary;	    /**< true: it ages */
	bool replace;	    /**< true: it is a member already, and gets these
				 properties (Linux 6.2) */
	enum vbr_mdb_mode mode;	    /**< how it selects senders (Linux 6.2) */
	const char *const *sources; /**< the senders that "mode" is about */
	size_t source_count;	    /**< their number, 0 to 32 */
	unsigned int protocol;	    /**< who adds it, RTPROT_STATIC (4) to 255
				    (Linux 6.2); 0: RTPROT_STATIC */
	const struct vbr_remote *remote; /**< for a group of a VXLAN device;
						  NULL: of a bridge */
};

/** Selects members of multicast groups for vbr_mdb_flush(): those that match
 * every member. If all members are zero, it selects all.
 * @ingroup vbr_mdb Since: 0.1 */
struct vbr_mdb_filter {
	const char *port;      /**< the port, or the name of the bridge for the
				    host; NULL: any */
	unsigned int vlan;     /**< the VLAN, 1 to 4094; 0: any */
	const char *source;    /**< the source of the entry; NULL: any */
	unsigned int protocol; /**< who added it, 1 to 255; 0: any */
	unsigned int flags;    /**< VBR_MDB_PERMANENT, or 0 */
	unsigned int flags_mask; /**< VBR_MDB_PERMANENT: the entry must have it
				      as in "flags"; 0: any */
	const struct vbr_remote *remote; /**< of a VXLAN device; what is not
					      given matches any; NULL: of a
					      bridge */
};

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_ctx Contexts and errors
 * A context is the connection to the kernel that calls use. It also stores the
 * last error.
 * @{
 */

/** The version of this header, such as "0.1.0". @ingroup vbr_ctx
 * Since: 0.1 */
#define VBR_VERSION "0.1.0"

/** The version of this header as a number, for comparisons: 10000 for each
 * major, 100 for each minor version, so 100 is 0.1.0. @ingroup vbr_ctx
 * Since: 0.1 */
#define VBR_VERSION_NUMBER 100

/**
 * The version of the library that the program runs with, such as "0.1.0". It can
 * be later than VBR_VERSION, with which the program was compiled.
 * @return a constant string.
 * Since: 0.1
 */
const char *vbr_version(void);

/**
 * Opens a context.
 * @param netns the network namespace: NULL for that of the calling thread; a
 * path, if it has a slash; a name in /run/netns; or a process id, if it is a
 * number and there is no such name. To open another namespace, the calling
 * thread enters it for a moment; this requires CAP_SYS_ADMIN and /proc. If the
 * thread cannot return to its own namespace, it stays in the other one, and the
 * call fails.
 * @param ret_ctx receives the context, with one reference. To drop it, call
 * vbr_ctx_unref().
 * @return 0, or a negative errno: -ENOENT (no such namespace), -EACCES, -EPERM
 * (the caller may not enter the namespace), -EINVAL (a path that is not a
 * namespace), -ENAMETOOLONG, -ENOTDIR, -ELOOP (a path that open(2) refuses),
 * -EMFILE, -ENFILE (too many open files), -ENOMEM (out of memory),
 * -EPROTONOSUPPORT (this kernel has no rtnetlink).
 * Since: 0.1
 */
int vbr_ctx_new(const char *netns, struct vbr_ctx **ret_ctx);

/**
 * Writes the error of vbr_ctx_new() as a sentence, as vbr_ctx_error() has the
 * errors of a context: what was requested, why it failed, and what to do about
 * it.
 * @param netns the namespace that was given to vbr_ctx_new(), or NULL.
 * @param error the negative errno that vbr_ctx_new() returned.
 * @param ret_text receives the sentence, truncated if it is longer than "size".
 * VBR_ERROR_TEXT_SIZE bytes are always enough.
 * @return the length of the complete sentence, without the closing NUL.
 * Since: 0.1
 */
size_t vbr_ctx_new_error(const char *netns, int error, char *ret_text,
			 size_t size);

/**
 * Opens a context on a socket of the caller. The socket must be an rtnetlink
 * socket (AF_NETLINK, NETLINK_ROUTE). The context uses the network namespace in
 * which the socket was created, which can differ from that of the thread. A
 * program that already has such a socket does not need a second one; other
 * programs can receive one from a process that may enter the namespace
 * (SCM_RIGHTS).
 *
 * Each call on the context sends its requests through the socket and reads
 * their answers completely. Between calls, the caller may use the socket. The
 * library changes socket options only while it sends, and then restores them.
 * The socket may be non-blocking; calls on the context wait nevertheless. When
 * a call begins, no answer may be pending on the socket: it would be dropped.
 *
 * If the namespace differs from that of the thread, or the kernel cannot tell
 * (before Linux 5.14), watches and the functions that use files in /proc
 * (settings of br_netfilter, name type of VLAN devices) enter the namespace, as
 * vbr_ctx_new() does, or fail with -EPERM.
 * @param fd the socket. It still belongs to the caller, who closes it after the
 * context and all of its watches are gone. Until then it must not join
 * multicast groups. Calls that change many VLANs receive up to 64 answers at
 * once. If its receive buffer (SO_RCVBUF) is too small for them, these calls
 * fail with -ENOBUFS; 32768 bytes, the default of libnl, are enough.
 * @param ret_ctx receives the context, with one reference. To drop it, call
 * vbr_ctx_unref().
 * @return 0, or a negative errno: -EBADF, -ENOTSOCK (not a socket), -EPROTOTYPE
 * (a socket, but not of rtnetlink), -EISCONN (connected to a process, which
 * would receive the requests), -EBUSY (a member of multicast groups, whose
 * events would be lost), -ENOMEM (out of memory), -ENOPROTOOPT (a kernel before
 * Linux 4.2, which does not report the groups of a socket).
 * Since: 0.1
 */
int vbr_ctx_new_fd(int fd, struct vbr_ctx **ret_ctx);

/**
 * Adds a reference.
 * @return the same context.
 * Since: 0.1
 */
struct vbr_ctx *vbr_ctx_ref(struct vbr_ctx *ctx);

/**
 * Drops a reference; the last one frees the context. NULL is ignored.
 * @return NULL.
 * Since: 0.1
 */
struct vbr_ctx *vbr_ctx_unref(struct vbr_ctx *ctx);

/**
 * Turns dry-run mode on or off. In this mode, functions that would change
 * something change nothing. They check what can be read beforehand: whether the
 * devices exist and have the right kind, and whether the options and values
 * exist. Their return values are the results of these checks. A refusal that
 * only the kernel can give is not found.
 * @param on true: dry-run mode, false: normal mode.
 * Since: 0.1
 */
void vbr_ctx_set_dry_run(struct vbr_ctx *ctx, bool on);

/**
 * Chooses what happens if the kernel's tables change while a list is read. The
 * library reads it again, up to 8 times. If the tables changed each time, the
 * call fails with -EAGAIN; in this mode it succeeds instead, with what it read
 * the last time: of the objects that came or went meanwhile, some may be
 * missing, and others may be there twice. Calls that change something read such
 * lists too, so the mode is for programs that only show the current state.
 * @param on true: accept such a list, false: fail (the default). In both cases,
 * vbr_ctx_was_interrupted() returns false again. Since: 0.1
 */
void vbr_ctx_accept_interrupted(struct vbr_ctx *ctx, bool on);

/**
 * Whether a list was accepted that may be incomplete.
 * @return true if there was one since vbr_ctx_accept_interrupted() was called.
 * Since: 0.1
 */
bool vbr_ctx_was_interrupted(const struct vbr_ctx *ctx);

/**
 * A callback that is called during calls that change many objects one after the
 * other: VLANs of ports, VLAN devices, multicast groups, FDB entries. It must
 * not use the context, and cannot stop the call.
 * @param data what vbr_ctx_set_progress() was given.
 * @param done how many of the objects are done.
 * @param total how many there are, at least 2. If the call is refused, it ends
 * before "done" reaches this, or counts anew while it undoes what was done.
 * Since: 0.1
 */
typedef void (*vbr_progress_fn)(void *data, size_t done, size_t total);

/**
 * Sets a function that is called during long changes, for example to show how
 * much is done. The kernel takes seconds to delete thousands of VLANs of a
 * port. The function is called before the first object and after each one, or
 * after each 64 where that many are sent at once; not in a dry run.
 * @param function NULL: none is called (the default).
 * @param data is passed to the function.
 * Since: 0.1
 */
void vbr_ctx_set_progress(struct vbr_ctx *ctx, vbr_progress_fn function,
			  void *data);

/**
 * The last error of the context, as a sentence. It says what was requested,
 * what the kernel answered, with the kernel's own message if there is one, and
 * which option the kernel refused.
 * @return the sentence, valid until the next call on the context; "" if nothing
 * has failed yet.
 * Since: 0.1
 */
const char *vbr_ctx_error(const struct vbr_ctx *ctx);

/**
 * The errno that the kernel returned at the last error of the context. It can
 * differ from the return value of the function, which is more specific in some
 * cases.
 * @return a negative errno, or 0 if the library itself refused.
 * Since: 0.1
 */
int vbr_ctx_kernel_errno(const struct vbr_ctx *ctx);

/**
 * The kernel's message about the last error (its extended ack). Control
 * characters are escaped.
 * @return the message, valid until the next call on the context, or NULL.
 * Since: 0.1
 */
const char *vbr_ctx_kernel_text(const struct vbr_ctx *ctx);

/**
 * The attribute of the last request that the kernel refused: the name of an
 * option, or a word such as "name".
 * @return a constant string, or NULL.
 * Since: 0.1
 */
const char *vbr_ctx_kernel_attr(const struct vbr_ctx *ctx);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_link Devices
 * Names, indexes, state, carrier, MTU and MAC address of network devices of any
 * kind.
 * @{
 */

/** Bytes for a device name as the kernel stores it, including the closing NUL.
 * Since: 0.1 */
#define VBR_NAME_SIZE 16

/**
 * Looks up the name of a device by its interface index.
 * @param ret_name receives the name; VBR_NAME_SIZE bytes.
 * @return 0, or -ENODEV (no device in this namespace has the index).
 * Since: 0.1
 */
int vbr_link_name(struct vbr_ctx *ctx, int index, char *ret_name);

/**
 * Finds a device by any of its names: its name, or one of its alternative
 * names, which have up to 127 bytes.
 * @param device the name to look for.
 * @param ret_index receives the interface index; may be NULL.
 * @param ret_name receives the name as the kernel stores it; VBR_NAME_SIZE
 * bytes. May be NULL.
 * @return 0, or -ENODEV (no device in this namespace has the name).
 * Since: 0.1
 */
int vbr_link_resolve(struct vbr_ctx *ctx, const char *device, int *ret_index,
		     char *ret_name);

/**
 * Sets a device up or down. New bridges and VLAN devices are down; a device
 * that becomes a port keeps its state.
 * @param device the name of the device.
 * @param up true: up, false: down.
 * @return 0, also if the device already is in this state, or a negative errno:
 * -ENODEV (no such device), -ENETDOWN (a VLAN device whose parent is down),
 * -EADDRNOTAVAIL (a VLAN device on a bridge whose MAC address is zero, because it
 * lost its last port).
 * Since: 0.1
 */
int vbr_link_set_up(struct vbr_ctx *ctx, const char *device, bool up);

/**
 * Sets the state, the MTU and the MAC address of a device, in one request: all
 * of them, or none. If the kernel refuses one of them, the others are restored.
 * If this fails too, vbr_ctx_error() names those that may have changed.
 * @param device the name of the device.
 * @param settings what to set, and the new values.
 * @return 0, or a negative errno: -ENODEV (no such device), -EINVAL (nothing to
 * set, an unknown bit, or an MTU that the device cannot have), -EADDRNOTAVAIL
 * (a multicast address, or zero), -EOPNOTSUPP (the device has no MAC address, or
 * none that can be changed), -EBUSY (the device takes another address only
 * while it is down), -ENETDOWN (a VLAN device whose parent is down).
 * Since: 0.1
 */
int vbr_link_set(struct vbr_ctx *ctx, const char *device,
		 const struct vbr_link_settings *settings);

/**
 * Reads one device.
 * @param device the name of the device.
 * @param ret_link receives the snapshot. Free it with vbr_link_free().
 * @return 0, or a negative errno: -ENODEV (no such device).
 * Since: 0.1
 */
int vbr_link_get(struct vbr_ctx *ctx, const char *device,
		 struct vbr_link **ret_link);

/** Frees a snapshot of vbr_link_get(). Since: 0.1 */
void vbr_link_free(struct vbr_link *link);

/** The interface index of the device; vbr_link_name() looks up its name.
 * Since: 0.1 */
int vbr_link_index(const struct vbr_link *link);

/** Whether the device was up (IFF_UP). Since: 0.1 */
bool vbr_link_is_up(const struct vbr_link *link);

/** Whether the device was up and had a carrier (IFF_LOWER_UP). Since: 0.1 */
bool vbr_link_has_carrier(const struct vbr_link *link);

/** Whether the device was promiscuous: it received frames to any address. A
 * bridge then passes all frames to the host, too. Since: 0.1 */
bool vbr_link_is_promiscuous(const struct vbr_link *link);

/** The MTU of the device, in bytes. Since: 0.1 */
uint32_t vbr_link_mtu(const struct vbr_link *link);

/** The MAC address of the device: 6 bytes, valid as long as the snapshot. NULL:
 * it has no address of this size. Since: 0.1 */
const uint8_t *vbr_link_mac(const struct vbr_link *link);

/**
 * Whether somebody has set the MAC address of a device. A bridge whose address
 * was not set takes the lowest one of its ports. It is read from /sys, because
 * rtnetlink does not report it.
 * @param device any name of the device.
 * @param ret_is_set receives the answer.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENODATA (/sys is
 * not mounted, or shows another network namespace).
 * Since: 0.1
 */
int vbr_link_is_mac_set(struct vbr_ctx *ctx, const char *device,
			bool *ret_is_set);

/**
 * Callback of vbr_link_foreach().
 * @param name the name of the device, unescaped; valid during the call.
 * @param index the interface index of the device.
 * @param is_free true if the device could become a port: it is an Ethernet
 * device, it is neither a bridge nor the loopback device, and it has no master.
 * @param data the pointer that was given to vbr_link_foreach().
 * @return 0 to continue. Any other value ends vbr_link_foreach(), which returns
 * this value; a positive value does not count as an error.
 * Since: 0.1
 */
typedef int (*vbr_link_fn)(const char *name, int index, bool is_free,
			   void *data);

/**
 * Calls a function for each device of the namespace, in the kernel's order. The
 * devices are not stored. The callback must not use the same context, except
 * for vbr_link_name().
 * @param function the callback, which is called for each device.
 * @return 0, the value of the callback if it is not 0, or a negative errno:
 * -EAGAIN (devices were added or removed meanwhile; some may be missing or
 * reported twice).
 * Since: 0.1
 */
int vbr_link_foreach(struct vbr_ctx *ctx, vbr_link_fn function, void *data);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_bridge Bridges
 * Adds, deletes, configures and reads bridges.
 * @{
 */

/**
 * Adds a bridge. A new bridge is down and has no ports. In the name, the kernel
 * replaces "%d" by the lowest free number, and does not report this number.
 * @param bridge the name of the new bridge, at most 15 bytes.
 * @return 0, or a negative errno: -EEXIST (a device with this name exists),
 * -EINVAL (a name that the kernel forbids: empty, "." or "..", or one with a
 * slash, a colon or a blank), -EILSEQ (a name with control characters),
 * -ENAMETOOLONG (more than 15 bytes), -ENOPKG (this kernel has no bridge
 * support).
 * Since: 0.1
 */
int vbr_bridge_add(struct vbr_ctx *ctx, const char *bridge);

/**
 * Deletes a bridge. Its ports are released first.
 * @return 0, or a negative errno: -ENODEV (no such device), -EPERM (not a
 * bridge; then vbr_ctx_kernel_errno() is 0), -EBUSY (the bridge is up).
 * Since: 0.1
 */
int vbr_bridge_del(struct vbr_ctx *ctx, const char *bridge);

/**
 * Adds a bridge with options, an MTU and a MAC address, and sets it up: all of
 * it, or no bridge. The options and the address are in the request that creates
 * the bridge, so no program sees the bridge without them. If the kernel refuses
 * it, the options are set one after the other, so that vbr_ctx_error() can name
 * the one that is refused; the bridge is then deleted.
 * @param bridge the name of the new bridge, at most 15 bytes.
 * @param with what the bridge has.
 * @return 0, or a negative errno: -EEXIST (a device with this name exists),
 * -EINVAL (a name that the kernel forbids or that has a percent sign, the same
 * option twice, a value or an MTU that the kernel refuses, or an unknown bit),
 * -EILSEQ (a name with control characters), -ENAMETOOLONG (more than 15 bytes),
 * -ENOPKG (this kernel has no bridge support), -ENOENT (no such option), -EACCES
 * (the option is read-only), -ERANGE (a value is out of range), -E2BIG (more
 * than 64 settings), -EOPNOTSUPP (this kernel does not have the option),
 * -EADDRNOTAVAIL (a multicast address, or zero).
 * Since: 0.1
 */
int vbr_bridge_add_with(struct vbr_ctx *ctx, const char *bridge,
			const struct vbr_new_bridge *with);

/**
 * Deletes a bridge, as vbr_bridge_del() does, even if it is up, or only if it has
 * no ports. A port that is added at the same moment is not noticed.
 * @param flags bits of enum vbr_bridge_del_flag, or 0.
 * @return 0, or a negative errno: -ENODEV (no such device), -EPERM (not a
 * bridge; then vbr_ctx_kernel_errno() is 0), -EBUSY (the bridge is up, without
 * VBR_BRIDGE_DEL_UP), -ENOTEMPTY (the bridge has ports, with
 * VBR_BRIDGE_DEL_IF_EMPTY), -EINVAL (an unknown flag).
 * Since: 0.1
 */
int vbr_bridge_del_with(struct vbr_ctx *ctx, const char *bridge,
			unsigned int flags);

/**
 * Sets one option of a bridge.
 * @param option the name of an option of VBR_SCOPE_BRIDGE that is settable.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * bridge, or this kernel does not have the option), -ENOENT (no such option),
 * -EACCES (the option is read-only), -ERANGE (the value is out of range),
 * -EINVAL (the kernel refuses the value), -EBUSY (the kernel cannot change the
 * option at this time).
 * Since: 0.1
 */
int vbr_bridge_set(struct vbr_ctx *ctx, const char *bridge, const char *option,
		   uint64_t value);

/**
 * Sets several options of a bridge in one request: all of them, or none. If the
 * kernel refuses one option, the others get back their old values. If
 * this fails too, vbr_ctx_error() names the options that may have changed. A
 * VBR_OPTION_ACTION that was performed cannot be undone.
 *
 * After a refusal, the options are also sent one by one, so that
 * vbr_ctx_error() can name the one that the kernel refuses. If the kernel
 * refuses only options that have the value already, the call succeeds.
 *
 * The kernel may accept a value and adjust it, see vbr_option_reads_back().
 * This is not an error. To find out, read the bridge again.
 * @param settings the options, which are settable options of VBR_SCOPE_BRIDGE,
 * and their new values.
 * @param count the number of settings, 1 to 64.
 * @return as vbr_bridge_set(); also -EINVAL (the same option twice), -E2BIG (no
 * setting, or more than 64).
 * Since: 0.1
 */
int vbr_bridge_set_all(struct vbr_ctx *ctx, const char *bridge,
		       const struct vbr_setting *settings, size_t count);

/**
 * Sets one option of a bridge to a value in the form of vbr_bridge_text(), or
 * another that vbr_option_parse() reads.
 * @param option the name, or the alias, of an option of VBR_SCOPE_BRIDGE that is
 * settable.
 * @param text the new value.
 * @return as vbr_bridge_set(), and as vbr_option_parse().
 * Since: 0.1
 */
int vbr_bridge_set_text(struct vbr_ctx *ctx, const char *bridge,
			const char *option, const char *text);

/**
 * Reads one bridge.
 * @param ret_bridge receives the snapshot. Free it with vbr_bridge_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * bridge).
 * Since: 0.1
 */
int vbr_bridge_get(struct vbr_ctx *ctx, const char *bridge,
		   struct vbr_bridge **ret_bridge);

/**
 * Reads all bridges of the namespace.
 * @param ret_bridges receives the snapshot, sorted by name. Free it with
 * vbr_bridges_free().
 * @return 0, or a negative errno.
 * Since: 0.1
 */
int vbr_bridge_list(struct vbr_ctx *ctx, struct vbr_bridges **ret_bridges);

/** The number of bridges. Since: 0.1 */
size_t vbr_bridges_count(const struct vbr_bridges *bridges);

/**
 * One bridge of a list.
 * @return a snapshot that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_bridge *vbr_bridges_at(const struct vbr_bridges *bridges,
					size_t i);

/** Frees a list of vbr_bridge_list(). Since: 0.1 */
void vbr_bridges_free(struct vbr_bridges *bridges);

/**
 * Copies a snapshot. The copy stays valid after the list or event that owns the
 * original is gone.
 * @param ret_bridge receives the copy. Free it with vbr_bridge_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_bridge_dup(const struct vbr_bridge *bridge,
		   struct vbr_bridge **ret_bridge);

/** Frees a snapshot of vbr_bridge_get() or vbr_bridge_dup(). Since: 0.1 */
void vbr_bridge_free(struct vbr_bridge *bridge);

/** The name of the bridge, unescaped. To print it on a terminal, use
 * vbr_format_name(). Since: 0.1 */
const char *vbr_bridge_name(const struct vbr_bridge *bridge);

/** The interface index of the bridge. Since: 0.1 */
int vbr_bridge_index(const struct vbr_bridge *bridge);

/** Whether the bridge was up (IFF_UP). Since: 0.1 */
bool vbr_bridge_is_up(const struct vbr_bridge *bridge);

/**
 * The value of one option.
 * @param option the name of an option of VBR_SCOPE_BRIDGE.
 * @param ret_value receives the value, in the unit of the option's type.
 * @return 0, or a negative errno: -ENOENT (no such option), -ENODATA (the
 * kernel did not send the option), -EBADMSG (the kernel sent a malformed
 * value), -EOVERFLOW (the value is not a 64-bit number, and is available only
 * as text).
 * Since: 0.1
 */
int vbr_bridge_value(const struct vbr_bridge *bridge, const char *option,
		     uint64_t *ret_value);

/**
 * The value of one option as text, as vbr_option_format() writes it.
 * @param ctx the context, for the names of devices.
 * @param option the name of an option of VBR_SCOPE_BRIDGE.
 * @param ret_text receives the text.
 * @param size the size of ret_text, in bytes. VBR_OPTION_TEXT_SIZE is enough
 * for all types except VBR_OPTION_MAP.
 * @return 0, or a negative errno: -ENOENT, -ENODATA and -EBADMSG as
 * vbr_bridge_value(), -ENOSPC (the text does not fit).
 * Since: 0.1
 */
int vbr_bridge_text(struct vbr_ctx *ctx, const struct vbr_bridge *bridge,
		    const char *option, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_port Ports
 * Adds devices to bridges as ports, releases them, configures and reads them.
 * @{
 */

/**
 * Adds a device to a bridge as a port. A device that already has a master is
 * refused, not moved.
 * @param port the name of the device.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EOPNOTSUPP (not a bridge, or the device cannot be a port), -ELOOP
 * (the device is a bridge itself), -EBUSY (the device has a master), -EINVAL
 * (not an Ethernet device, or one that is being removed), -EXFULL (the bridge
 * has 1023 ports, the maximum).
 * Since: 0.1
 */
int vbr_port_add(struct vbr_ctx *ctx, const char *bridge, const char *port);

/**
 * Adds devices to a bridge as ports with options and VLANs, and sets them up:
 * all of it for all of them, or nothing.
 *
 * A port forwards no frame before it has its options and is in its VLANs, and
 * none in the bridge's default VLAN, unless that is one of them. If the bridge
 * and the device are up, and there are options or VLANs, the device is dormant
 * meanwhile (IF_OPER_DORMANT): it keeps its link, its addresses and its routes,
 * but programs may see the state. A program that is killed in between leaves a
 * port that is dormant.
 * @param ports the names of the devices.
 * @param count the number of devices, at least 1.
 * @param with what each port has. The option state is refused: it can be set
 * only once the port is in use.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EOPNOTSUPP (not a bridge, the device cannot be a port, or this kernel
 * has no VLANs or not the option), -ELOOP (the device is a bridge itself),
 * -EBUSY (the device has a master), -EINVAL (not an Ethernet device, no device
 * is named, or one twice; the same option twice, the option state, or a value
 * that the kernel refuses; no VLAN in an element of "vlans", a VLAN in two of
 * them, two PVIDs, or an unknown flag), -ENOENT (no such option), -EACCES (the
 * option is read-only), -ERANGE (a value is out of range), -E2BIG (more than 64
 * settings).
 * Since: 0.1
 */
int vbr_port_add_with(struct vbr_ctx *ctx, const char *bridge,
		      const char *const *ports, size_t count,
		      const struct vbr_new_port *with);

/**
 * Releases a port from its bridge.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EOPNOTSUPP (not a bridge), -EINVAL (not a port of this bridge).
 * Since: 0.1
 */
int vbr_port_del(struct vbr_ctx *ctx, const char *bridge, const char *port);

/**
 * Sets one option of a port.
 * @param option the name of an option of VBR_SCOPE_PORT that is settable.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EXDEV (a port of another bridge), -ENODATA (the device is not a
 * port), -EOPNOTSUPP (the device is not a port, and "bridge" is not a bridge;
 * or this kernel does not have the option), -ENOENT (no such option), -EACCES
 * (the option is read-only), -ERANGE (the value is out of range), -EINVAL (the
 * kernel refuses the value), -EBUSY (the kernel cannot change the option at
 * this time), -ENETDOWN (the option state, of a port that is down or has no
 * carrier).
 * Since: 0.1
 */
int vbr_port_set(struct vbr_ctx *ctx, const char *bridge, const char *port,
		 const char *option, uint64_t value);

/**
 * Sets several options of a port in one request: all of them, or none. What
 * happens if the kernel refuses one is documented at vbr_bridge_set_all().
 * @param settings the options, which are settable options of VBR_SCOPE_PORT,
 * and their new values.
 * @param count the number of settings, 1 to 64.
 * @return as vbr_port_set(); also -EINVAL and -E2BIG as vbr_bridge_set_all().
 * Since: 0.1
 */
int vbr_port_set_all(struct vbr_ctx *ctx, const char *bridge, const char *port,
		     const struct vbr_setting *settings, size_t count);

/**
 * Sets one option of a port to a value in the form of vbr_port_text(), or
 * another that vbr_option_parse() reads.
 * @param option the name, or the alias, of an option of VBR_SCOPE_PORT that is
 * settable.
 * @param text the new value.
 * @return as vbr_port_set(), and as vbr_option_parse().
 * Since: 0.1
 */
int vbr_port_set_text(struct vbr_ctx *ctx, const char *bridge, const char *port,
		      const char *option, const char *text);

/**
 * Reads one port.
 * @param ret_port receives the snapshot. Free it with vbr_port_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EXDEV (a port of another bridge), -ENODATA (the device is not a
 * port), -EOPNOTSUPP (the device is not a port, and "bridge" is not a bridge).
 * Since: 0.1
 */
int vbr_port_get(struct vbr_ctx *ctx, const char *bridge, const char *port,
		 struct vbr_port **ret_port);

/**
 * Copies a snapshot. The copy stays valid after the list or event that owns the
 * original is gone.
 * @param ret_port receives the copy. Free it with vbr_port_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_port_dup(const struct vbr_port *port, struct vbr_port **ret_port);

/** Frees a snapshot of vbr_port_get() or vbr_port_dup(). Since: 0.1 */
void vbr_port_free(struct vbr_port *port);

/**
 * Reads the ports of one bridge, or of all bridges.
 * @param bridge the name of the bridge; NULL: all bridges.
 * @param ret_ports receives the snapshot, sorted by the index of the bridge,
 * then by the name of the port. Free it with vbr_ports_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * bridge).
 * Since: 0.1
 */
int vbr_port_list(struct vbr_ctx *ctx, const char *bridge,
		  struct vbr_ports **ret_ports);

/** The number of ports. Since: 0.1 */
size_t vbr_ports_count(const struct vbr_ports *ports);

/**
 * One port of a list.
 * @return a snapshot that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_port *vbr_ports_at(const struct vbr_ports *ports, size_t i);

/**
 * Finds the ports of one bridge in a list. They are consecutive.
 * @param ret_first receives the position of the first one, for vbr_ports_at().
 * @return the number of ports; 0: none.
 * Since: 0.1
 */
size_t vbr_ports_of(const struct vbr_ports *ports, int bridge_index,
		    size_t *ret_first);

/** Frees a list of vbr_port_list(). Since: 0.1 */
void vbr_ports_free(struct vbr_ports *ports);

/** The name of the port, unescaped. To print it on a terminal, use
 * vbr_format_name(). Since: 0.1 */
const char *vbr_port_name(const struct vbr_port *port);

/** The interface index of the port. Since: 0.1 */
int vbr_port_index(const struct vbr_port *port);

/** The interface index of the port's bridge. Since: 0.1 */
int vbr_port_bridge_index(const struct vbr_port *port);

/**
 * The value of one option.
 * @param option the name of an option of VBR_SCOPE_PORT.
 * @param ret_value receives the value, in the unit of the option's type.
 * @return 0, or a negative errno: -ENOENT, -ENODATA and -EBADMSG as
 * vbr_bridge_value().
 * Since: 0.1
 */
int vbr_port_value(const struct vbr_port *port, const char *option,
		   uint64_t *ret_value);

/**
 * The value of one option as text, as vbr_option_format() writes it.
 * @param ctx the context, for the names of devices.
 * @param option the name of an option of VBR_SCOPE_PORT.
 * @param ret_text receives the text.
 * @param size the size of ret_text, in bytes; VBR_OPTION_TEXT_SIZE is enough.
 * @return as vbr_bridge_text().
 * Since: 0.1
 */
int vbr_port_text(struct vbr_ctx *ctx, const struct vbr_port *port,
		  const char *option, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_fdb Forwarding database (FDB)
 * The FDB of a bridge: the port to which frames for a MAC address go.
 * @{
 */

/**
 * Callback of vbr_fdb_foreach().
 * @param entry the entry, valid during the call.
 * @param data the pointer that was given to vbr_fdb_foreach().
 * @return 0 to continue. Any other value ends vbr_fdb_foreach(), which returns
 * this value; a positive value does not count as an error.
 * Since: 0.1
 */
typedef int (*vbr_fdb_fn)(const struct vbr_fdb_entry *entry, void *data);

/**
 * Calls a function for each entry of a bridge's FDB, in the kernel's order. The
 * entries are not stored. The callback must not use the same context, except
 * for vbr_link_name().
 * @param function the callback, which is called for each entry.
 * @return 0, the value of the callback if it is not 0, or a negative errno:
 * -ENODEV (no such device), -EOPNOTSUPP (not a bridge), -EAGAIN (the FDB
 * changed meanwhile; some entries may be missing or reported twice).
 * Since: 0.1
 */
int vbr_fdb_foreach(struct vbr_ctx *ctx, const char *bridge,
		    vbr_fdb_fn function, void *data);

/**
 * Reads the FDB of a bridge.
 * @param ret_fdb receives the snapshot, sorted by MAC address, then by the
 * index of the port, then by VLAN. Free it with vbr_fdb_free().
 * @return 0, or a negative errno: as vbr_fdb_foreach().
 * Since: 0.1
 */
int vbr_fdb_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_fdb **ret_fdb);

/**
 * Reads the FDB of a bridge, and the tables of its ports themselves: where VXLAN
 * devices send frames, and the addresses that NICs listen to. The flags of these
 * entries have VBR_FDB_SELF.
 * @param ret_fdb receives the snapshot, sorted as that of vbr_fdb_list(). Free it
 * with vbr_fdb_free().
 * @return 0, or a negative errno: as vbr_fdb_foreach().
 * Since: 0.1
 */
int vbr_fdb_list_all(struct vbr_ctx *ctx, const char *bridge,
		     struct vbr_fdb **ret_fdb);

/**
 * Reads one entry of the FDB of a bridge. Before Linux 5.0, the library searches
 * the whole FDB for it.
 * @param vlan the VLAN, 1 to 4094; 0: the entry without a VLAN.
 * @param ret_entry receives the entry. Free it with vbr_fdb_entry_free().
 * @return 0, or a negative errno: -ENODEV and -EOPNOTSUPP as vbr_fdb_foreach(),
 * -ERANGE (a VLAN above 4094), -ENOENT (no such entry).
 * Since: 0.1
 */
int vbr_fdb_get(struct vbr_ctx *ctx, const char *bridge, const uint8_t mac[6],
		unsigned int vlan, struct vbr_fdb_entry **ret_entry);

/** Frees an entry of vbr_fdb_get(). Since: 0.1 */
void vbr_fdb_entry_free(struct vbr_fdb_entry *entry);

/** The number of entries. Since: 0.1 */
size_t vbr_fdb_count(const struct vbr_fdb *fdb);

/**
 * One entry of a list.
 * @return an entry that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_fdb_entry *vbr_fdb_at(const struct vbr_fdb *fdb, size_t i);

/** Frees a list of vbr_fdb_list(). Since: 0.1 */
void vbr_fdb_free(struct vbr_fdb *fdb);

/**
 * Adds an entry to the FDB.
 * @param device the port to which frames for the address go; or the name of the
 * bridge, for an address of the bridge itself, whose state is VBR_FDB_LOCAL.
 * @param vlan the VLAN, 1 to 4094; 0: one entry without a VLAN, and one in each
 * VLAN of the device. If any of these VLANs has a different entry for the
 * address, nothing is added (before Linux 5.6, entries in some VLANs may be
 * added).
 * @param state VBR_FDB_LOCAL, VBR_FDB_STATIC, or VBR_FDB_LEARNED, which ages.
 * @param flags 0, or VBR_FDB_STICKY.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EXDEV (a port of another bridge), -ENODATA (the device is not a
 * port), -EOPNOTSUPP (not a bridge), -EEXIST (the bridge already has an entry
 * for the address), -EINVAL (a multicast address, or 00:00:00:00:00:00; a VLAN
 * that the device is not a member of; an unknown flag; a state that the device
 * cannot have), -ERANGE (a VLAN above 4094), -EBUSY (VBR_FDB_LEARNED, on a port
 * whose option state is neither learning nor forwarding).
 * Since: 0.1
 */
int vbr_fdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan,
		enum vbr_fdb_state state, unsigned int flags);

/**
 * Adds an entry to the FDB of a bridge or, with VBR_FDB_SELF, to the table of a
 * port itself; or changes an entry. With VBR_FDB_USE and VBR_FDB_EXTERN the kernel
 * ignores whether there is an entry, so the library looks for one before.
 * @param device as in vbr_fdb_add(); with VBR_FDB_SELF, a port.
 * @param entry the entry. Contradictory members are refused: a destination
 * without VBR_FDB_SELF or of a device that is not VXLAN; a flag that this table
 * does not have; VBR_FDB_APPEND where there can be one destination only.
 * @return 0, or a negative errno: as vbr_fdb_add(); -EINVAL (also contradictory
 * members), -ENOENT (VBR_FDB_REPLACE: no such entry), -EAFNOSUPPORT (the VXLAN
 * device uses the other version of IP), -ERANGE (also a VNI above 16777215 or a
 * port above 65535). Since: 0.1
 */
int vbr_fdb_add_with(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const uint8_t mac[6],
		     const struct vbr_new_fdb_entry *entry);

/**
 * Deletes an entry of the FDB.
 * @param device the port of the entry, or the name of the bridge.
 * @param vlan the VLAN, 1 to 4094; 0: the entry without a VLAN, and those in
 * each VLAN of the device.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_fdb_add(), -EINVAL (a multicast address, or
 * 00:00:00:00:00:00; a VLAN that the device is not a member of), -ENOENT (no
 * such entry).
 * Since: 0.1
 */
int vbr_fdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan);

/**
 * Deletes an entry of the table of a port itself. If an address of a VXLAN device
 * has several destinations, the others stay.
 * @param device the port.
 * @param remote the destination, as it was added; if all members are zero, or only
 * the source VNI is given, all destinations of the address are deleted.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA and
 * -EOPNOTSUPP as vbr_fdb_add(), -EINVAL, -EAFNOSUPPORT and -ERANGE as
 * vbr_fdb_add_with(), -ENOENT (no such entry).
 * Since: 0.1
 */
int vbr_fdb_del_self(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const uint8_t mac[6],
		     const struct vbr_remote *remote);

/**
 * Deletes all entries that match a filter. Before Linux 5.19, the kernel cannot
 * do this in one request, and the library deletes the entries one by one. If
 * this fails, entries that are already deleted stay deleted, and
 * vbr_ctx_error() says so.
 * @param filter selects the entries; NULL: all learned entries.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_fdb_add(); -EINVAL (VBR_FDB_EXPIRED,
 * VBR_FDB_LOCKED, or an unknown state or flag; a remote without the port, or of a
 * port that is not a VXLAN device), -EAFNOSUPPORT (a remote of the other version of
 * IP), -EOPNOTSUPP (before Linux 5.19: flags_mask has VBR_FDB_USER, or the kernel
 * would delete an address also in VLANs that do not match; a remote before Linux
 * 6.7).
 * Since: 0.1
 */
int vbr_fdb_flush(struct vbr_ctx *ctx, const char *bridge,
		  const struct vbr_fdb_filter *filter);

/** The MAC address of the entry: 6 bytes, valid as long as the entry.
 * Since: 0.1 */
const uint8_t *vbr_fdb_entry_mac(const struct vbr_fdb_entry *entry);

/** The interface index of the port of the entry; for an address of the bridge
 * itself, that of the bridge. Since: 0.1 */
int vbr_fdb_entry_port_index(const struct vbr_fdb_entry *entry);

/** The interface index of the bridge that the entry is of; for an entry of the
 * bridge itself, vbr_fdb_entry_port_index() is the same. 0: this kernel does not
 * say. Since: 0.1 */
int vbr_fdb_entry_bridge_index(const struct vbr_fdb_entry *entry);

/** The VLAN of the entry, 1 to 4094; 0: the entry has no VLAN. Since: 0.1 */
unsigned int vbr_fdb_entry_vlan(const struct vbr_fdb_entry *entry);

/** The state of the entry. Since: 0.1 */
enum vbr_fdb_state vbr_fdb_entry_state(const struct vbr_fdb_entry *entry);

/** The flags of the entry: enum vbr_fdb_flag. Since: 0.1 */
unsigned int vbr_fdb_entry_flags(const struct vbr_fdb_entry *entry);

/** Ticks since a frame from this address last came in. Since: 0.1 */
uint32_t vbr_fdb_entry_age(const struct vbr_fdb_entry *entry);

/** Ticks since the entry was last used to forward a frame. Since: 0.1 */
uint32_t vbr_fdb_entry_idle(const struct vbr_fdb_entry *entry);

/** The routing protocol that added the entry, RTPROT_* of <linux/rtnetlink.h>; 0:
 * the kernel does not say. Since: 0.1 */
unsigned int vbr_fdb_entry_protocol(const struct vbr_fdb_entry *entry);

/**
 * Where a VXLAN device sends the frames. Values that are the defaults of the
 * device are not given. Only entries of vbr_fdb_list_all() have one.
 * @param ret_remote receives the destination.
 * @return true; or false if the entry has none. Then nothing is written.
 * Since: 0.1
 */
bool vbr_fdb_entry_remote(const struct vbr_fdb_entry *entry,
			  struct vbr_remote *ret_remote);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_vni VNIs of VXLAN devices
 * The VNIs that a VXLAN device with a VNI filter receives (Linux 5.18): a device
 * that was made with "external vnifilter".
 * @{
 */

/** The largest VNI. Since: 0.1 */
#define VBR_VNI_MAX 0xffffffu

/** Consecutive VNIs. Since: 0.1 */
struct vbr_vni_range {
	uint32_t first; /**< 1 to VBR_VNI_MAX */
	uint32_t last;	/**< the last one, not less than "first" */
};

/**
 * Adds VNIs to a VXLAN device, or sets the group of VNIs that it has. If one
 * cannot be added, none is added.
 * @param device the VXLAN device.
 * @param ranges the VNIs.
 * @param count the number of ranges.
 * @param group the IP address, of a multicast group or of the other end, to
 * which frames of these VNIs without another destination are sent; NULL: none.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * VXLAN device with a VNI filter, or before Linux 5.18), -ERANGE (no VNI),
 * -EINVAL (no IP address), -EAFNOSUPPORT (the device uses the other version of
 * IP), -EEXIST (another device with the same UDP port has a VNI of these).
 * Since: 0.1
 */
int vbr_vni_add(struct vbr_ctx *ctx, const char *device,
		const struct vbr_vni_range *ranges, size_t count,
		const char *group);

/**
 * Deletes VNIs of a VXLAN device. If one cannot be deleted, none is deleted.
 * @param device the VXLAN device.
 * @param ranges the VNIs.
 * @param count the number of ranges.
 * @return 0, or a negative errno: -ENODEV, -EOPNOTSUPP and -ERANGE as
 * vbr_vni_add(), -ENOENT (the device does not have one of them).
 * Since: 0.1
 */
int vbr_vni_del(struct vbr_ctx *ctx, const char *device,
		const struct vbr_vni_range *ranges, size_t count);

/**
 * Reads the VNIs of VXLAN devices that have a VNI filter.
 * @param device the device; NULL: all devices.
 * @param ret_vnis receives the snapshot, sorted by the index of the device, then
 * by VNI. Free it with vbr_vnis_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * VXLAN device with a VNI filter, or before Linux 5.18).
 * Since: 0.1
 */
int vbr_vni_list(struct vbr_ctx *ctx, const char *device,
		 struct vbr_vnis **ret_vnis);

/** The number of rows. Since: 0.1 */
size_t vbr_vnis_count(const struct vbr_vnis *vnis);

/**
 * One row of a list: consecutive VNIs with the same group.
 * @return a row that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_vni *vbr_vnis_at(const struct vbr_vnis *vnis, size_t i);

/** Frees a list of vbr_vni_list(). Since: 0.1 */
void vbr_vnis_free(struct vbr_vnis *vnis);

/** The interface index of the VXLAN device. Since: 0.1 */
int vbr_vni_index(const struct vbr_vni *vni);

/** The first VNI of a row. Since: 0.1 */
uint32_t vbr_vni_first(const struct vbr_vni *vni);

/** The last VNI of a row. Since: 0.1 */
uint32_t vbr_vni_last(const struct vbr_vni *vni);

/**
 * The address to which frames without another destination are sent.
 * @param ret_text receives the address; VBR_ADDRESS_TEXT_SIZE bytes.
 * @return true; or false if the VNIs have none. Then nothing is written.
 * Since: 0.1
 */
bool vbr_vni_group(const struct vbr_vni *vni, char *ret_text);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_mdb Multicast groups (MDB)
 * The multicast database of a bridge: the members of each multicast group, and
 * the ports that lead to multicast routers.
 * @{
 */

/** Flags of a member of a multicast group. Since: 0.1 */
enum vbr_mdb_flag {
	VBR_MDB_PERMANENT = 1,	/**< kept until it is deleted */
	VBR_MDB_INCLUDE = 2,	/**< the member wants only the listed sources;
				   without the flag, all but these */
	VBR_MDB_FAST_LEAVE = 4, /**< the member has left, and was removed at
				   once: the port's multicast_fast_leave */
	VBR_MDB_STAR_EXCL = 8,	/**< an entry of one source that the kernel
				   made, because the port wants all sources
				   but some */
	VBR_MDB_BLOCKED = 16,	/**< an entry of a source that the member does
				   not want */
	VBR_MDB_OFFLOADED = 32, /**< also in the hardware's table */
	VBR_MDB_OFFLOAD_FAILED = 64 /**< the hardware did not take it (Linux
				       6.16) */
};

/**
 * Makes a port a member of a multicast group.
 * @param device the port; or the name of the bridge, for the host.
 * @param group the address of the group as text: IPv4, IPv6, or MAC (Linux
 * 5.10).
 * @param source the address of the only sender that the member wants (Linux
 * 5.10); NULL: any sender.
 * @param vlan the VLAN, 1 to 4094; 0: none. On a bridge with vlan_filtering on,
 * 0 means each VLAN of the device; if one is refused, none is added.
 * @param permanent true: the member stays until it is deleted; false: it ages.
 * A member of a MAC group must be permanent. For the host in an IPv4 or IPv6
 * group, this parameter has no effect.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EXDEV (a port of another bridge), -ENODATA (the device is not a
 * port), -EOPNOTSUPP (not a bridge), -EEXIST (already a member), -EINVAL (the
 * group is not a multicast address, or one that the kernel reserves, such as
 * 224.0.0.1; not a valid source for this group; a MAC group without
 * "permanent"; the bridge is down, or its multicast_snooping is off; VLAN 0,
 * and the device is in no VLAN), -ERANGE (a VLAN above 4094), -E2BIG (the
 * bridge has its maximum number of groups; the kernel then turns
 * multicast_snooping off, and what was added before stays).
 * Since: 0.1
 */
int vbr_mdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan,
		bool permanent);

/**
 * Removes a port from a multicast group.
 * @param device as vbr_mdb_add().
 * @param group as vbr_mdb_add().
 * @param source as vbr_mdb_add().
 * @param vlan the VLAN, 1 to 4094; 0: none. On a bridge with vlan_filtering on,
 * 0 means each VLAN in which the device is a member of the group.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_mdb_add(), -EINVAL (the group is not a
 * multicast address; not a valid source for this group; the bridge is down, or
 * its multicast_snooping is off), -ENOENT (not a member).
 * Since: 0.1
 */
int vbr_mdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan);

/**
 * Makes a port a member of a multicast group, with all its properties; or a
 * VXLAN device, which then sends the group to a remote device.
 * @param device the port; or the name of the bridge, for the host; or of the
 * VXLAN device, which is also "bridge" then.
 * @param group as vbr_mdb_add(). For a VXLAN device, an IP address; 0.0.0.0 and
 * :: stand for all groups that have no entry.
 * @param with the properties.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA, -EEXIST,
 * -ERANGE and -E2BIG as vbr_mdb_add(), -EOPNOTSUPP (not a bridge, or not a VXLAN
 * device; or the kernel is too old), -EINVAL (as vbr_mdb_add(); sources without
 * a mode, or VBR_MDB_MODE_INCLUDE without sources; a source that is not valid
 * for this group; a mode for the host, for a group of one source, or for a MAC
 * group; a protocol for the host), -ENOENT (with "replace": not a member).
 * Since: 0.1
 */
int vbr_mdb_add_with(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const char *group,
		     const struct vbr_new_group *with);

/**
 * Removes a port, or a VXLAN device, from a multicast group.
 * @param device as vbr_mdb_add_with().
 * @param group as vbr_mdb_add_with().
 * @param with the source, the VLAN and the remote device; other members are
 * ignored.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EINVAL, -ERANGE and -ENOENT as vbr_mdb_del(), -EOPNOTSUPP (not a bridge, or
 * not a VXLAN device; or the kernel is too old).
 * Since: 0.1
 */
int vbr_mdb_del_with(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const char *group,
		     const struct vbr_new_group *with);

/**
 * Deletes many members of multicast groups. Before Linux 6.8, and with a
 * source, they are deleted one by one: if one is refused, those before it are
 * deleted already, and vbr_ctx_error() says so.
 * @param bridge the name of the bridge, or of a VXLAN device.
 * @param filter which members; NULL: all.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_mdb_add_with(), -EINVAL (an unknown flag; not
 * the address of a sender or of a device; without the kernel's flush: the bridge
 * is down, or its multicast_snooping is off).
 * Since: 0.1
 */
int vbr_mdb_flush(struct vbr_ctx *ctx, const char *bridge,
		  const struct vbr_mdb_filter *filter);

/**
 * Reads the members of one multicast group. Before Linux 6.7, all groups are
 * read.
 * @param bridge the name of the bridge, or of a VXLAN device.
 * @param group as vbr_mdb_add_with().
 * @param source the only sender that the members want; NULL: the members that
 * want any.
 * @param vlan the VLAN, 1 to 4094; 0: none.
 * @param src_vni the VNI, for a VXLAN device; 0: that of the device.
 * @param ret_mdb receives the snapshot, which has at least one member. Free it
 * with vbr_mdb_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * bridge), -EINVAL (the group is not a multicast address; not a valid source
 * for this group; multicast_snooping is off), -ERANGE (a VLAN above 4094),
 * -ENOENT (the group has no members).
 * Since: 0.1
 */
int vbr_mdb_get(struct vbr_ctx *ctx, const char *bridge, const char *group,
		const char *source, unsigned int vlan, uint32_t src_vni,
		struct vbr_mdb **ret_mdb);

/**
 * Reads the multicast groups with their members, and the ports that lead to
 * multicast routers.
 * @param bridge the name of the bridge, or of a VXLAN device; NULL: all
 * bridges.
 * @param ret_mdb receives the snapshot. Free it with vbr_mdb_free(). Members
 * are sorted by bridge, group, VLAN, port and source; router ports by bridge,
 * port and VLAN.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * bridge, or a kernel without multicast snooping).
 * Since: 0.1
 */
int vbr_mdb_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_mdb **ret_mdb);

/** Frees a list of vbr_mdb_list(). Since: 0.1 */
void vbr_mdb_free(struct vbr_mdb *mdb);

/** The number of members of all groups together. Since: 0.1 */
size_t vbr_mdb_count(const struct vbr_mdb *mdb);

/**
 * One member of one group.
 * @return an entry that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_mdb_entry *vbr_mdb_at(const struct vbr_mdb *mdb, size_t i);

/** The interface index of the member; for the host, that of the bridge.
 * Since: 0.1 */
int vbr_mdb_entry_index(const struct vbr_mdb_entry *entry);

/** The interface index of the bridge. Since: 0.1 */
int vbr_mdb_entry_bridge_index(const struct vbr_mdb_entry *entry);

/**
 * The address of the group.
 * @param ret_text receives the address; VBR_ADDRESS_TEXT_SIZE bytes.
 * Since: 0.1
 */
void vbr_mdb_entry_group(const struct vbr_mdb_entry *entry, char *ret_text);

/**
 * The source of an entry that is about one source.
 * @param ret_text receives the address; VBR_ADDRESS_TEXT_SIZE bytes.
 * @return true; or false if the entry is about any source. Then nothing is
 * written.
 * Since: 0.1
 */
bool vbr_mdb_entry_source(const struct vbr_mdb_entry *entry, char *ret_text);

/** The VLAN, 1 to 4094; 0: none. Since: 0.1 */
unsigned int vbr_mdb_entry_vlan(const struct vbr_mdb_entry *entry);

/** The flags of the member: enum vbr_mdb_flag. Since: 0.1 */
unsigned int vbr_mdb_entry_flags(const struct vbr_mdb_entry *entry);

/**
 * How the member selects senders. The kernel reports this only while it uses
 * IGMPv3 or MLDv2: the bridge's options multicast_igmp_version and
 * multicast_mld_version. Since: 0.1
 */
enum vbr_mdb_mode vbr_mdb_entry_mode(const struct vbr_mdb_entry *entry);

/** Bytes for a protocol as text, including the closing NUL. Since: 0.1 */
#define VBR_PROTOCOL_TEXT_SIZE 12

/**
 * Reads a protocol: a number, or a name that iproute2 knows, such as "bird".
 * @param text the number or the name.
 * @param ret_protocol receives its number, 0 to 255.
 * @return 0, or -EINVAL (neither).
 * Since: 0.1
 */
int vbr_mdb_parse_protocol(const char *text, unsigned int *ret_protocol);

/**
 * Formats a protocol as its name, or as a number if it has none.
 * @param protocol its number, 0 to 255.
 * @param ret_text receives it, in VBR_PROTOCOL_TEXT_SIZE bytes.
 * Since: 0.1
 */
void vbr_mdb_format_protocol(unsigned int protocol, char *ret_text);

/** Who added the member, RTPROT_KERNEL (2) if it was learned; 0: not known.
 * Since: 0.1 */
unsigned int vbr_mdb_entry_protocol(const struct vbr_mdb_entry *entry);

/**
 * Where a VXLAN device sends the group.
 * @param ret_remote receives it; values that are the defaults of the device are
 * not given.
 * @return true, or false if the entry is one of a bridge.
 * Since: 0.1
 */
bool vbr_mdb_entry_remote(const struct vbr_mdb_entry *entry,
			  struct vbr_remote *ret_remote);

/** Ticks until the member is removed; 0: never. Since: 0.1 */
uint32_t vbr_mdb_entry_timer(const struct vbr_mdb_entry *entry);

/**
 * One of the sources that the member wants (with VBR_MDB_INCLUDE) or does not
 * want (without it).
 * @param ret_text receives the address; VBR_ADDRESS_TEXT_SIZE bytes.
 * @param ret_timer receives the ticks until the source is removed.
 * @return true; or false if "i" is past the end. Then nothing is written.
 * Since: 0.1
 */
bool vbr_mdb_entry_source_at(const struct vbr_mdb_entry *entry, size_t i,
			     char *ret_text, uint32_t *ret_timer);

/** The number of ports that lead to multicast routers. Since: 0.1 */
size_t vbr_mdb_router_count(const struct vbr_mdb *mdb);

/**
 * One port that leads to a multicast router.
 * @return an entry that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_mdb_router *vbr_mdb_router_at(const struct vbr_mdb *mdb,
					       size_t i);

/** The interface index of the port. Since: 0.1 */
int vbr_mdb_router_index(const struct vbr_mdb_router *router);

/** The interface index of the bridge. Since: 0.1 */
int vbr_mdb_router_bridge_index(const struct vbr_mdb_router *router);

/** The value of the option multicast_router that makes it a router port.
 * Since: 0.1 */
unsigned int vbr_mdb_router_type(const struct vbr_mdb_router *router);

/** The VLAN, 1 to 4094; 0: none. Since: 0.1 */
unsigned int vbr_mdb_router_vlan(const struct vbr_mdb_router *router);

/** Ticks until the router port is removed; 0: never. Since: 0.1 */
uint32_t vbr_mdb_router_timer(const struct vbr_mdb_router *router);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_vids Sets of VLAN ids
 * Sets of VLAN ids, for functions that change several VLANs in one call.
 * @{
 */

/**
 * Creates an empty set of VLAN ids.
 * @param ret_vids receives the set. Free it with vbr_vids_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_vids_new(struct vbr_vids **ret_vids);

/**
 * Adds a range of ids to a set. Ids that are already in the set stay there.
 * @param vids the set.
 * @param first the first id, 0 to "last".
 * @param last the last id, at most 4094.
 * @return 0, or a negative errno: -EINVAL ("first" is greater than "last"),
 * -ERANGE (above 4094).
 * Since: 0.1
 */
int vbr_vids_add(struct vbr_vids *vids, unsigned int first, unsigned int last);

/**
 * Reads a set of VLAN ids from text, such as "10" or "10,20-29". The ids are
 * decimal, 0 to 4094.
 * @param ret_vids receives the set. Free it with vbr_vids_free().
 * @return 0, or a negative errno: -EINVAL (not a set, the same id twice, or a
 * range whose start is greater than its end), -ERANGE (above 4094), -ENOMEM
 * (out of memory).
 * Since: 0.1
 */
int vbr_vids_parse(const char *text, struct vbr_vids **ret_vids);

/**
 * Writes the error of vbr_vids_parse() as a sentence: what is allowed, and
 * which part of the text is wrong.
 * @param text the text that was given to vbr_vids_parse().
 * @param error the negative errno that vbr_vids_parse() returned.
 * @param ret_text receives the sentence, truncated if it is longer than "size".
 * VBR_ERROR_TEXT_SIZE bytes are always enough.
 * @return the length of the complete sentence, without the closing NUL.
 * Since: 0.1
 */
size_t vbr_vids_parse_error(const char *text, int error, char *ret_text,
			    size_t size);

/**
 * The next id of a set, in ascending order.
 * @param vids the set.
 * @param after the previous id; -1: return the first id.
 * @return the id, or -1 if there is no further id.
 * Since: 0.1
 */
int vbr_vids_next(const struct vbr_vids *vids, int after);

/** Frees a set. Since: 0.1 */
void vbr_vids_free(struct vbr_vids *vids);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_port_vlan VLANs of ports
 * VLAN filtering: the VLANs that ports, and bridges themselves, are members of,
 * their options and their tunnel ids. VLAN devices such as eth0.5 are in
 * vbr_vlan(3).
 * @{
 */

/** Flags of a VLAN of a port. Since: 0.1 */
enum vbr_port_vlan_flag {
	VBR_PORT_VLAN_PVID = 2,	   /**< untagged frames come in as this VLAN */
	VBR_PORT_VLAN_UNTAGGED = 4 /**< its frames go out without a tag */
};

/** What vbr_port_vlan_list() reads in addition to the VLANs. Since: 0.1 */
enum vbr_port_vlan_detail {
	VBR_PORT_VLAN_OPTIONS = 1, /**< their options (Linux 5.6) */
	VBR_PORT_VLAN_STATISTICS =
		2 /**< their options and counters; each VLAN is a row then
		     (Linux 5.7) */
};

/**
 * Makes a port, or the bridge itself, a member of VLANs: of all of them, or of
 * none. If it already is a member of a VLAN, the flags of this VLAN change.
 * While the bridge's option vlan_filtering is off, the VLANs are stored but
 * have no effect.
 * @param device the port, or the name of the bridge for the bridge itself.
 * @param vids the VLANs, 1 to 4094; at least one.
 * @param flags bits of enum vbr_port_vlan_flag; VBR_PORT_VLAN_PVID is allowed
 * only with a single VLAN.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EXDEV (a port of another bridge), -ENODATA (the device is not a
 * port), -EOPNOTSUPP (not a bridge, or a kernel without VLAN filtering),
 * -ERANGE (VLAN 0), -EINVAL (no VLAN, several VLANs with VBR_PORT_VLAN_PVID, or
 * an unknown flag).
 * Since: 0.1
 */
int vbr_port_vlan_add(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids,
		      unsigned int flags);

/**
 * Removes a port, or the bridge itself, from VLANs: from all of them, or from
 * none. If the kernel refuses one VLAN, those that are already removed are
 * added again, with their options and tunnel ids. Their options of
 * VBR_SCOPE_BRIDGE_VLAN are lost if the device was the last member of the VLAN.
 * @param device as vbr_port_vlan_add().
 * @param vids the VLANs, 1 to 4094; at least one.
 * @return 0, or a negative errno: -ENODEV, -ENXIO, -EXDEV, -ENODATA,
 * -EOPNOTSUPP and -ERANGE as vbr_port_vlan_add(), -ENOENT (not a member of one
 * of the VLANs).
 * Since: 0.1
 */
int vbr_port_vlan_del(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids);

/**
 * As vbr_port_vlan_add(), for several devices of a bridge: for all of them, or
 * for none.
 * @param devices the names of ports, or of the bridge.
 * @param count the number of devices, at least 1.
 * @param vids as vbr_port_vlan_add().
 * @param flags as vbr_port_vlan_add().
 * @return as vbr_port_vlan_add(); also -EINVAL (no device).
 * Since: 0.1
 */
int vbr_port_vlan_add_many(struct vbr_ctx *ctx, const char *bridge,
			   const char *const *devices, size_t count,
			   const struct vbr_vids *vids, unsigned int flags);

/**
 * As vbr_port_vlan_del(), for several devices of a bridge: for all of them, or
 * for none.
 * @param devices the names of ports, or of the bridge.
 * @param count the number of devices, at least 1.
 * @param vids as vbr_port_vlan_del().
 * @param if_there true: VLANs that a device is not a member of are skipped;
 * false: they fail with -ENOENT.
 * @return as vbr_port_vlan_del(); also -EINVAL (no device).
 * Since: 0.1
 */
int vbr_port_vlan_del_many(struct vbr_ctx *ctx, const char *bridge,
			   const char *const *devices, size_t count,
			   const struct vbr_vids *vids, bool if_there);

/**
 * Sets options of VLANs of a port: all of them, or none.
 * @param device as vbr_port_vlan_add().
 * @param vids the VLANs, 1 to 4094; at least one.
 * @param settings the options, which are settable options of
 * VBR_SCOPE_PORT_VLAN, and their new values.
 * @param count the number of settings, 1 to 64.
 * @return as vbr_port_vlan_del(), as vbr_bridge_set_all(); also -EINVAL (no
 * VLAN; or this kernel does not have mcast_max_groups, or multicast snooping is
 * off for the VLANs).
 * Since: 0.1
 */
int vbr_port_vlan_set_all(struct vbr_ctx *ctx, const char *bridge,
			  const char *device, const struct vbr_vids *vids,
			  const struct vbr_setting *settings, size_t count);

/**
 * Sets options of VLANs of a bridge: all of them, or none.
 * @param vids the VLANs, 1 to 4094; at least one.
 * @param settings the options, which are settable options of
 * VBR_SCOPE_BRIDGE_VLAN, and their new values.
 * @param count the number of settings, 1 to 64.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * bridge, or this kernel does not have the option), -ERANGE, -EINVAL, -ENOENT,
 * -EACCES and -E2BIG as vbr_port_vlan_set_all().
 * Since: 0.1
 */
int vbr_bridge_vlan_set_all(struct vbr_ctx *ctx, const char *bridge,
			    const struct vbr_vids *vids,
			    const struct vbr_setting *settings, size_t count);

/**
 * Maps VLANs of a port to tunnel ids: the lowest VLAN to "first", and each
 * further VLAN to the next id. The port's option vlan_tunnel must be on.
 * @param vids the VLANs, 1 to 4094; at least one.
 * @param first the first tunnel id, 0 to 4294967295.
 * @return as vbr_port_vlan_del(); also -EINVAL (no VLAN, vlan_tunnel is off, or
 * the device is the bridge itself), -EEXIST (a tunnel id that is in use, or a
 * VLAN that has one), -ERANGE (ids above 4294967295).
 * Since: 0.1
 */
int vbr_port_vlan_map_tunnels(struct vbr_ctx *ctx, const char *bridge,
			      const char *port, const struct vbr_vids *vids,
			      uint32_t first);

/**
 * Makes a port a member of VLANs and maps them to tunnel ids: both, or neither.
 * @param vids as vbr_port_vlan_add().
 * @param flags as vbr_port_vlan_add().
 * @param first as vbr_port_vlan_map_tunnels().
 * @return as vbr_port_vlan_add(); also -ERANGE, -EINVAL and -EEXIST as
 * vbr_port_vlan_map_tunnels().
 * Since: 0.1
 */
int vbr_port_vlan_add_tunnels(struct vbr_ctx *ctx, const char *bridge,
			      const char *port, const struct vbr_vids *vids,
			      unsigned int flags, uint32_t first);

/**
 * Removes the tunnel ids of VLANs of a port.
 * @param vids the VLANs, 1 to 4094; at least one.
 * @param if_there true: VLANs that the port is not a member of are skipped;
 * false: they fail with -ENOENT.
 * @return as vbr_port_vlan_del(); also -EINVAL (no VLAN, vlan_tunnel is off, or
 * the device is the bridge itself).
 * Since: 0.1
 */
int vbr_port_vlan_unmap_tunnels(struct vbr_ctx *ctx, const char *bridge,
				const char *port, const struct vbr_vids *vids,
				bool if_there);

/**
 * Reads the VLANs of a bridge and of its ports.
 * @param bridge the name of the bridge; NULL: all bridges.
 * @param detail bits of enum vbr_port_vlan_detail, or 0. If the kernel does not
 * send the options, the call succeeds nevertheless; vbr_port_vlan_value() then
 * returns -ENODATA.
 * @param ret_vlans receives the snapshot. Free it with vbr_port_vlans_free().
 * It is sorted by the index of the bridge; the bridge itself comes before its
 * ports, which are sorted by index; then by VLAN. Consecutive VLANs that are
 * alike share one row.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * bridge).
 * Since: 0.1
 */
int vbr_port_vlan_list(struct vbr_ctx *ctx, const char *bridge,
		       unsigned int detail, struct vbr_port_vlans **ret_vlans);

/**
 * Reads the options that the VLANs of a bridge have on all of its ports.
 * @param bridge the name of the bridge; NULL: all bridges.
 * @param ret_vlans receives the snapshot, in the order of vbr_port_vlan_list().
 * Free it with vbr_port_vlans_free().
 * @return as vbr_port_vlan_list(); also -EOPNOTSUPP (a kernel without them,
 * before Linux 5.15).
 * Since: 0.1
 */
int vbr_bridge_vlan_list(struct vbr_ctx *ctx, const char *bridge,
			 struct vbr_port_vlans **ret_vlans);

/** The number of rows. Since: 0.1 */
size_t vbr_port_vlans_count(const struct vbr_port_vlans *vlans);

/**
 * One row of a list.
 * @return a row that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_port_vlan *
vbr_port_vlans_at(const struct vbr_port_vlans *vlans, size_t i);

/** Frees a list of vbr_port_vlan_list() or vbr_bridge_vlan_list().
 * Since: 0.1 */
void vbr_port_vlans_free(struct vbr_port_vlans *vlans);

/** The interface index of the port, or of the bridge itself. Since: 0.1 */
int vbr_port_vlan_index(const struct vbr_port_vlan *vlan);

/** The interface index of the bridge. Since: 0.1 */
int vbr_port_vlan_bridge_index(const struct vbr_port_vlan *vlan);

/** The first VLAN of the row. Since: 0.1 */
unsigned int vbr_port_vlan_first(const struct vbr_port_vlan *vlan);

/** The last VLAN of the row; for a single VLAN, the same as the first.
 * Since: 0.1 */
unsigned int vbr_port_vlan_last(const struct vbr_port_vlan *vlan);

/** The flags of the VLANs: enum vbr_port_vlan_flag; 0 in a list of
 * vbr_bridge_vlan_list(). Since: 0.1 */
unsigned int vbr_port_vlan_flags(const struct vbr_port_vlan *vlan);

/**
 * The value of one option. In a row of several VLANs, tunnel_id is that of the
 * first VLAN, and each further VLAN has the next id.
 * @param option the name of an option of VBR_SCOPE_PORT_VLAN; in a list of
 * vbr_bridge_vlan_list(), of VBR_SCOPE_BRIDGE_VLAN.
 * @param ret_value receives the value, in the unit of the option's type.
 * @return as vbr_bridge_value().
 * Since: 0.1
 */
int vbr_port_vlan_value(const struct vbr_port_vlan *vlan, const char *option,
			uint64_t *ret_value);

/**
 * The value of one option as text, as vbr_option_format() writes it.
 * @param ctx the context, for the names of devices.
 * @param option as vbr_port_vlan_value().
 * @param ret_text receives the text.
 * @param size the size of ret_text, in bytes; VBR_OPTION_TEXT_SIZE is enough.
 * @return as vbr_bridge_text().
 * Since: 0.1
 */
int vbr_port_vlan_text(struct vbr_ctx *ctx, const struct vbr_port_vlan *vlan,
		       const char *option, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_mst MST states of ports
 * The state of ports in each instance of Multiple Spanning Tree (MST).
 * @{
 */

/**
 * Reads the MST instances of ports.
 * @param bridge the name of the bridge; NULL: all bridges.
 * @param ret_msts receives the snapshot, sorted by bridge, port and instance.
 * It is empty if all VLANs are in one common spanning tree. Free it with
 * vbr_msts_free().
 * @return 0, or a negative errno: -ENODEV (no such device).
 * Since: 0.1
 */
int vbr_mst_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_msts **ret_msts);

/**
 * Sets the state of a port in an MST instance. The kernel does so only while
 * its own spanning tree is off, or in instances that a program manages.
 * @param port the name of the port.
 * @param instance the number of the instance, 1 to 4094: the option msti of
 * VLANs of the bridge.
 * @param state 0 to 4, as in the port's option state.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EXDEV (a port of another bridge), -ENODATA (the device is not a
 * port), -EOPNOTSUPP (not a bridge, or the kernel is older than Linux 5.18),
 * -ERANGE (an instance or a state out of range), -EBUSY (the bridge's option
 * mst_enabled is off), -ENOENT (no VLAN of the port is in this instance).
 * Since: 0.1
 */
int vbr_mst_set(struct vbr_ctx *ctx, const char *bridge, const char *port,
		unsigned int instance, unsigned int state);

/** The number of entries, one for each port and instance. Since: 0.1 */
size_t vbr_msts_count(const struct vbr_msts *msts);

/**
 * One entry: one port in one MST instance.
 * @return an entry that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_mst *vbr_msts_at(const struct vbr_msts *msts, size_t i);

/** Frees a list of vbr_mst_list(). Since: 0.1 */
void vbr_msts_free(struct vbr_msts *msts);

/** The interface index of the port. Since: 0.1 */
int vbr_mst_index(const struct vbr_mst *mst);

/** The interface index of the bridge. Since: 0.1 */
int vbr_mst_bridge_index(const struct vbr_mst *mst);

/** The number of the MST instance. Since: 0.1 */
unsigned int vbr_mst_instance(const struct vbr_mst *mst);

/** The state of the port in the instance, with the values of the port's option
 * state. Since: 0.1 */
unsigned int vbr_mst_state(const struct vbr_mst *mst);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_instance MRP and CFM
 * The instances of the Media Redundancy Protocol (MRP, Linux 5.8) and the
 * maintenance end points (MEP) of Connectivity Fault Management (CFM, Linux 5.11)
 * of bridges. Programs of these protocols make them; the library reads them. A
 * kernel that is built without these protocols reports none.
 * @{
 */

/** What an instance is. Since: 0.1 */
enum vbr_instance_kind {
	VBR_INSTANCE_MRP, /**< an MRP ring */
	VBR_INSTANCE_MEP, /**< a MEP of CFM */
	VBR_INSTANCE_PEER /**< a MEP elsewhere, from which a MEP gets frames */
};

/**
 * Reads the MRP instances of bridges.
 * @param bridge the name of the bridge; NULL: all bridges.
 * @param ret_instances receives the snapshot, sorted by bridge and ring. Free it
 * with vbr_instances_free().
 * @return 0, or a negative errno: -ENODEV (no such device).
 * Since: 0.1
 */
int vbr_mrp_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_instances **ret_instances);

/**
 * Reads the MEPs of bridges. The kernel then clears the values whose names end
 * with "seen", on all bridges.
 * @param bridge the name of the bridge; NULL: all bridges.
 * @param ret_instances receives the snapshot, sorted by bridge and number: each
 * MEP, and after it its peers. Free it with vbr_instances_free().
 * @return as vbr_mrp_list().
 * Since: 0.1
 */
int vbr_cfm_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_instances **ret_instances);

/** The number of instances. Since: 0.1 */
size_t vbr_instances_count(const struct vbr_instances *instances);

/**
 * One instance.
 * @return an instance that the snapshot owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_instance *
vbr_instances_at(const struct vbr_instances *instances, size_t i);

/** Frees a snapshot of vbr_mrp_list() or vbr_cfm_list(). Since: 0.1 */
void vbr_instances_free(struct vbr_instances *instances);

/** What the instance is. Since: 0.1 */
enum vbr_instance_kind vbr_instance_kind(const struct vbr_instance *instance);

/** The interface index of the bridge. Since: 0.1 */
int vbr_instance_bridge_index(const struct vbr_instance *instance);

/**
 * One of the values that an instance has. It is described like an option of the
 * kernel: vbr_option_name(), vbr_option_type(), vbr_option_words(),
 * vbr_option_format(). It has no help text.
 * @param kind the kind of the instance.
 * @return a constant option, or NULL if "i" is past the end, or there is no such
 * kind.
 * Since: 0.1
 */
const struct vbr_option *vbr_instance_option_at(enum vbr_instance_kind kind,
						size_t i);

/**
 * Reads a value of an instance.
 * @param option from vbr_instance_option_at(), for the kind of the instance.
 * @return 0, or a negative errno: -ENODATA (the instance does not have it),
 * -EBADMSG (not as the kernel documents it).
 * Since: 0.1
 */
int vbr_instance_value(const struct vbr_instance *instance,
		       const struct vbr_option *option, uint64_t *ret_value);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_stats Statistics
 * Counters of bridges, of ports and of their VLANs. A snapshot has a row for
 * each device, and one for each VLAN of a device that is counted. It is read by
 * one request for the counters, after those for the names of the devices, for
 * any number of ports. Counters start at 0 when the device, or the VLAN on it, is
 * made. Those of some drivers have 32 bits, or start again at 0 when the device
 * is set down.
 * @{
 */

/** What counts. Since: 0.1 */
enum vbr_stats_group {
	VBR_STATS_DEVICE, /**< the device itself: its frames and errors */
	VBR_STATS_STP, /**< the kernel's spanning tree on a port (Linux 5.6) */
	VBR_STATS_MULTICAST, /**< IGMP and MLD messages, and multicast frames;
				  the bridge's option multicast_stats_enabled */
	VBR_STATS_VLAN	     /**< a VLAN of a bridge, or of a port; the
				  bridge's options vlan_stats_enabled and, for
				  ports, vlan_stats_per_port */
};

/**
 * One counter that the library knows.
 * @param group the group of the counter.
 * @return a constant counter, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_counter *vbr_counter_at(enum vbr_stats_group group, size_t i);

/** The name of a counter, which is unique in its group. A counter of bytes ends
 * with "_bytes", one of frames with "_packets". Since: 0.1 */
const char *vbr_counter_name(const struct vbr_counter *counter);

/** What the counter counts, in English. Since: 0.1 */
const char *vbr_counter_help(const struct vbr_counter *counter);

/**
 * Reads the counters of bridges and ports.
 * @param bridge the name of the bridge; NULL: all bridges.
 * @param port the name of a port of this bridge, to read only its counters;
 * NULL: the bridge itself and all of its ports. Ignored if "bridge" is NULL.
 * @param groups the groups to read: a bit, such as 1 << VBR_STATS_STP, for each
 * of enum vbr_stats_group. VBR_STATS_DEVICE is always read; without another
 * one, the kernel's answer is much shorter if ports are in many VLANs.
 * @param ret_stats receives the snapshot, sorted by the name of the bridge; then
 * the bridge itself, and its ports by name; then their VLANs. A device that is
 * deleted meanwhile has no row. Free it with vbr_stats_free().
 * @return 0, or a negative errno: -ENODEV (no such port; without "port", no such
 * bridge), -ENXIO, -EXDEV, -ENODATA as vbr_port_get(), -EOPNOTSUPP ("bridge" is
 * not a bridge).
 * Since: 0.1
 */
int vbr_stats_list(struct vbr_ctx *ctx, const char *bridge, const char *port,
		   unsigned int groups, struct vbr_stats **ret_stats);

/** The number of rows. Since: 0.1 */
size_t vbr_stats_count(const struct vbr_stats *stats);

/**
 * One row: a device, or a VLAN of the last device before it.
 * @return a row that the snapshot owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_stats_row *vbr_stats_at(const struct vbr_stats *stats,
					 size_t i);

/**
 * The row of a device, or of a VLAN of it: for a comparison with an earlier
 * snapshot.
 * @param vlan_id the VLAN; 0: the device itself.
 * @return a row that the snapshot owns, or NULL if it has none.
 * Since: 0.1
 */
const struct vbr_stats_row *vbr_stats_find(const struct vbr_stats *stats,
					   int index, unsigned int vlan_id);

/** Frees a snapshot of vbr_stats_list(). Since: 0.1 */
void vbr_stats_free(struct vbr_stats *stats);

/** The interface index of the port, or of the bridge itself. Since: 0.1 */
int vbr_stats_row_index(const struct vbr_stats_row *row);

/** The name of the port, or of the bridge itself. Since: 0.1 */
const char *vbr_stats_row_name(const struct vbr_stats_row *row);

/** The interface index of the bridge. Since: 0.1 */
int vbr_stats_row_bridge_index(const struct vbr_stats_row *row);

/** The name of the bridge. Since: 0.1 */
const char *vbr_stats_row_bridge_name(const struct vbr_stats_row *row);

/** The VLAN, or 0 if the row is about the device itself. Since: 0.1 */
unsigned int vbr_stats_row_vlan(const struct vbr_stats_row *row);

/**
 * Whether the kernel counts a group for this device. If not, its counters would
 * be 0, or for VLANs of a port, those of all ports together; so the row has none
 * of them.
 * @param group a group that vbr_stats_list() was asked for.
 * @return the name of the bridge's option that has to be turned on; NULL: the
 * kernel counts, or does not have the group.
 * Since: 0.1
 */
const char *vbr_stats_row_off(const struct vbr_stats_row *row,
			      enum vbr_stats_group group);

/**
 * The value of a counter. A row has those that vbr_stats_list() was asked for,
 * that this kernel has, and that are counted: vbr_stats_row_off().
 * @param counter a counter of vbr_counter_at().
 * @return 0, or -ENODATA (this row does not have the counter).
 * Since: 0.1
 */
int vbr_stats_row_value(const struct vbr_stats_row *row,
			const struct vbr_counter *counter, uint64_t *ret_value);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_nf br_netfilter settings
 * The sysctls of br_netfilter: whether bridged frames pass through netfilter.
 * @{
 */

/**
 * The names of br_netfilter's settings, without the prefix "bridge-nf-":
 * call-iptables, call-ip6tables, call-arptables, filter-vlan-tagged,
 * filter-pppoe-tagged, pass-vlan-input-dev. The settings belong to the network
 * namespace. The first three apply to all bridges: a frame passes through the
 * tables if the setting is on, or the bridge's own option, such as
 * nf_call_iptables.
 * @return a constant string, or NULL if "i" is past the end.
 * Since: 0.1
 */
const char *vbr_nf_at(size_t i);

/**
 * Reads one setting of br_netfilter.
 * @param name a name from vbr_nf_at().
 * @param ret_on receives true if the setting is on.
 * @return 0, or a negative errno: -EINVAL (no such setting), -ENOENT
 * (br_netfilter is not loaded), -EOPNOTSUPP (/proc/sys is not mounted, so it is
 * not known whether br_netfilter is loaded).
 * Since: 0.1
 */
int vbr_nf_get(struct vbr_ctx *ctx, const char *name, bool *ret_on);

/**
 * Sets several settings of br_netfilter to one value: all of them, or none.
 * @param names the settings, by names from vbr_nf_at().
 * @param count the number of names, at least 1.
 * @param on the new value of all of them.
 * @return as vbr_nf_get(); also -E2BIG (no name, or more than there are
 * settings).
 * Since: 0.1
 */
int vbr_nf_set(struct vbr_ctx *ctx, const char *const *names, size_t count,
	       bool on);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_vlan VLAN devices
 * Network devices such as eth0.5, which send and receive the tagged frames of
 * one VLAN through a parent device. The VLANs of bridge ports are in
 * vbr_port_vlan(3).
 * @{
 */

/** How the kernel names new VLAN devices; the examples are VLAN 5 on eth0.
 * Since: 0.1 */
enum vbr_vlan_name_type {
	VBR_VLAN_PLUS_VID = 0,		 /**< vlan0005 */
	VBR_VLAN_DEV_PLUS_VID = 1,	 /**< eth0.0005 */
	VBR_VLAN_PLUS_VID_NO_PAD = 2,	 /**< vlan5 */
	VBR_VLAN_DEV_PLUS_VID_NO_PAD = 3 /**< eth0.5; the initial setting */
};

/** Flags of VLAN devices. Since: 0.1 */
enum vbr_vlan_flag {
	VBR_VLAN_REORDER_HDR = 1,    /**< the tag is removed from frames */
	VBR_VLAN_GVRP = 2,	     /**< GVRP announces the VLAN */
	VBR_VLAN_LOOSE_BINDING = 4,  /**< up even if the parent is down */
	VBR_VLAN_MVRP = 8,	     /**< MVRP announces the VLAN */
	VBR_VLAN_BRIDGE_BINDING = 16 /**< on a bridge: it is up while a port in
					 its VLAN is up */
};

/** The tag of IEEE 802.1Q. Since: 0.1 */
#define VBR_VLAN_8021Q 0x8100
/** The outer tag of IEEE 802.1ad. Since: 0.1 */
#define VBR_VLAN_8021AD 0x88a8

/**
 * Adds VLAN devices to a parent, one for each VLAN id: all of them, or none.
 * They are down, and have the flag VBR_VLAN_REORDER_HDR.
 * @param parent the name of the parent, or an alternative name of it. Names of
 * new devices are made from its primary name.
 * @param vids the VLAN ids, 0 to 4094.
 * @param protocol VBR_VLAN_8021Q or VBR_VLAN_8021AD; 0: VBR_VLAN_8021Q.
 * @param name the name of the new device, if there is only one id; NULL: a name
 * of the namespace's name type, see vbr_vlan_set_name_type(). Only root can
 * read the name type. A caller that has CAP_NET_ADMIN, but is not root, gets
 * names of VBR_VLAN_DEV_PLUS_VID_NO_PAD in three cases: there are several ids,
 * the protocol is not 802.1Q, or the name of the parent has more than 10 bytes.
 * @return 0, or a negative errno: -ENODEV (no such parent), -EEXIST (the VLAN,
 * or a device with this name, exists), -EOPNOTSUPP (the parent does not support
 * VLANs), -ENAMETOOLONG (the name would have more than 15 bytes), -EINVAL (a
 * name that the kernel forbids, or one name for several ids), -EILSEQ (a name
 * with control characters), -EPROTONOSUPPORT (an unknown protocol), -ENOPKG
 * (this kernel has no VLAN support).
 * Since: 0.1
 */
int vbr_vlan_add(struct vbr_ctx *ctx, const char *parent,
		 const struct vbr_vids *vids, unsigned int protocol,
		 const char *name);

/**
 * Deletes a VLAN device.
 * @return 0, or a negative errno: -ENODEV (no such device), -EINVAL (not a VLAN
 * device), -ENOPKG (this kernel has no VLAN support).
 * Since: 0.1
 */
int vbr_vlan_del(struct vbr_ctx *ctx, const char *vlan);

/**
 * Sets or clears flags of a VLAN device.
 * @param flags the flags to change: enum vbr_vlan_flag. Others keep their
 * value.
 * @param on true: set the flags, false: clear them.
 * @return as vbr_vlan_del(); also -EINVAL (a flag that the kernel does not
 * support).
 * Since: 0.1
 */
int vbr_vlan_set_flags(struct vbr_ctx *ctx, const char *vlan, uint32_t flags,
		       bool on);

/**
 * Sets one option of a VLAN device.
 * @param option the name of an option of VBR_SCOPE_VLAN that is settable.
 * @return 0, or a negative errno: -ENODEV (no such device), -EOPNOTSUPP (not a
 * VLAN device, or this kernel does not have the option), -ENOENT (no such
 * option), -EACCES (the option is read-only), -ERANGE (the value is out of
 * range), -EINVAL (the kernel refuses the value).
 * Since: 0.1
 */
int vbr_vlan_set(struct vbr_ctx *ctx, const char *vlan, const char *option,
		 uint64_t value);

/**
 * Sets one pair of the ingress map: the priority in the tag of a received frame
 * gives the priority of its packet.
 * @param tag_priority the priority in the tag, 0 to 7.
 * @param priority the priority of the packet, any number.
 * @return as vbr_vlan_del(); also -ERANGE (the priority in the tag is above 7).
 * Since: 0.1
 */
int vbr_vlan_map_ingress(struct vbr_ctx *ctx, const char *vlan,
			 unsigned int tag_priority, uint32_t priority);

/**
 * Sets one pair of the egress map: the priority of a packet gives the priority
 * in the tag of the frame that is sent.
 * @param priority the priority of the packet, any number.
 * @param tag_priority the priority in the tag, 0 to 7.
 * @return as vbr_vlan_del(); also -ERANGE (the priority in the tag is above 7).
 * Since: 0.1
 */
int vbr_vlan_map_egress(struct vbr_ctx *ctx, const char *vlan,
			uint32_t priority, unsigned int tag_priority);

/**
 * Reads the name type: how the namespace names new VLAN devices.
 * @param ret_name_type receives the name type.
 * @return 0, or a negative errno: -ENOENT (this kernel has no VLAN support, or
 * has not loaded it yet), -EOPNOTSUPP (/proc is not mounted), -EPERM (the
 * context is of another namespace, which the caller may not enter).
 * Since: 0.1
 */
int vbr_vlan_get_name_type(struct vbr_ctx *ctx,
			   enum vbr_vlan_name_type *ret_name_type);

/**
 * Sets the name type: how the namespace names new VLAN devices.
 * @param naming the name type.
 * @return 0, or a negative errno: -EINVAL (no such name type), -ENOPKG (this
 * kernel has no VLAN support).
 * Since: 0.1
 */
int vbr_vlan_set_name_type(struct vbr_ctx *ctx, enum vbr_vlan_name_type naming);

/**
 * Reads one VLAN device.
 * @param ret_vlan receives the snapshot. Free it with vbr_vlan_free().
 * @return 0, or a negative errno: -ENODEV (no such device), -EINVAL (not a VLAN
 * device).
 * Since: 0.1
 */
int vbr_vlan_get(struct vbr_ctx *ctx, const char *vlan,
		 struct vbr_vlan **ret_vlan);

/**
 * Reads the VLAN devices of one parent, or of all parents.
 * @param parent the name of the parent; NULL: all parents.
 * @param ret_vlans receives the snapshot, sorted by name. Free it with
 * vbr_vlans_free().
 * @return 0, or a negative errno: -ENODEV (no such parent).
 * Since: 0.1
 */
int vbr_vlan_list(struct vbr_ctx *ctx, const char *parent,
		  struct vbr_vlans **ret_vlans);

/** The number of VLAN devices. Since: 0.1 */
size_t vbr_vlans_count(const struct vbr_vlans *vlans);

/**
 * One VLAN device of a list.
 * @return a snapshot that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_vlan *vbr_vlans_at(const struct vbr_vlans *vlans, size_t i);

/** Frees a list of vbr_vlan_list(). Since: 0.1 */
void vbr_vlans_free(struct vbr_vlans *vlans);

/**
 * Copies a snapshot. The copy stays valid after the list or event that owns the
 * original is gone.
 * @param ret_vlan receives the copy. Free it with vbr_vlan_free().
 * @return 0, or -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_vlan_dup(const struct vbr_vlan *vlan, struct vbr_vlan **ret_vlan);

/** Frees a snapshot of vbr_vlan_get() or vbr_vlan_dup(). Since: 0.1 */
void vbr_vlan_free(struct vbr_vlan *vlan);

/** The name of the device, unescaped. To print it on a terminal, use
 * vbr_format_name(). Since: 0.1 */
const char *vbr_vlan_name(const struct vbr_vlan *vlan);

/** The interface index of the device. Since: 0.1 */
int vbr_vlan_index(const struct vbr_vlan *vlan);

/** The interface index of the parent; 0: it is in another network namespace.
 * Since: 0.1 */
int vbr_vlan_parent_index(const struct vbr_vlan *vlan);

/** Whether the device was up (IFF_UP). Since: 0.1 */
bool vbr_vlan_is_up(const struct vbr_vlan *vlan);

/**
 * The value of one option.
 * @param option the name of an option of VBR_SCOPE_VLAN.
 * @param ret_value receives the value, in the unit of the option's type.
 * @return as vbr_bridge_value().
 * Since: 0.1
 */
int vbr_vlan_value(const struct vbr_vlan *vlan, const char *option,
		   uint64_t *ret_value);

/**
 * The value of one option as text, as vbr_option_format() writes it.
 * @param ctx the context, for the names of devices.
 * @param option the name of an option of VBR_SCOPE_VLAN.
 * @param ret_text receives the text.
 * @param size the size of ret_text, in bytes. VBR_OPTION_TEXT_SIZE is enough
 * for all types except VBR_OPTION_MAP.
 * @return as vbr_bridge_text().
 * Since: 0.1
 */
int vbr_vlan_text(struct vbr_ctx *ctx, const struct vbr_vlan *vlan,
		  const char *option, char *ret_text, size_t size);

/**
 * The flags of the device.
 * @param ret_flags receives the flags: enum vbr_vlan_flag.
 * @return 0, or a negative errno: -ENODATA (the kernel did not send the flags),
 * -EBADMSG (the kernel sent malformed flags).
 * Since: 0.1
 */
int vbr_vlan_flags(const struct vbr_vlan *vlan, uint32_t *ret_flags);

/**
 * One pair of the ingress map, see vbr_vlan_map_ingress().
 * @param ret_tag_priority receives the priority in the tag.
 * @param ret_priority receives the priority of the packet.
 * @return true; or false if "i" is past the end. Then nothing is written.
 * Since: 0.1
 */
bool vbr_vlan_ingress_at(const struct vbr_vlan *vlan, size_t i,
			 uint32_t *ret_tag_priority, uint32_t *ret_priority);

/**
 * One pair of the egress map, see vbr_vlan_map_egress().
 * @param ret_priority receives the priority of the packet.
 * @param ret_tag_priority receives the priority in the tag.
 * @return true; or false if "i" is past the end. Then nothing is written.
 * Since: 0.1
 */
bool vbr_vlan_egress_at(const struct vbr_vlan *vlan, size_t i,
			uint32_t *ret_priority, uint32_t *ret_tag_priority);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_option Options by name
 * The settings and the readings of bridges, ports, VLAN devices and port VLANs:
 * their names, types and ranges, and their values as text.
 * @{
 */

/** Bytes for the value of any option as text, including the closing NUL; except
 * for a VBR_OPTION_MAP. Since: 0.1 */
#define VBR_OPTION_TEXT_SIZE 64

/**
 * One option of a scope.
 * @return a constant, or NULL if "i" is past the end of the table.
 * Since: 0.1
 */
const struct vbr_option *vbr_option_at(enum vbr_scope scope, size_t i);

/**
 * Finds an option by its name or its alias.
 * @param name the name or the alias.
 * @return a constant, or NULL if there is no such option.
 * Since: 0.1
 */
const struct vbr_option *vbr_option_find(enum vbr_scope scope,
					 const char *name);

/** The name of the option: its file name in sysfs, if it has one. Since: 0.1 */
const char *vbr_option_name(const struct vbr_option *option);

/** The name that iproute2 uses for the option; NULL: the same name.
 * Since: 0.1 */
const char *vbr_option_alias(const struct vbr_option *option);

/** The type of the option, which says what its value means. Since: 0.1 */
enum vbr_option_type vbr_option_type(const struct vbr_option *option);

/** The words for the values 0, 1 and so on, separated by blanks; NULL: the
 * option has no words. A VBR_OPTION_ENUM has a word for each value. Some numbers
 * have words for their lowest values, which vbr_option_parse() reads.
 * Since: 0.1 */
const char *vbr_option_words(const struct vbr_option *option);

/** Whether the option can be read. Since: 0.1 */
bool vbr_option_is_readable(const struct vbr_option *option);

/** Whether the option can be set. Since: 0.1 */
bool vbr_option_is_settable(const struct vbr_option *option);

/**
 * Whether the kernel then reports the value that was set. If it is true and
 * another value is read after the option was set, the kernel has adjusted the
 * value, for example a forward_delay below 2 s while STP is on; a time may
 * differ by one tick, because the kernel rounds it to its own timer. It is false
 * for options that cannot be read or set, for hash_elasticity, which the kernel
 * ignores, and for stp_state, which is 2 if a program runs STP.
 * Since: 0.1
 */
bool vbr_option_reads_back(const struct vbr_option *option);

/** The lowest value that kernels are known to accept, in the unit of the
 * option's type. It explains why the kernel refused a value; a later kernel may
 * accept lower values. Since: 0.1 */
uint64_t vbr_option_min(const struct vbr_option *option);

/** The highest value that kernels are known to accept, in the unit of the
 * option's type. It explains why the kernel refused a value; a later kernel may
 * accept higher values. Since: 0.1 */
uint64_t vbr_option_max(const struct vbr_option *option);

/**
 * The value that the option has in a new bridge, port or VLAN of Linux 6.1;
 * other versions may differ, for example in hash_max. vbr_config_capture()
 * omits options that still have it.
 * @param ret_value receives the value, in the unit of the option's type.
 * @return true; or false if the option cannot be read, or if the kernel computes
 * the value, as the path_cost of a port from its speed. Then nothing is written.
 * Since: 0.1
 */
bool vbr_option_initial(const struct vbr_option *option, uint64_t *ret_value);

/** The name of the option of the same object that the kernel may change when
 * this one is set; NULL: there is none. For example, stp_state can change
 * forward_delay. Since: 0.1 */
const char *vbr_option_also(const struct vbr_option *option);

/** The first Linux version that has the option, such as "4.4". Since: 0.1 */
const char *vbr_option_since(const struct vbr_option *option);

/** A line of description, in English. Like all texts of options, it is a
 * constant string. Since: 0.1 */
const char *vbr_option_help(const struct vbr_option *option);

/**
 * Reads the value of an option from text. The form depends on the type:
 *
 * - VBR_OPTION_NUMBER, VBR_OPTION_MASK: a number as vbr_parse_number() reads
 *   it; also one of vbr_option_words(), if there are any, and as a
 *   VBR_OPTION_BOOL if only 0 and 1 are valid;
 * - VBR_OPTION_BOOL, VBR_OPTION_ACTION: on, off, yes, no, 1 or 0;
 * - VBR_OPTION_TICKS: seconds, with or without decimals;
 * - VBR_OPTION_ENUM: one of vbr_option_words(), or its number;
 * - VBR_OPTION_PROTOCOL: 802.1Q, 802.1ad, or a number;
 * - VBR_OPTION_MAC: a MAC address;
 * - VBR_OPTION_DEVICE: the name of a device, or "" for none;
 * - the others are read-only: -EINVAL.
 * @param ret_value receives the value, in the unit of the option's type.
 * @return 0, or a negative errno: -EINVAL (not a value of this type), -ERANGE
 * (negative, or more than the kernel's message can hold), -ENODEV (no such
 * device), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_option_parse(struct vbr_ctx *ctx, const struct vbr_option *option,
		     const char *text, uint64_t *ret_value);

/**
 * As vbr_option_parse(), but truncates times to ticks, as brctl has always
 * done. 8.2 has no exact binary representation and truncates to 819 ticks;
 * vbr_option_parse() gives 820.
 * @param ret_value as vbr_option_parse().
 * @return as vbr_option_parse().
 * Since: 0.1
 */
int vbr_option_parse_truncated(struct vbr_ctx *ctx,
			       const struct vbr_option *option,
			       const char *text, uint64_t *ret_value);

/**
 * Writes the value of an option as text. vbr_option_parse() can read the text
 * back, with one exception: a device that no longer exists is written as "if"
 * and its index.
 * @param ret_text receives the text.
 * @param size the size of ret_text, in bytes; VBR_OPTION_TEXT_SIZE is enough.
 * @return 0, or -ENOSPC (the text does not fit).
 * Since: 0.1
 */
int vbr_option_format(struct vbr_ctx *ctx, const struct vbr_option *option,
		      uint64_t value, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_parse Values as text
 * Reads numbers, switches and addresses from text, and writes addresses and
 * names as text.
 * @{
 */

/**
 * Reads a number: decimal, hexadecimal after 0x, or octal after 0. Blanks
 * before and after it are ignored.
 * @param max the highest number that is accepted.
 * @param ret_value receives the number.
 * @return 0, or a negative errno: -EINVAL (not a number), -ERANGE (negative, or
 * above "max").
 * Since: 0.1
 */
int vbr_parse_number(const char *text, uint64_t max, uint64_t *ret_value);

/**
 * Reads a switch: on, off, yes, no, 1 or 0.
 * @param ret_value receives true for on, yes and 1, false for off, no and 0.
 * @return 0, or -EINVAL (none of these).
 * Since: 0.1
 */
int vbr_parse_switch(const char *text, bool *ret_value);

/**
 * Reads a MAC address: six pairs of hexadecimal digits, separated by colons.
 * @param ret_mac receives the address.
 * @return 0, or -EINVAL (not a MAC address).
 * Since: 0.1
 */
int vbr_parse_mac(const char *text, uint8_t ret_mac[6]);

/**
 * Writes a MAC address as text.
 * @param ret_text receives the text; VBR_MAC_TEXT_SIZE bytes.
 * Since: 0.1
 */
void vbr_format_mac(const uint8_t mac[6], char *ret_text);

/**
 * Writes a bridge id as text: the priority in hexadecimal, a dot, and the MAC
 * address in hexadecimal.
 * @param id the bridge id: the priority in the upper 16 bits, the MAC address
 * in the lower 48 bits.
 * @param ret_text receives the text; VBR_ID_TEXT_SIZE bytes.
 * Since: 0.1
 */
void vbr_format_id(uint64_t id, char *ret_text);

/**
 * Writes a name, or any other text, in a form that is safe for terminals.
 * Control characters, and bytes that are not UTF-8, become a backslash and
 * three octal digits.
 * @param name the text, with a closing NUL.
 * @param ret_text receives the text, always with a closing NUL. If it does not
 * fit, it is cut between two characters.
 * @param size the size of ret_text, in bytes.
 * @return the length of the whole text without the NUL, as with snprintf(). If
 * it is "size" or more, the text was cut.
 * Since: 0.1
 */
size_t vbr_format_name(const char *name, char *ret_text, size_t size);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_config Whole configurations
 * The configuration of bridges, as commands that create it again.
 * @{
 */

/**
 * Reads the configuration of bridges: the bridges with their options, address,
 * MTU and state; their ports; the VLANs of all of these, with options and tunnel
 * ids; the FDB entries and multicast groups that somebody added; and the VLAN
 * devices that are ports, or are on the bridges. Options with the values of a
 * new bridge, port or VLAN are omitted. Nothing is changed. The lists are read
 * one after the other: changes by others meanwhile may be seen in part.
 * @param bridges the names of the bridges. If a port is a VLAN device on another
 * bridge, that bridge is saved too.
 * @param count the number of names; 0: all bridges.
 * @param ret_config receives the configuration. Free it with vbr_config_free().
 * @return 0, or a negative errno: -ENODEV (no such device; a device vanished
 * meanwhile), -EOPNOTSUPP (not a bridge).
 * Since: 0.1
 */
int vbr_config_capture(struct vbr_ctx *ctx, const char *const *bridges,
		       size_t count, struct vbr_config **ret_config);

/**
 * Reads the configuration of all bridges and all VLAN devices, and the state,
 * MTU and address of every device: what vbr_config_diff() starts from.
 * @param ret_config receives the configuration. Free it with vbr_config_free().
 * @return 0, or a negative errno.
 * Since: 0.1
 */
int vbr_config_capture_all(struct vbr_ctx *ctx, struct vbr_config **ret_config);

/**
 * Reads what vbr_config_capture_all() reads, and the addresses, routes, rules,
 * neighbours and nexthops of all devices, which vbr_config_undo() restores.
 * @param ret_config receives the configuration; vbr_config_text() is that of
 * vbr_config_capture_all(). Free it with vbr_config_free().
 * @return 0, or a negative errno.
 * Since: 0.1
 */
int vbr_config_capture_whole(struct vbr_ctx *ctx,
			     struct vbr_config **ret_config);

/**
 * Reads a configuration from text: lines of brctl and vconfig, as
 * vbr_config_text() writes them. A line states the desired result, so it does
 * not matter whether that exists already; of two lines about the same thing,
 * the later one counts. The commands are addbr, delbr, addif, delif, link, set,
 * setport, addvlan, delvlan, setvlan, addmac, delmac, addgroup, delgroup, the
 * classic commands that set an option; and add (with a name), rem, set_flag,
 * set_ingress_map and set_egress_map of vconfig. A line with a command that
 * deletes says that something must not exist. Devices must be named by their
 * names, not by alternative names. No request is sent to the kernel. After a
 * line "#@ PLACE", error messages name PLACE instead of the line number: for
 * programs that convert another format to lines.
 * @param name the name of the text's file, for error messages. NULL: the lines are
 * commands that are about to run, for vbr_reach_is_cut() and
 * vbr_reach_table_get_after(); these may also set the state of a port, which the
 * kernel changes later.
 * @param text the text; it need not end with a NUL or a newline.
 * @param len its length in bytes.
 * @param ret_config receives the configuration. Free it with vbr_config_free().
 * @return 0, or a negative errno: -EINVAL (a line has an unknown command or
 * option, a value that the option does not accept, a NUL byte, a CR LF, or a
 * character that must be quoted for a shell; vbr_ctx_error() names the line),
 * -EFBIG (above 2 GiB). Since: 0.1
 */
int vbr_config_parse(struct vbr_ctx *ctx, const char *name, const char *text,
		     size_t len, struct vbr_config **ret_config);

/** Flags of vbr_config_diff(). Since: 0.1 */
enum vbr_config_flag {
	/**
	 * What belongs to the bridges of the second configuration, but is not
	 * in it, is deleted: ports, VLANs, entries, groups, VLAN devices on the
	 * bridges; options return to the values of a new bridge or port.
	 * Without the flag all of this stays as it is.
	 */
	VBR_CONFIG_EXACT = 1
};

/**
 * Compares two configurations, and writes the commands that change the first
 * one to the second. Nothing is changed; a program can run the commands as a
 * batch of brctl(8). Since some settings depend on others, it should compare
 * again afterwards, and run what is still different.
 * @param from the current configuration, from vbr_config_capture_all().
 * @param to the wanted configuration.
 * @param flags 0, or VBR_CONFIG_EXACT.
 * @param ret_plan receives the commands, as a configuration: vbr_config_text() is
 * "" if nothing is different, and vbr_config_losses() lists what the commands
 * lose. Free it with vbr_config_free().
 * @return 0, or a negative errno: -ENODEV (a device does not exist, and the
 * second configuration does not create it), -ELOOP (a bridge would be a port, or a
 * device would be on top of itself), -EINVAL (unknown flags).
 * Since: 0.1
 */
int vbr_config_diff(struct vbr_ctx *ctx, const struct vbr_config *from,
		    const struct vbr_config *to, unsigned int flags,
		    struct vbr_config **ret_plan);

/**
 * Changes the running state to that of a configuration: runs the commands of
 * vbr_config_diff(), reads the state again, and repeats this until nothing is
 * different. If nothing is different at first, it changes nothing. If the
 * kernel refuses something, or keeps another value, the bridges, ports and VLAN
 * devices that the configuration names are restored; changes that others have
 * made to them meanwhile are undone, too. If that fails, vbr_ctx_error() says
 * what was not undone. After a refusal, the errno is that of the call that
 * would have made the change. A VLAN device that gets another parent or VLAN is
 * created again, with its addresses and routes.
 *
 * One process or thread at a time restores in a network namespace; another one
 * waits for it, at most 60 seconds. The lock is the abstract Unix socket
 * "vbridge-restore" of the namespace, which every process can take: only
 * processes of root and of the caller's user are waited for.
 * @param config the wanted configuration.
 * @param flags as vbr_config_diff().
 * @param ret_before receives the configuration before the change, see
 * vbr_guard_record(), or NULL if nothing was different. Free it with
 * vbr_config_free(). May be NULL.
 * @return as vbr_config_diff(); also -EBADMSG (the kernel keeps another value than
 * the configuration has), -EBUSY (after 60 seconds another process, which
 * vbr_ctx_error() names, still restores).
 * Since: 0.1
 */
int vbr_config_restore(struct vbr_ctx *ctx, const struct vbr_config *config,
		       unsigned int flags, struct vbr_config **ret_before);

/**
 * Undoes a change. What still is as in "after" is changed back to what "before"
 * has; what others have changed since then stays, unless it belongs to a device
 * that is deleted. After a refusal, the errno is that of the call that would
 * have made the change. Addresses and routes are restored, and those that the
 * change added are deleted, if "before" and "after" are from
 * vbr_config_capture_whole(). In a dry run it only reads.
 * @param before the configuration before the change, see
 * vbr_config_capture_whole().
 * @param after the configuration after it; NULL: the change ends now.
 * @param ret_left receives what could not be restored: vbr_config_text()
 * returns what others have set, which stays; vbr_config_losses() returns what
 * was lost. Free it with vbr_config_free().
 * @return 0, or a negative errno: -EBADMSG (the kernel keeps another value).
 * Since: 0.1
 */
int vbr_config_undo(struct vbr_ctx *ctx, const struct vbr_config *before,
		    const struct vbr_config *after,
		    struct vbr_config **ret_left);

/**
 * Waits until all devices exist that a configuration needs but does not create:
 * ports, parents of VLAN devices, and the others that it names. Nothing is
 * changed.
 * @param config the wanted configuration.
 * @param timeout how long to wait at most, in milliseconds; 0: not at all.
 * @return 0, or a negative errno: -ENODEV (devices are still missing;
 * vbr_ctx_error() names them).
 * Since: 0.1
 */
int vbr_config_wait(struct vbr_ctx *ctx, const struct vbr_config *config,
		    unsigned int timeout);

/** Frees a configuration. Since: 0.1 */
void vbr_config_free(struct vbr_config *config);

/** The configuration as text: comments, and commands of brctl and vconfig in
 * the order in which the kernel accepts them. It is a batch file of brctl(8) and
 * a script for sh(1). Names are quoted for a shell; control characters are left as
 * they are. The same configuration gives the same text. Since: 0.1 */
const char *vbr_config_text(const struct vbr_config *config);

/**
 * Splits a line of a configuration into words, as a shell does: '...', "..." and
 * a backslash quote, "#" begins a comment. A shell finds the same words in
 * every line that is accepted: characters that are special for a shell must be
 * quoted.
 * @param line the line, without a newline; it is overwritten with the words.
 * @param ret_words receives the words and a NULL. It needs room for half as
 * many pointers as the line has bytes, plus 2.
 * @param ret_count receives the number of words.
 * @param ret_bad receives the reason if the line is refused: the quote that is
 * not closed, the backslash at the end, or the character that must be quoted.
 * @return 0, or -EINVAL (the line is refused).
 * Since: 0.1
 */
int vbr_split_words(char *line, char **ret_words, size_t *ret_count,
		    char *ret_bad);

/**
 * What the text lacks because no command can set it: a line for each item, in
 * the language of the program; "" if nothing is missing. Since: 0.1
 */
const char *vbr_config_losses(const struct vbr_config *config);

/** @} */

/**
 * @defgroup vbr_transaction Transactions
 * Several changes, made by any functions of this library, that stay or are
 * undone as a whole. A transaction keeps the state before; the undo compares,
 * and restores what is different. If the program ends within a transaction, the
 * changes stay; a guard undoes them even then. The example attach.c uses one.
 * @{
 */

/**
 * Begins a transaction: reads the current state. Nothing is changed.
 * @param devices the names of the devices that will be changed, created or
 * deleted: bridges, ports and VLAN devices. The changes of others to these
 * devices are undone, too; all other devices stay as they are. A port is named
 * without its bridge if only the port is changed.
 * @param count the number of names; 0: all devices of the network namespace.
 * @param ret_transaction receives the transaction. End it with
 * vbr_transaction_commit() or vbr_transaction_undo(), which free it.
 * @return 0, or a negative errno: -ENODEV (no device has the name, and no
 * device can get it). Since: 0.1
 */
int vbr_transaction_begin(struct vbr_ctx *ctx, const char *const *devices,
			  size_t count,
			  struct vbr_transaction **ret_transaction);

/**
 * Ends a transaction; its changes stay.
 * @param transaction is freed; may be NULL.
 * Since: 0.1
 */
void vbr_transaction_commit(struct vbr_transaction *transaction);

/**
 * Ends a transaction, and undoes its changes: its devices are restored, with
 * their addresses and routes. Devices that were deleted are created again, with
 * other indexes. If something is refused, the rest is undone all the same, and
 * vbr_ctx_error() says what was not undone. It can fail as vbr_config_undo()
 * does.
 * @param transaction is freed, also on failure.
 * @param ret_lost receives a configuration; vbr_config_losses() lists what the
 * undo could not restore. Free it with vbr_config_free(). May be NULL.
 * @return 0, or a negative errno.
 * Since: 0.1
 */
int vbr_transaction_undo(struct vbr_transaction *transaction,
			 struct vbr_config **ret_lost);

/** @} */

/**
 * @defgroup vbr_guard Changes that undo themselves
 * A guard is a process that undoes a change if nobody confirms it in time. So a
 * change that cuts off the person who made it does not last. The last change of
 * each network namespace is kept in a file in /run/vbridge or, for ordinary
 * users, in $XDG_RUNTIME_DIR/vbridge. Guards cover what
 * vbr_config_capture_whole() reads.
 * @{
 */

/** The longest time of a guard, in seconds: a day. Since: 0.1 */
#define VBR_GUARD_SECONDS_MAX 86400

/**
 * Prepares a guard, before a change is made. It keeps the current state, and
 * ensures that no other change is guarded meanwhile. Then the program calls
 * fork(2); the child calls vbr_guard_serve(), and the parent makes the change
 * and calls vbr_guard_made(). If it ends before, the guard undoes the change at
 * once.
 * @param seconds how long the guard waits for a confirmation, from 1 to
 * VBR_GUARD_SECONDS_MAX; suspended time does not count.
 * @param what the change, for messages: for example a command line.
 * @param ret_guard receives the guard. Free it with vbr_guard_free().
 * @return 0, or a negative errno: -EBUSY (another change is not confirmed yet, or
 * is being undone), -EINVAL (seconds out of range; a dry run).
 * Since: 0.1
 */
int vbr_guard_new(struct vbr_ctx *ctx, unsigned int seconds, const char *what,
		  struct vbr_guard **ret_guard);

/**
 * Waits in a child process, and undoes the change if nobody confirms it in time.
 * It closes all descriptors but its own and the standard streams. So that it
 * outlives the program, the child should have a session of its own, ignore
 * signals that end a session, and have no standard streams of the program.
 * @return 0 when the change is confirmed or undone, or a negative errno.
 * Since: 0.1
 */
int vbr_guard_serve(struct vbr_guard *guard);

/**
 * Whether vbr_guard_rollback() can undo the change after the guard has ended or
 * was killed. Otherwise the guard could not write a file, and the change can be
 * undone only while the guard runs: Linux before 5.14 has no name for a network
 * namespace, the folder is not the caller's alone, or a system call failed.
 * vbr_guard_record() fails for the same reasons.
 * @return 0, or a negative errno: -EPERM (the folder is not the caller's alone),
 * -ENOTUNIQ (the kernel is older than Linux 5.14).
 * Since: 0.1
 */
int vbr_guard_journal_error(const struct vbr_guard *guard);

/**
 * Reports that the change is made, which starts the time of the guard.
 * @return 0, or a negative errno: -ECONNRESET (the guard was killed).
 * Since: 0.1
 */
int vbr_guard_made(struct vbr_guard *guard);

/**
 * A descriptor for poll(2): it is readable when the guard has ended, since the
 * change was confirmed or undone.
 * @return the descriptor. It belongs to the guard.
 * Since: 0.1
 */
int vbr_guard_fd(const struct vbr_guard *guard);

/**
 * Waits until the guard has ended, after vbr_guard_made(): by vbr_guard_confirm() or
 * vbr_guard_rollback() of any process, or at the end of its time.
 * @return 0 if the change was confirmed, or a negative errno: -ECANCELED (it was
 * undone), -ECONNRESET (the guard was killed, and the change stays).
 * Since: 0.1
 */
int vbr_guard_result(struct vbr_guard *guard);

/**
 * Undoes the change, and ends the guard. What others have changed since
 * vbr_guard_made() stays. It can also fail as vbr_config_undo() does.
 * @param ret_left as of vbr_config_undo().
 * @return 0, or a negative errno: -ECONNRESET (the guard has ended).
 * Since: 0.1
 */
int vbr_guard_undo(struct vbr_guard *guard, struct vbr_config **ret_left);

/**
 * Frees the guard in the program. If vbr_guard_made() was called, the process
 * of the guard continues; otherwise it undoes the change.
 * @param guard may be NULL.
 * Since: 0.1
 */
void vbr_guard_free(struct vbr_guard *guard);

/**
 * Confirms the change that waits for confirmation in the network namespace of
 * the context.
 * @return 0, or a negative errno: -ENOENT (no change waits), -EPERM (another user
 * has made it), -EAGAIN (it is still being made).
 * Since: 0.1
 */
int vbr_guard_confirm(struct vbr_ctx *ctx);

/**
 * Undoes the change that waits for confirmation. If there is none, undoes the
 * last change that a guard or vbr_guard_record() has kept, but only once. What
 * others have changed since then stays. In a dry run it only reads.
 * @param ret_left as of vbr_config_undo().
 * @return 0, or a negative errno: -ENOENT (there is no change to undo), -EPERM
 * (another user has made it; the folder of the file is not the caller's alone),
 * -EAGAIN (it is still being made), -EBUSY (another process is undoing it),
 * -EBADMSG (the file is damaged; the kernel keeps another value).
 * Since: 0.1
 */
int vbr_guard_rollback(struct vbr_ctx *ctx, struct vbr_config **ret_left);

/**
 * Keeps the state before and after a change that was just made, so that
 * vbr_guard_rollback() can undo it. This replaces the change that was kept
 * before, unless nothing has changed. If it fails, no change is kept, except
 * after -EBUSY.
 * @param what the change, for messages.
 * @param before the configuration before it; NULL: it is not known, and then
 * vbr_guard_rollback() has nothing to undo.
 * @return 0, or a negative errno: -EBUSY (another change is not confirmed yet),
 * -EPERM (the folder is not the caller's alone).
 * Since: 0.1
 */
int vbr_guard_record(struct vbr_ctx *ctx, const char *what,
		     const struct vbr_config *before);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_move Moving a NIC into a bridge
 * Makes the only NIC of a host a port of a bridge while its connections
 * continue: the bridge takes over its addresses, routes, neighbours, rules and
 * nexthops. The new configuration is added before the old one is deleted. If
 * any step fails, everything is undone.
 * @{
 */

/** Notes to the caller of a move. Since: 0.1 */
enum vbr_move_note {
	VBR_MOVE_STEP,	/**< in a dry run: a command that would do a step */
	VBR_MOVE_STAYS, /**< something that does not move along */
	VBR_MOVE_BREAKS /**< something that breaks, and so must be forced */
};

/** Flags of a move. Since: 0.1 */
enum vbr_move_flags {
	VBR_MOVE_FORCE = 1, /**< move even if something breaks */
	VBR_MOVE_TAGGED = 2 /**< with a VLAN: the NIC sends it with a tag */
};

/**
 * A callback that is called before anything is changed. It must not use the
 * context.
 * @param data the note_data of struct vbr_move_options.
 * @param kind what the text is.
 * @param text a command, or a translated sentence; valid during the call.
 * Since: 0.1
 */
typedef void (*vbr_move_note_fn)(void *data, enum vbr_move_note kind,
				 const char *text);

/** How a NIC is moved. Since: 0.1 */
struct vbr_move_options {
	unsigned int flags;    /**< of enum vbr_move_flags */
	vbr_move_note_fn note; /**< or NULL */
	void *note_data;       /**< is passed to it */
	unsigned int vlan;     /**< 1 to 4094: the VLAN device of this VLAN on
				    the bridge has the addresses; 0: the bridge */
};

/**
 * Makes a NIC a port of a bridge, which takes over its addresses, routes,
 * neighbours, rules and nexthops. If the bridge does not exist, it is created
 * with the MAC address and the sysctls of the NIC, without STP, and with a
 * forward delay of 0. An existing bridge keeps its configuration. Sockets that
 * are bound to the NIC, those of a DHCP client for example, stay on it; the
 * notes name what stays. With a VLAN, the bridge filters VLANs, a VLAN device
 * "BRIDGE.VLAN" on it takes over the addresses, and the NIC becomes a member of
 * the VLAN: without a tag, so that connections continue, unless VBR_MOVE_TAGGED
 * is given. In a dry run, the notes have the commands that would do the same.
 * @param device the name of the NIC.
 * @param options flags and notes; NULL: none.
 * @return 0, or a negative errno: -ENODEV (no such device), -EBUSY (the device
 * has a master or carries a macvlan or ipvlan device, or another move is
 * running), -ELOOP (the device is a bridge itself), -EINVAL (not an Ethernet
 * device, the bridge cannot have this name, or the VLAN is above 4094), -EEXIST
 * (another device is called "BRIDGE.VLAN", or the bridge itself has the VLAN
 * without a tag), -EILSEQ (a name with invalid
 * characters), -ENAMETOOLONG (the name of the bridge or of the VLAN device is too
 * long), -EMSGSIZE (the label of an address would be), -EOPNOTSUPP (not a bridge,
 * the device cannot be a port, or there is a VLAN and the bridge does not filter
 * VLANs), -EPERM (something would break, and VBR_MOVE_FORCE is not
 * given; or CAP_NET_ADMIN is missing), -ETIMEDOUT (the port does not forward).
 * Since: 0.1
 */
int vbr_adopt(struct vbr_ctx *ctx, const char *bridge, const char *device,
	      const struct vbr_move_options *options);

/**
 * The opposite of vbr_adopt(): the NIC takes over the IP configuration of the
 * bridge or, with a VLAN, that of the VLAN device on the bridge, and leaves the
 * bridge. A bridge without other ports, and without devices on it, is deleted.
 * @param device the name of the NIC.
 * @param options flags and notes; NULL: none.
 * @return 0, or a negative errno: -ENODEV (no such device), -ENXIO (no such
 * bridge), -EOPNOTSUPP (not a bridge), -ENODATA (not a port), -EXDEV (a port of
 * another bridge), -EINVAL (a VLAN above 4094), -EEXIST ("BRIDGE.VLAN" is another
 * device), -EBUSY (another move is running), -EMSGSIZE (the label of an
 * address would become too long), -EPERM (the bridge has other ports or devices
 * on it, which are cut off, and VBR_MOVE_FORCE is not given; or CAP_NET_ADMIN
 * is missing).
 * Since: 0.1
 */
int vbr_release(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const struct vbr_move_options *options);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_trace Traces of frames
 * Predicts the path of a frame through a bridge, with reasons. Nothing is sent,
 * learned or changed.
 * @{
 */

/** A frame for vbr_trace_frame(). Members that are 0 or NULL are not known,
 * except for "vlan". Since: 0.1 */
struct vbr_frame {
	const char *port; /**< the port where it comes in; NULL: the host
			       sends it through the bridge */
	uint8_t src[6];	  /**< the sender; zero: one that the bridge does not
			       know, and that it does not learn */
	uint8_t dst[6];	  /**< the destination; may be zero with a group */
	int vlan;	  /**< the VLAN in its tag, 0 to 4094; -1: untagged */
	unsigned int priority;	    /**< the priority in its tag, 0 to 7 */
	unsigned int vlan_protocol; /**< the tag: VBR_VLAN_8021Q (also 0),
					 VBR_VLAN_8021AD */
	unsigned int ethertype;	    /**< what it carries, such as 0x0800 */
	const char *group;	    /**< the IPv4 or IPv6 multicast address that
					 it is sent to, as text */
	const char *source;	    /**< the IP address that sends to the group,
					 as text */
	unsigned int inner_vlan;    /**< the VLAN in a second tag, 802.1Q,
					 behind the first */
	size_t len; /**< its length in bytes with the MAC header, but without
			 tags and checksum */
};

/**
 * Predicts the path of a frame through a bridge, from the bridge's options, FDB,
 * MDB and VLANs. The model was compared with Linux 6.1 and 6.18. It does not look
 * at rules of netfilter, which it only counts, at the payload of ARP and neighbour
 * discovery, and, with mcast_vlan_snooping, at multicast routers that were heard in
 * a VLAN; steps with the verdict "unknown" say where this matters. So does the
 * first step, on a kernel that is newer, with the options that the model does not
 * know. Programs of tc and XDP are not looked at. The lists are read one after the
 * other: changes by others meanwhile may be seen in part.
 * @param frame the frame.
 * @param ret_trace receives the trace. Free it with vbr_trace_free().
 * @return 0, also if the frame is dropped, or a negative errno: -ENODEV, -ENXIO,
 * -EXDEV, -ENODATA and -EOPNOTSUPP as vbr_port_get(), -EINVAL (the source is a
 * multicast address, there is no destination, the group is not a multicast
 * address of the frame's protocol, "source" is not an address of that protocol,
 * or there is only an inner tag), -ERANGE (a VLAN above 4094, or a priority
 * above 7).
 * Since: 0.1
 */
int vbr_trace_frame(struct vbr_ctx *ctx, const char *bridge,
		    const struct vbr_frame *frame,
		    struct vbr_trace **ret_trace);

/** Frees a trace. Since: 0.1 */
void vbr_trace_free(struct vbr_trace *trace);

/**
 * One step of the path, in the order of the kernel.
 * @return a step that the trace owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_trace_step *vbr_trace_step_at(const struct vbr_trace *trace,
					       size_t i);

/** The name of the step, such as "ingress-vlan". Since: 0.1 */
const char *vbr_trace_step_name(const struct vbr_trace_step *step);

/** The device where it happens, unescaped. Since: 0.1 */
const char *vbr_trace_step_device(const struct vbr_trace_step *step);

/** What happens: "pass" (the frame goes on), "drop" (it ends here), "skip" (this
 * port does not get it), "out" (this port sends it), "host" (the host gets it),
 * "up" (a VLAN device or programs on the port get it, the bridge does not),
 * "note" (information; it goes on), or "unknown" (not examined). Since: 0.1 */
const char *vbr_trace_step_verdict(const struct vbr_trace_step *step);

/** The reason, in English. Since: 0.1 */
const char *vbr_trace_step_why(const struct vbr_trace_step *step);

/** The option that would change it: of the port or the bridge, a setting of
 * vbr_nf_set(), or "up", "mtu", or "vlan" for the membership in a VLAN; NULL: there
 * is none. Since: 0.1 */
const char *vbr_trace_step_option(const struct vbr_trace_step *step);

/**
 * One port that sends the frame.
 * @param ret_port receives the name of the port, valid as long as the trace.
 * @param ret_vlan receives the VLAN of the outermost tag that the frame then
 * has; 0: a priority tag; -1: untagged.
 * @return true; or false if "i" is past the end. Then nothing is written.
 * Since: 0.1
 */
bool vbr_trace_out_at(const struct vbr_trace *trace, size_t i,
		      const char **ret_port, int *ret_vlan);

/** Whether the frame reaches the bridge device, as a packet capture on it shows.
 * Since: 0.1 */
bool vbr_trace_is_for_host(const struct vbr_trace *trace);

/** Whether the sender's address gets an FDB entry, or its entry moves to this
 * port. Since: 0.1 */
bool vbr_trace_is_learned(const struct vbr_trace *trace);

/** The name of the step that drops the frame; NULL: it arrives somewhere.
 * Since: 0.1 */
const char *vbr_trace_dropped(const struct vbr_trace *trace);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_live Real frames
 * Follows real frames through a bridge, hook by hook, and compares each with the
 * prediction of vbr_trace_frame(). This uses nf_tables: a table that marks the
 * frames, and one with an empty chain for each hook of the bridge. The kernel
 * deletes both when vbr_live_free() is called, or the process ends in any way.
 * @{
 */

/** One place that a frame passed. Since: 0.1 */
struct vbr_live_hook {
	const char *name; /**< "received" (by the port; some kernels do not show
				 it), "sent" (by the host), "prerouting",
				 "output", "forward", "input" (the host gets it),
				 "postrouting" (the port sends it), or "dropped"
				 (by a rule) */
	const char *device; /**< the port, or the bridge, unescaped */
	const char *rule;   /**< the table and the chain of a rule that dropped
				 it; else NULL */
	int vlan;	    /**< the VLAN of the outermost tag; -1: untagged, or
				 a priority tag, which the kernel does not show;
				 -2: tagged, but the kernel does not show in which
				 VLAN */
};

/**
 * Begins to follow frames. At most 1000 are followed in a second, where the
 * kernel can limit them.
 * @param frame selects the frames: where they come in, and the addresses, the
 * ethertype and the group if they are not zero. With "vlan" -1, they can have
 * any tag or none. The tag is also ignored for frames that the host sends
 * through a bridge that filters VLANs, if the kernel has no egress hook of
 * nf_tables (before 5.16), because the bridge has already changed it there.
 * @param ret_live receives the live trace. Free it with
 * vbr_live_free().
 * @return 0 or a negative errno: -ENODEV (there is no such bridge or port), -EXDEV
 * (it is a port of another bridge), -ENODATA (it is not a port), -EINVAL (the group
 * is not a multicast address), -ERANGE (a VLAN above 4094, or a priority above 7),
 * -EOPNOTSUPP (not a bridge; no nf_tables for bridges, or a kernel before 5.12).
 * Since: 0.1
 */
int vbr_live_new(struct vbr_ctx *ctx, const char *bridge,
		 const struct vbr_frame *frame, struct vbr_live **ret_live);

/** Ends it. Since: 0.1 */
void vbr_live_free(struct vbr_live *live);

/**
 * Sends one frame with the members that vbr_live_new() was given, from the host
 * or at the other end of the port, which must be a veth device whose other end
 * is in the same network namespace. If the sender is zero, an address of the
 * range for documentation is used, or that of the bridge; if the ethertype is
 * zero, 0x88b5.
 * @return 0 or a negative errno: -EINVAL (the frame has no destination),
 * -EOPNOTSUPP (another kind of port, or a frame for a group), -EMSGSIZE (longer
 * than 2044 bytes), -ENETDOWN (the device that sends it is down).
 * Since: 0.1
 */
int vbr_live_send(struct vbr_live *live);

/**
 * Sends one frame without a live trace, as vbr_live_send(): where the kernel
 * cannot follow it, the counters of vbr_stats_list() show where frames went.
 * @param frame the frame; an inner tag is ignored.
 * @param ret_trace receives the prediction, which was made before. Free it with
 * vbr_trace_free().
 * @return as vbr_live_send(); also -ENODEV, -ENXIO, -EXDEV and -ENODATA as
 * vbr_port_get(), -ERANGE (a VLAN above 4094, or a priority above 7).
 * Since: 0.1
 */
int vbr_frame_send(struct vbr_ctx *ctx, const char *bridge,
		   const struct vbr_frame *frame, struct vbr_trace **ret_trace);

/**
 * Waits for the next frame.
 * @param timeout_ms how long, in milliseconds.
 * @param ret_path receives its path. Free it with vbr_live_path_free().
 * @return 0 or a negative errno: -ETIMEDOUT (none came), -EINTR (a signal
 * came).
 * Since: 0.1
 */
int vbr_live_next(struct vbr_live *live, unsigned int timeout_ms,
		  struct vbr_live_path **ret_path);

/**
 * The number of frames that have matched, including those that were too many to
 * follow.
 * @param ret_count receives the number.
 * @return 0 or a negative errno.
 * Since: 0.1
 */
int vbr_live_matched(const struct vbr_live *live, uint64_t *ret_count);

/** Frees a path. Since: 0.1 */
void vbr_live_path_free(struct vbr_live_path *path);

/** The frame, as long as the path lives. Its "vlan" may be -2 as in struct
 * vbr_live_hook. Since: 0.1 */
const struct vbr_frame *vbr_live_path_frame(const struct vbr_live_path *path);

/** The prediction for it, as long as the path lives. If the frame was not sent by
 * vbr_live_send(), it was made after the frame: the bridge may have learned
 * addresses since. Since: 0.1 */
const struct vbr_trace *vbr_live_path_trace(const struct vbr_live_path *path);

/** Whether the same ports sent it, in the same VLANs, and the host got it, as
 * predicted. If the VLAN of the frame is -2, this means nothing: the prediction
 * is for a frame without a tag. Since: 0.1 */
bool vbr_live_path_agrees(const struct vbr_live_path *path);

/**
 * One place that it passed, in order.
 * @param ret_hook receives the place; its texts are valid as long as the path.
 * @return true; or false if "i" is past the end. Then nothing is written.
 * Since: 0.1
 */
bool vbr_live_path_hook_at(const struct vbr_live_path *path, size_t i,
			   struct vbr_live_hook *ret_hook);

/** @} */

/**
 * @defgroup vbr_reach Whether two stations reach each other
 * Sends frames between two stations, or between all members of a bridge,
 * through the model of vbr_trace_frame(). For two stations, also searches the
 * changes that let their frames pass. No real frame is sent, and nothing is
 * changed.
 * @{
 */

/**
 * Tests whether two stations reach each other through a bridge: in both
 * directions, with broadcast frames, which ARP needs, and then with unicast
 * frames. If they do not, it searches the smallest set of changes with which
 * they do. Of several such sets, it returns one that affects the fewest
 * connections of others. It does not propose to turn off vlan_filtering or the
 * spanning tree.
 *
 * A station is "host" or the name of the bridge (the host itself), the name of a
 * port (anybody behind it), a MAC address that the FDB has, an IP address that
 * the host or its neighbour tables have, or "gateway" (that of the host's default
 * route). On a bridge that filters VLANs, it is assumed to send and expect
 * tagged frames if its port is a tagged member of the VLAN, or is not in this
 * VLAN but is a tagged member of others.
 * @param one a station.
 * @param other another one.
 * @param vlan the VLAN in which they must reach each other, 1 to 4094; 0: any
 * VLAN of their ports and addresses.
 * @param ret_reach receives the result. Free it with vbr_reach_free().
 * @return 0, also if they do not reach each other, or a negative errno: -ENODEV
 * (no such bridge, or not one of these stations), -EOPNOTSUPP (not a
 * bridge), -ENODATA (a device that is not at the bridge), -ENOENT (an address
 * that nobody has), -EXDEV (an address that the host has, or knows, at a device
 * that is not above the bridge), -EINVAL (both are the same station, or a
 * multicast address), -ERANGE (a VLAN above 4094).
 * Since: 0.1
 */
int vbr_reach_get(struct vbr_ctx *ctx, const char *bridge, const char *one,
		  const char *other, unsigned int vlan,
		  struct vbr_reach **ret_reach);

/**
 * Finds the MAC address of a station, for a frame that is traced.
 * @param station as vbr_reach_get(). Of a port, it is the only address that the
 * FDB has on the port.
 * @param ret_mac receives the address, 6 bytes.
 * @return 0, or a negative errno: -ENODEV, -EOPNOTSUPP, -ENODATA and -EINVAL as
 * vbr_reach_get(), -ENOENT (an address that nobody has, no gateway, or a port
 * where the FDB has no address), -ENOTUNIQ (a port where the FDB has several),
 * -EXDEV (a station of another bridge, or that the host has, or knows, at a
 * device that is not above the bridge).
 * Since: 0.1
 */
int vbr_station_mac(struct vbr_ctx *ctx, const char *bridge,
		    const char *station, uint8_t ret_mac[6]);

/** Frees a result. Since: 0.1 */
void vbr_reach_free(struct vbr_reach *reach);

/** Whether they reach each other, as far as the model knows. Since: 0.1 */
bool vbr_reach_works(const struct vbr_reach *reach);

/** The VLAN in which; 0: the bridge does not filter VLANs, and the frames have
 * no tag. Since: 0.1 */
unsigned int vbr_reach_vlan(const struct vbr_reach *reach);

/**
 * The port of a station.
 * @param end 0 or 1: which of the two.
 * @return a name that the result owns; NULL: it is the host, or on another
 * bridge.
 * Since: 0.1
 */
const char *vbr_reach_port(const struct vbr_reach *reach, size_t end);

/**
 * The MAC address of a station.
 * @param end 0 or 1: which of the two.
 * @param ret_is_known receives true if it is the station's own address; false:
 * only its port is known, and this address was used in its place.
 * @return 6 bytes that the result owns, or NULL if "end" is past the end.
 * Since: 0.1
 */
const uint8_t *vbr_reach_mac(const struct vbr_reach *reach, size_t end,
			     bool *ret_is_known);

/**
 * The VLAN in the tag of the frames of a station.
 * @param end 0 or 1: which of the two.
 * @return the VLAN, or -1: they have no tag.
 * Since: 0.1
 */
int vbr_reach_tag(const struct vbr_reach *reach, size_t end);

/**
 * One of the frames, in the order in which they are sent.
 * @param ret_from receives which station sends it, 0 or 1.
 * @param ret_is_broadcast receives whether it is broadcast.
 * @param ret_arrives receives whether it gets to the other station.
 * @return true; or false if "i" is past the end: there are four, or none, if
 * the stations are behind one port or at different bridges. Then nothing is
 * written.
 * Since: 0.1
 */
bool vbr_reach_frame_at(const struct vbr_reach *reach, size_t i,
			size_t *ret_from, bool *ret_is_broadcast,
			bool *ret_arrives);

/**
 * The step where a frame stops, or leaves the path to the other station.
 * @return a step that the result owns, or NULL: it arrives, or "i" is past the
 * end.
 * Since: 0.1
 */
const struct vbr_trace_step *vbr_reach_stop(const struct vbr_reach *reach,
					    size_t i);

/**
 * One of the changes that let them reach each other, in the order in which
 * they have to be made.
 * @return a command line of brctl, or "vconfig rem", quoted for a shell; NULL:
 * "i" is past the end, or there are none. The result owns it.
 * Since: 0.1
 */
const char *vbr_reach_change_at(const struct vbr_reach *reach, size_t i);

/** How many other sets of as many changes would do. Since: 0.1 */
size_t vbr_reach_ties(const struct vbr_reach *reach);

/**
 * A note: what the model does not examine, what else the changes affect, or why
 * there are none.
 * @return a sentence in English that the result owns, or NULL if "i" is past the
 * end.
 * Since: 0.1
 */
const char *vbr_reach_note_at(const struct vbr_reach *reach, size_t i);

/**
 * Tests who reaches whom through a bridge, in each VLAN. The members are the
 * ports and, as the last one, the bridge itself, which stands for the host. Two
 * members reach each other if vbr_reach_get() returns this for stations behind
 * them, with the lower member as the first station. The station behind a port
 * is one that the bridge does not know yet; on a locked port, one that the port
 * accepts.
 *
 * The state is read from the kernel once, for any number of ports and VLANs.
 * @param ret_table receives the table. Free it with vbr_reach_table_free().
 * @return 0 or a negative errno: -ENODEV (no such bridge), -EOPNOTSUPP (not a
 * bridge).
 * Since: 0.1
 */
int vbr_reach_table_get(struct vbr_ctx *ctx, const char *bridge,
			struct vbr_reach_table **ret_table);

/**
 * The same table as predicted after a change. Nothing is changed: the lines are
 * applied to the state that was read. Notes say what is not predicted: what the
 * spanning tree will do, and the carrier of devices that come up.
 * @param change the lines that make the change, in their order: from
 * vbr_config_diff(), or from vbr_config_parse().
 * @param ret_table receives the table. Free it with vbr_reach_table_free().
 * @return 0 or a negative errno: -ENODEV and -EOPNOTSUPP as
 * vbr_reach_table_get().
 * Since: 0.1
 */
int vbr_reach_table_get_after(struct vbr_ctx *ctx, const char *bridge,
			      const struct vbr_config *change,
			      struct vbr_reach_table **ret_table);

/** Frees a table. Since: 0.1 */
void vbr_reach_table_free(struct vbr_reach_table *table);

/**
 * A member: the ports, and last the bridge itself.
 * @return a name that the table owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const char *vbr_reach_table_member_at(const struct vbr_reach_table *table,
				      size_t i);

/**
 * A VLAN that has members, in ascending order.
 * @param ret_vlan receives the VLAN. A bridge that does not filter VLANs has
 * only 0, for frames without a tag, and everybody is a member of it.
 * @param ret_same receives the number of the first VLAN that has the same
 * members, and in which the same of them reach each other; "i" itself if there
 * is none before.
 * @return true; or false if "i" is past the end. Then nothing is written.
 * Since: 0.1
 */
bool vbr_reach_table_vlan_at(const struct vbr_reach_table *table, size_t i,
			     unsigned int *ret_vlan, size_t *ret_same);

/**
 * The group of a member: those that reach the same others in a VLAN. Either all
 * members of a group reach each other, or none do.
 * @param vlan the number of the VLAN, as of vbr_reach_table_vlan_at().
 * @param member the number of the member, as of vbr_reach_table_member_at().
 * @param ret_first receives the number of the first member of the group.
 * @return true; or false if it is not a member of the VLAN, or if one of the
 * numbers is past the end. Then nothing is written.
 * Since: 0.1
 */
bool vbr_reach_table_group(const struct vbr_reach_table *table, size_t vlan,
			   size_t member, size_t *ret_first);

/**
 * Whether two members reach each other in a VLAN, as far as the model knows. A
 * member of the VLAN always reaches itself: the frames of two stations behind
 * one port do not pass the bridge.
 * @param vlan the number of the VLAN, as of vbr_reach_table_vlan_at().
 * @param one the number of a member.
 * @param other the number of another one.
 * @return false also if one of the numbers is past the end.
 * Since: 0.1
 */
bool vbr_reach_table_works(const struct vbr_reach_table *table, size_t vlan,
			   size_t one, size_t other);

/**
 * Predicts whether a change cuts a connection of the host: it deletes the device
 * that has the local address or one below it, sets it down, makes it a port of a
 * bridge, or stops frames on the bridge between the host and the other end, or
 * the router that leads there.
 * @param change the lines that make the change, in their order.
 * @param local the IP address of the host. After a link-local one, "%" and the name
 * or index of the device may say which device it is.
 * @param remote the IP address of the other end. If its port is not known, only
 * the devices of the host are checked.
 * @param ret_cut receives whether it cuts the connection.
 * @param ret_device receives the name of the device with the local address, in
 * VBR_NAME_SIZE bytes; "" if the change does not cut the connection.
 * @return 0 or a negative errno.
 * Since: 0.1
 */
int vbr_reach_is_cut(struct vbr_ctx *ctx, const struct vbr_config *change,
		     const char *local, const char *remote, bool *ret_cut,
		     char *ret_device);

/**
 * A note: what the model does not examine, and in which VLANs the host has no
 * VLAN device.
 * @return a sentence in English that the table owns, or NULL if "i" is past the
 * end.
 * Since: 0.1
 */
const char *vbr_reach_table_note_at(const struct vbr_reach_table *table,
				    size_t i);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_topology Topologies
 * All devices of a network namespace at one moment, and what is on top of what:
 * enough to draw a diagram of the host's network.
 * @{
 */

/**
 * Reads all devices, bridges and ports in one dump, so that they fit together,
 * then the addresses and the VLANs of ports. It only reads, and needs no
 * capability. With CAP_NET_ADMIN in them, it also reads the names of devices in
 * other namespaces.
 * @param ret_topology receives the snapshot. Free it with vbr_topology_free().
 * @return 0, or a negative errno.
 * Since: 0.1
 */
int vbr_topology_get(struct vbr_ctx *ctx, struct vbr_topology **ret_topology);

/** Frees a snapshot of vbr_topology_get(). Since: 0.1 */
void vbr_topology_free(struct vbr_topology *topology);

/** The number of devices. Since: 0.1 */
size_t vbr_topology_count(const struct vbr_topology *topology);

/**
 * One device, sorted by interface index.
 * @return a device that the snapshot owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_device *vbr_topology_at(const struct vbr_topology *topology,
					 size_t i);

/**
 * Finds a device by its interface index.
 * @return a device that the snapshot owns, or NULL if there is none.
 * Since: 0.1
 */
const struct vbr_device *vbr_topology_find(const struct vbr_topology *topology,
					   int index);

/** All bridges, as vbr_bridge_list() lists them. The snapshot owns the list.
 * Since: 0.1 */
const struct vbr_bridges *
vbr_topology_bridges(const struct vbr_topology *topology);

/** All ports, as vbr_port_list() lists them. The snapshot owns the list.
 * Since: 0.1 */
const struct vbr_ports *vbr_topology_ports(const struct vbr_topology *topology);

/** The VLANs of all ports, as vbr_port_vlan_list() lists them; NULL: a kernel
 * without VLAN filtering. The snapshot owns the list. Since: 0.1 */
const struct vbr_port_vlans *
vbr_topology_port_vlans(const struct vbr_topology *topology);

/** The name of the device, unescaped. To print it on a terminal, use
 * vbr_format_name(). Since: 0.1 */
const char *vbr_device_name(const struct vbr_device *device);

/** The interface index of the device. Since: 0.1 */
int vbr_device_index(const struct vbr_device *device);

/** The kind of the device, such as "bridge", "vlan" or "veth"; "": hardware.
 * Since: 0.1 */
const char *vbr_device_kind(const struct vbr_device *device);

/** Whether the device was up (IFF_UP). Since: 0.1 */
bool vbr_device_is_up(const struct vbr_device *device);

/** Whether the device was up and had a carrier (IFF_LOWER_UP). Since: 0.1 */
bool vbr_device_has_carrier(const struct vbr_device *device);

/** The MAC address of the device: 6 bytes, valid as long as the snapshot. NULL:
 * it has no address of this size. Since: 0.1 */
const uint8_t *vbr_device_mac(const struct vbr_device *device);

/** The MTU of the device, in bytes. Since: 0.1 */
uint32_t vbr_device_mtu(const struct vbr_device *device);

/** The interface index of the bridge, bond or other device that the device
 * belongs to; 0: none. Since: 0.1 */
int vbr_device_master(const struct vbr_device *device);

/** The interface index of the device that the device is on: the parent of a VLAN
 * device, the other end of a veth pair; 0: none, or in another namespace.
 * Since: 0.1 */
int vbr_device_parent(const struct vbr_device *device);

/** Whether the device that it is on is in another namespace. Since: 0.1 */
bool vbr_device_has_foreign_parent(const struct vbr_device *device);

/** The id of that other namespace, as "ip netns list-id" lists it; -1: none.
 * Since: 0.1 */
int vbr_device_netnsid(const struct vbr_device *device);

/** The name of that other namespace in /run/netns, unescaped; NULL: not known.
 * Since: 0.1 */
const char *vbr_device_netns(const struct vbr_device *device);

/** The name of the device in that other namespace, unescaped; NULL: not known.
 * Since: 0.1 */
const char *vbr_device_peer(const struct vbr_device *device);

/** The VLAN of a VLAN device; 0: VLAN 0, or another kind of device.
 * Since: 0.1 */
unsigned int vbr_device_vlan(const struct vbr_device *device);

/** The tag of a VLAN device: VBR_VLAN_8021Q, VBR_VLAN_8021AD; 0: another kind of
 * device. Since: 0.1 */
unsigned int vbr_device_vlan_protocol(const struct vbr_device *device);

/**
 * An IP address of the device.
 * @return the address with its prefix, such as "192.0.2.1/24", or NULL if "i" is
 * past the end.
 * Since: 0.1
 */
const char *vbr_device_address_at(const struct vbr_device *device, size_t i);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_findings Faults of bridges
 * Finds what is wrong with bridges: faults of their configuration and state that
 * cost connections, and what to do about each.
 * @{
 */

/** How bad a finding is. Since: 0.1 */
enum vbr_severity {
	VBR_SEVERITY_REMARK,  /**< worth knowing; nothing is broken */
	VBR_SEVERITY_WARNING, /**< something does not work as it should */
	VBR_SEVERITY_ERROR    /**< a network is cut off, or breaks down */
};

/**
 * Looks for faults of bridges, with all rules of vbr_rules_at(). It only reads,
 * and needs no capability; with CAP_NET_ADMIN, it also reads the chains of
 * nf_tables. Devices, addresses and routes are read in one dump each.
 * @param bridges the names of the bridges.
 * @param count the number of names; 0: all bridges.
 * @param ret_findings receives the findings, by bridge, then in the order of the
 * rules. Free it with vbr_findings_free().
 * @return 0, or a negative errno: -ENODEV (no such device; a device vanished
 * meanwhile), -EOPNOTSUPP (not a bridge).
 * Since: 0.1
 */
int vbr_check(struct vbr_ctx *ctx, const char *const *bridges, size_t count,
	      struct vbr_findings **ret_findings);

/** The number of findings. Since: 0.1 */
size_t vbr_findings_count(const struct vbr_findings *findings);

/**
 * One finding.
 * @return a finding that the list owns, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_finding *vbr_findings_at(const struct vbr_findings *findings,
					  size_t i);

/** Which rules could not look, and why: a line for each, its id first, in the
 * language of the program; "" if all could. Since: 0.1 */
const char *vbr_findings_skipped(const struct vbr_findings *findings);

/** Frees the findings of vbr_check(). Since: 0.1 */
void vbr_findings_free(struct vbr_findings *findings);

/** The rule that has found it. Since: 0.1 */
const struct vbr_rule *vbr_finding_rule(const struct vbr_finding *finding);

/** How bad it is; at most vbr_rule_severity(). Since: 0.1 */
enum vbr_severity vbr_finding_severity(const struct vbr_finding *finding);

/** The name of the bridge. Since: 0.1 */
const char *vbr_finding_bridge(const struct vbr_finding *finding);

/** The name of the port, or NULL: it is about the whole bridge. Since: 0.1 */
const char *vbr_finding_port(const struct vbr_finding *finding);

/** The VLAN, 1 to 4094; 0: it is not about a VLAN. Since: 0.1 */
unsigned int vbr_finding_vlan(const struct vbr_finding *finding);

/** What is wrong: a sentence in the language of the program, without control
 * characters. Since: 0.1 */
const char *vbr_finding_what(const struct vbr_finding *finding);

/** What it costs: a sentence, as vbr_finding_what(). Since: 0.1 */
const char *vbr_finding_why(const struct vbr_finding *finding);

/**
 * One of the commands that correct it, in the order in which to run them.
 * Words are quoted for a shell.
 * @return the command, or NULL if "i" is past the end. Some findings have no
 * command.
 * Since: 0.1
 */
const char *vbr_finding_fix_at(const struct vbr_finding *finding, size_t i);

/** The number of rules. Since: 0.1 */
size_t vbr_rules_count(void);

/**
 * One rule.
 * @return a constant object, or NULL if "i" is past the end.
 * Since: 0.1
 */
const struct vbr_rule *vbr_rules_at(size_t i);

/** The name of the rule, a short word such as "mtu-mismatch", which never
 * changes. Since: 0.1 */
const char *vbr_rule_id(const struct vbr_rule *rule);

/** How bad its findings are at most. Since: 0.1 */
enum vbr_severity vbr_rule_severity(const struct vbr_rule *rule);

/** A line that says what the rule finds, in the language of the program.
 * Since: 0.1 */
const char *vbr_rule_help(const struct vbr_rule *rule);

/** A paragraph about the fault, likewise. Since: 0.1 */
const char *vbr_rule_explanation(const struct vbr_rule *rule);

/** @} */

/* ------------------------------------------------------------------------ */

/**
 * @defgroup vbr_watch Events
 * Reports changes of bridges, ports, VLANs, FDB and MDB as they happen.
 * @{
 */

/** What a watch reports. Combine several with OR. Since: 0.1 */
enum vbr_watch_what {
	VBR_WATCH_LINKS = 1, /**< bridges, ports and VLAN devices */
	VBR_WATCH_FDB = 2,   /**< FDB entries */
	VBR_WATCH_VLANS = 4, /**< VLANs of ports and bridges (Linux 5.6) */
	VBR_WATCH_GROUPS = 8 /**< multicast groups and router ports */
};

/** What an event is about. Each kind has one accessor that returns the object;
 * the other accessors return NULL. Since: 0.1 */
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
 * Callback for an event. It may use the context of the watch for any call, but
 * not the watch. What it changes is reported too, as an event that
 * vbr_watch_read() reads, also if this call of vbr_watch_read() is not over yet.
 * @param event the event. It, and what its accessors return, is valid during
 * the call.
 * @param data the pointer that was given with the callback.
 * @return 0 to continue. Any other value ends the function that reports the
 * events, and this function returns the value. The event counts as reported;
 * the next vbr_watch_read() reports the events after it. A negative errno also
 * becomes the error of the context, vbr_ctx_error(), in place of one that the
 * callback caused on the same context.
 * Since: 0.1
 */
typedef int (*vbr_event_fn)(const struct vbr_event *event, void *data);

/**
 * Starts to watch the namespace of the context. From now on, changes are queued
 * until they are read.
 * @param what bits of enum vbr_watch_what.
 * @param ret_watch receives the watch, which holds a reference to the context.
 * Free it with vbr_watch_free().
 * @return 0, or a negative errno: -EINVAL ("what" is 0, or has an unknown bit),
 * -EOPNOTSUPP (a kernel that does not report one of them), -EMFILE, -ENFILE
 * (too many open files), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_watch_new(struct vbr_ctx *ctx, unsigned int what,
		  struct vbr_watch **ret_watch);

/** Ends a watch. NULL is ignored. Since: 0.1 */
void vbr_watch_free(struct vbr_watch *watch);

/** A file descriptor for poll(2), which becomes readable when events are
 * queued. Do not read or close it. It is valid as long as the watch.
 * Since: 0.1 */
int vbr_watch_fd(const struct vbr_watch *watch);

/**
 * Reports the queued events, and returns. It does not wait for further events.
 * @param function the callback, which is called for each event.
 * @return 0 when all queued events are reported, the value of the callback if
 * it is not 0, or a negative errno: -ENOBUFS (the queue was full and events are
 * lost; discard what you know and call vbr_watch_sync()), -EBADMSG (an event
 * that cannot be read; it is skipped).
 * Since: 0.1
 */
int vbr_watch_read(struct vbr_watch *watch, vbr_event_fn function, void *data);

/**
 * Reports all objects that exist now, as events. Changes during the call are
 * queued for vbr_watch_read(), so that nothing is missed; an object may be
 * reported twice. Call it at the start, and after -ENOBUFS. The objects of one
 * bit of enum vbr_watch_what are read completely before the first of them is
 * reported, so they need memory, and the callback may delete some of them
 * before they are reported; vbr_watch_read() then reports that they are gone.
 * @param function the callback, which is called for each event.
 * @return 0, the value of the callback if it is not 0 (the rest is not reported
 * then), or a negative errno: -EAGAIN as vbr_fdb_foreach().
 * Since: 0.1
 */
int vbr_watch_sync(struct vbr_watch *watch, vbr_event_fn function, void *data);

/**
 * Reports the events in rtnetlink messages that the caller has received or
 * stored, as a watch would. It opens nothing, sends nothing, and needs no
 * context. Messages about other things are skipped. Messages that answer a dump
 * are reported like all others.
 *
 * A watch does not report the groups of VXLAN devices (Linux 6.8), because it
 * reads which devices are bridges. This function reports them too;
 * vbr_mdb_entry_bridge_index() is then the index of a VXLAN device.
 * @param bytes one or more complete messages, one after the other, as recv(2)
 * returns them. They may come from an untrusted source.
 * @param size the number of bytes.
 * @param what bits of enum vbr_watch_what; everything else is skipped.
 * @param function the callback, which is called for each event. If it does not
 * return 0, the call ends, and the events after this one are not reported.
 * @return 0, the value of the callback if it is not 0, or a negative errno:
 * -EINVAL ("what" is 0, or has an unknown bit), -EBADMSG (a message that cannot
 * be read, or bytes that are not a complete message; all readable messages were
 * reported), -ENOMEM (out of memory).
 * Since: 0.1
 */
int vbr_event_read(const void *bytes, size_t size, unsigned int what,
		   vbr_event_fn function, void *data);

/** What the event is about. Since: 0.1 */
enum vbr_event_kind vbr_event_kind(const struct vbr_event *event);

/** Whether the object is gone; otherwise it is new or has changed. An object
 * that is gone may have no options. Since: 0.1 */
bool vbr_event_is_gone(const struct vbr_event *event);

/** The bridge; NULL in an event of another kind. Since: 0.1 */
const struct vbr_bridge *vbr_event_bridge(const struct vbr_event *event);

/** The port; NULL in an event of another kind. Since: 0.1 */
const struct vbr_port *vbr_event_port(const struct vbr_event *event);

/** The VLAN device; NULL in an event of another kind. Since: 0.1 */
const struct vbr_vlan *vbr_event_vlan(const struct vbr_event *event);

/** The FDB entry; NULL in an event of another kind. Since: 0.1 */
const struct vbr_fdb_entry *vbr_event_fdb_entry(const struct vbr_event *event);

/** The VLAN of a port, or of the bridge itself; NULL in an event of another
 * kind. The kernel does not report the bridge of the port:
 * vbr_port_vlan_bridge_index() is 0. Since: 0.1 */
const struct vbr_port_vlan *vbr_event_port_vlan(const struct vbr_event *event);

/** The member of a multicast group; NULL in an event of another kind.
 * Since: 0.1 */
const struct vbr_mdb_entry *vbr_event_mdb_entry(const struct vbr_event *event);

/** The port that leads to a multicast router; NULL in an event of another kind.
 * Since: 0.1 */
const struct vbr_mdb_router *
vbr_event_mdb_router(const struct vbr_event *event);

/** @} */

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
