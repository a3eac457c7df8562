/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Entries of the table of a port itself, above all of a VXLAN device. */

#include "config.h"

#include "api/fdb-self.h"

#include <endian.h>
#include <errno.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <string.h>

#include "api/fdb-entry.h"
#include "api/fdb-find.h"
#include "api/remote.h"
#include "core/context.h"
#include "core/port.h"
#include "core/talk.h"
#include "wire/fdb.h"
#include "wire/request.h"
#include "wire/vni.h"

uint16_t fdb_mode(enum vbr_fdb_mode mode)
{
	static const uint16_t modes[] = {
		[VBR_FDB_NEW] = NLM_F_CREATE | NLM_F_EXCL,
		[VBR_FDB_REPLACE] = NLM_F_REPLACE,
		[VBR_FDB_SET] = NLM_F_CREATE | NLM_F_REPLACE,
		[VBR_FDB_APPEND] = NLM_F_CREATE | NLM_F_APPEND,
	};

	return modes[mode];
}

int fdb_refuse_append(struct vbr_ctx *ctx)
{
	return context_fail(ctx, -EINVAL,
			    _("only 00:00:00:00:00:00 and the addresses of "
			      "groups, in the table of a VXLAN device (self), "
			      "have several destinations"));
}

/* --- destinations --------------------------------------------------------- */

/* Only then does the table have entries of several VNIs. */
static bool is_external(const struct link_info *link)
{
	struct attr_span options = link->options;
	const struct nlattr *attr = attr_take_of(&options,
						 IFLA_VXLAN_COLLECT_METADATA);

	return attr && mnl_attr_get_payload_len(attr) && mnl_attr_get_u8(attr);
}

static int check_device(struct vbr_ctx *ctx, const struct link_info *link,
			const struct vbr_remote *remote)
{
	if (link->kind != LINK_VXLAN)
		return context_fail(ctx, -EINVAL,
				    _("only entries of a VXLAN device have "
				      "destinations"));
	/* The kernel would ignore it. */
	if (remote->has_src_vni && !is_external(link))
		return context_fail(ctx, -EINVAL,
				    _("this VXLAN device has one VNI only: "
				      "src_vni is for devices that are "
				      "external"));
	return 0;
}

static int refuse_family(struct vbr_ctx *ctx)
{
	return context_fail(ctx, -EAFNOSUPPORT,
			    _("the VXLAN device uses the other version of IP"));
}

/* A flush would find nothing. */
static int check_family(struct vbr_ctx *ctx, const struct link_info *link,
			const struct remote *remote)
{
	uint8_t family = vxlan_family(link->options);

	return remote->has_dst && family && family != remote->dst.family
		       ? refuse_family(ctx)
		       : 0;
}

int fdb_take_remote(struct vbr_ctx *ctx, const struct link_info *link,
		    const struct vbr_remote *remote, struct remote *ret_remote)
{
	int rc = check_device(ctx, link, remote);

	if (rc == 0)
		rc = remote_import(ctx, remote, ret_remote);
	if (rc < 0)
		return rc;
	return check_family(ctx, link, ret_remote);
}

int fdb_explain_remote(struct vbr_ctx *ctx, int error)
{
	switch (error) {
	case -EAFNOSUPPORT:
		return refuse_family(ctx);
	case -EADDRNOTAVAIL:
		return context_fail_as(ctx, -EINVAL,
				       _("no device has the index of \"via\""));
	case -ENOENT:
		return fdb_refuse_missing(ctx);
	default:
		return error;
	}
}

/* --- one entry ------------------------------------------------------------ */

struct place {
	const char *bridge, *device;
	struct link_info link;
	struct fdb_change change;
};

static int begin(struct vbr_ctx *ctx, const char *bridge, const char *device,
		 const uint8_t mac[MAC_LEN], struct place *ret_place)
{
	int rc;

	*ret_place = (struct place){ .bridge = bridge, .device = device };
	rc = port_find(ctx, bridge, device, &ret_place->link);
	if (rc < 0)
		return rc;
	ret_place->change.bridge = ret_place->link.master;
	ret_place->change.device = ret_place->link.index;
	ret_place->change.is_self = true;
	memcpy(ret_place->change.mac, mac, MAC_LEN);
	return 0;
}

/* 00:00:00:00:00:00 stands for all addresses that have no entry. */
static bool may_have_several(const struct place *place)
{
	static const uint8_t none[MAC_LEN];
	const uint8_t *mac = place->change.mac;

	return place->link.kind == LINK_VXLAN &&
	       (mac[0] & 1 || memcmp(mac, none, MAC_LEN) == 0);
}

#define SELF_FLAGS \
	(VBR_FDB_SELF | VBR_FDB_ROUTER | VBR_FDB_EXTERN | VBR_FDB_USE)

static int check(struct vbr_ctx *ctx, const struct place *place,
		 const struct vbr_new_fdb_entry *entry)
{
	if ((unsigned int)entry->state > VBR_FDB_LEARNED ||
	    (unsigned int)entry->mode > VBR_FDB_APPEND)
		return context_fail(ctx, -EINVAL, NULL);
	if (entry->flags & ~(unsigned int)SELF_FLAGS)
		return context_fail(ctx, -EINVAL,
				    _("the table of a device (self) has the "
				      "flags router, extern and use only"));
	if (entry->vlan)
		return context_fail(ctx, -EINVAL,
				    _("the table of a device (self) has no "
				      "VLANs"));
	if (entry->mode == VBR_FDB_APPEND && !may_have_several(place))
		return fdb_refuse_append(ctx);
	if (place->link.kind == LINK_VXLAN && !entry->remote.dst[0] &&
	    !entry->remote.nhid)
		return context_fail(ctx, -EINVAL,
				    _("an entry of a VXLAN device needs a "
				      "destination: dst or nhid"));
	if (place->link.kind != LINK_VXLAN && entry->state != VBR_FDB_LOCAL)
		return context_fail(ctx, -EINVAL,
				    _("the table of a device that is not VXLAN "
				      "has local addresses only"));
	return 0;
}

/* The bridge marks static entries by one bit, VXLAN needs another, too. */
static uint16_t kernel_state(const struct place *place,
			     enum vbr_fdb_state state)
{
	static const uint16_t nud[] = {
		[VBR_FDB_LOCAL] = NUD_PERMANENT | NUD_NOARP,
		[VBR_FDB_STATIC] = NUD_REACHABLE | NUD_NOARP,
		[VBR_FDB_LEARNED] = NUD_REACHABLE,
	};

	return place->link.kind == LINK_VXLAN ? nud[state] : NUD_PERMANENT;
}

/* Dumps do not contain values that are those of the device. */
static void drop_defaults(const struct link_info *link, struct remote *remote)
{
	struct attr_span options = link->options;
	const struct nlattr *attr;

	while ((attr = attr_take(&options))) {
		if (mnl_attr_get_type(attr) == IFLA_VXLAN_ID &&
		    mnl_attr_get_payload_len(attr) == sizeof(uint32_t) &&
		    mnl_attr_get_u32(attr) == remote->vni)
			remote->has_vni = false;
		if (mnl_attr_get_type(attr) == IFLA_VXLAN_PORT &&
		    mnl_attr_get_payload_len(attr) == sizeof(uint16_t) &&
		    be16toh(mnl_attr_get_u16(attr)) == remote->port)
			remote->port = 0;
	}
	if (!remote->has_vni)
		remote->vni = 0;
}

static int take_remote(struct vbr_ctx *ctx, struct place *place,
		       const struct vbr_remote *remote)
{
	int rc;

	if (!remote_is_given(remote))
		return 0;
	rc = fdb_take_remote(ctx, &place->link, remote, &place->change.remote);
	if (rc == 0)
		drop_defaults(&place->link, &place->change.remote);
	return rc;
}

static bool has_address(const struct vbr_fdb_entry *entry,
			const struct fdb_change *change)
{
	return entry->flags & NTF_SELF && entry->port == change->device &&
	       memcmp(entry->mac, change->mac, MAC_LEN) == 0;
}

static bool has_destination(const struct remote *remote,
			    const struct remote *wanted)
{
	if (wanted->has_src_vni && remote->src_vni != wanted->src_vni)
		return false;
	if (wanted->nhid)
		return remote->nhid == wanted->nhid;
	return !wanted->has_dst ||
	       (remote->has_dst &&
		address_is_same(&remote->dst, &wanted->dst) &&
		remote->port == wanted->port && remote->vni == wanted->vni &&
		remote->via == wanted->via);
}

/* 1: there is such an entry; 0: there is none; or a negative errno. */
static int find(struct vbr_ctx *ctx, const struct place *place,
		const struct remote *wanted)
{
	static const struct remote nothing;
	struct operation operation = ctx->operation;
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;
	int rc = vbr_fdb_list_all(ctx, place->bridge, &fdb);

	ctx->operation = operation;
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && (entry = vbr_fdb_at(fdb, i)); i++)
		rc = has_address(entry, &place->change) &&
		     has_destination(entry->remote ? entry->remote : &nothing,
				     wanted);
	vbr_fdb_free(fdb);
	return rc;
}

static int dry_run_add(struct vbr_ctx *ctx, const struct place *place)
{
	static const struct remote any;
	int rc = find(ctx, place, &any);

	if (rc > 0 && place->change.mode & NLM_F_EXCL)
		return context_fail(ctx, -EEXIST, NULL);
	if (rc == 0 && !(place->change.mode & NLM_F_CREATE))
		return fdb_refuse_missing(ctx);
	return rc < 0 ? rc : 0;
}

int fdb_add_self(struct vbr_ctx *ctx, const char *bridge, const char *device,
		 const uint8_t mac[MAC_LEN],
		 const struct vbr_new_fdb_entry *entry)
{
	struct place place;
	struct request req;
	int rc = begin(ctx, bridge, device, mac, &place);

	if (rc == 0)
		rc = take_remote(ctx, &place, &entry->remote);
	if (rc == 0)
		rc = check(ctx, &place, entry);
	if (rc < 0)
		return rc;
	place.change.state = kernel_state(&place, entry->state);
	place.change.flags = fdb_kernel_flags(entry->flags);
	place.change.mode = fdb_mode(entry->mode);
	if (ctx->is_dry)
		return dry_run_add(ctx, &place);
	fdb_request_add(&req, &place.change);
	rc = talk(ctx, &req.head, NULL);
	if (rc == -EEXIST && may_have_several(&place))
		return context_fail_as(ctx, rc,
				       _("there is an entry; \"append\" adds "
					 "another destination to it"));
	return rc < 0 ? fdb_explain_remote(ctx, rc) : 0;
}

int vbr_fdb_del_self(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const uint8_t mac[6],
		     const struct vbr_remote *remote)
{
	char text[VBR_MAC_TEXT_SIZE];
	struct place place;
	struct request req;
	int rc;

	mac_format(mac, text);
	context_begin(ctx, N_("cannot delete %s of \"%s\" of bridge \"%s\""),
		      text, device, bridge);
	rc = begin(ctx, bridge, device, mac, &place);
	if (rc == 0)
		rc = take_remote(ctx, &place, remote);
	if (rc < 0)
		return rc;
	/* The kernel does not report that the destination does not exist. */
	rc = find(ctx, &place, &place.change.remote);
	place.change.state = kernel_state(&place, VBR_FDB_LOCAL);
	if (rc == 0)
		return fdb_refuse_missing(ctx);
	if (rc < 0 || ctx->is_dry)
		return rc < 0 ? rc : 0;
	fdb_request_del(&req, &place.change);
	rc = talk(ctx, &req.head, NULL);
	return rc < 0 ? fdb_explain_remote(ctx, rc) : 0;
}
