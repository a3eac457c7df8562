/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds VLAN devices: makes their names, and adds all of them or none. */

#include "config.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "base/vids.h"
#include "core/batch.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/link-group.h"
#include "core/link-name.h"
#include "core/link.h"
#include "core/proc.h"
#include "core/talk.h"

/* The beginning of this file says how the kernel names VLAN devices. */
#define CONFIG_FILE "/proc/thread-self/net/vlan/config"
#define CONFIG_HEAD 256

/* Exists in every network namespace. */
#define OTHER_FILE "/proc/thread-self/net/dev"

/* The index is the kernel's number. */
static const struct name_type {
	char word[40];	 /* as in the file */
	bool has_parent; /* "eth0." rather than "vlan" */
	bool is_padded;	 /* "0005" rather than "5" */
} name_types[] = {
	[VBR_VLAN_PLUS_VID] = { "VLAN_NAME_TYPE_PLUS_VID", false, true },
	[VBR_VLAN_DEV_PLUS_VID] = { "VLAN_NAME_TYPE_RAW_PLUS_VID", true, true },
	[VBR_VLAN_PLUS_VID_NO_PAD] = { "VLAN_NAME_TYPE_PLUS_VID_NO_PAD", false,
				       false },
	[VBR_VLAN_DEV_PLUS_VID_NO_PAD] = { "VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD",
					   true, false },
};

#define NAME_TYPES (sizeof(name_types) / sizeof(name_types[0]))

static int find_name_type(const char *text,
			  enum vbr_vlan_name_type *ret_name_type)
{
	static const char label[] = "Name-Type: ";

	while (*text && strncmp(text, label, strlen(label)) != 0)
		text++;
	if (*text)
		text += strlen(label);
	for (size_t i = 0; i < NAME_TYPES; i++) {
		size_t len = strlen(name_types[i].word);

		if (strncmp(text, name_types[i].word, len) == 0 &&
		    (text[len] == ' ' || text[len] == '\n')) {
			*ret_name_type = (enum vbr_vlan_name_type)i;
			return 0;
		}
	}
	return -EBADMSG;
}

static int read_name_type(struct vbr_ctx *ctx,
			  enum vbr_vlan_name_type *ret_name_type)
{
	char text[CONFIG_HEAD];
	int rc;

	rc = ctx->transport->read_file(ctx->transport_data, CONFIG_FILE, text,
				       sizeof(text));
	if (rc == 0)
		rc = find_name_type(text, ret_name_type);
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

int vbr_vlan_get_name_type(struct vbr_ctx *ctx,
			   enum vbr_vlan_name_type *ret_name_type)
{
	int rc;

	context_begin(ctx, N_("cannot read how VLAN devices are named"));
	rc = read_name_type(ctx, ret_name_type);
	if (rc == -ENOENT && proc_why_missing(ctx, OTHER_FILE) != rc)
		return context_fail(ctx, -EOPNOTSUPP,
				    _("/proc is not mounted"));
	return rc;
}

int vbr_vlan_set_name_type(struct vbr_ctx *ctx,
			   enum vbr_vlan_name_type name_type)
{
	context_begin(ctx, N_("cannot set how VLAN devices are named"));
	if ((unsigned int)name_type >= NAME_TYPES)
		return context_fail(ctx, -EINVAL, NULL);
	return ioctl_vlan(ctx, SET_VLAN_NAME_TYPE_CMD, NULL, name_type, 0);
}

/* The state of one call of vbr_vlan_add(). */
struct addition {
	struct vbr_ctx *ctx;
	char parent[NAME_SIZE]; /* the kernel's name, not an altname */
	const char *name;	/* NULL: made by the naming rule */
	struct vlan_request wanted;
	enum vbr_vlan_name_type name_type;
	bool name_type_is_guessed;
	size_t count;
	struct request *requests;
	int *verdicts;
	char (*names)[NAME_SIZE];
	struct link_member *made; /* for an undo */
};

static int refuse_length(struct vbr_ctx *ctx, const char *name)
{
	char shown[VBR_NAME_TEXT_SIZE];
	size_t len = strlen(name);

	name_format(name, shown, sizeof(shown));
	/* Translators: the second number is always 15. */
	return context_fail_why(ctx, -ENAMETOOLONG,
				P_("its name \"%s\" would have %zu byte; "
				   "the limit is %d",
				   "its name \"%s\" would have %zu bytes; "
				   "the limit is %d",
				   len),
				shown, len, NAME_SIZE - 1);
}

static int make_name(struct addition *addition, unsigned int vid,
		     char ret_name[NAME_SIZE])
{
	const struct name_type *name_type = &name_types[addition->name_type];
	const char *name = addition->name;
	char number[8], made[2 * NAME_SIZE];

	if (!name) {
		snprintf(number, sizeof(number),
			 name_type->is_padded ? "%.4u" : "%u", vid);
		snprintf(made, sizeof(made), "%s%s%s",
			 name_type->has_parent ? addition->parent : "vlan",
			 name_type->has_parent ? "." : "", number);
		name = made;
	}
	if (strlen(name) >= NAME_SIZE)
		return refuse_length(addition->ctx, name);
	memcpy(ret_name, name, strlen(name) + 1);
	return 0;
}

static int build_requests(struct addition *addition,
			  const struct vbr_vids *vids)
{
	size_t at = 0;
	int vid = -1;

	while ((vid = vids_next(vids, vid)) >= 0) {
		int rc = make_name(addition, (unsigned int)vid,
				   addition->names[at]);

		if (rc < 0)
			return rc;
		addition->wanted.vid = (unsigned int)vid;
		addition->wanted.name = addition->names[at];
		request_vlan_add(&addition->requests[at++], &addition->wanted);
	}
	return 0;
}

static size_t take_made(const struct addition *addition,
			struct link_member *ret_members)
{
	size_t count = 0;

	for (size_t i = 0; i < addition->count; i++) {
		struct link_member *member = &ret_members[count];

		if (addition->verdicts[i] < 0)
			continue;
		memcpy(member->name, addition->names[i], sizeof(member->name));
		count++;
	}
	return count;
}

static int undo(struct addition *addition)
{
	size_t count = take_made(addition, addition->made);

	return count ? link_group_delete(addition->ctx, addition->made, count)
		     : 0;
}

/* For several VLANs: which one was refused, or -1. */
static int find_refused(const struct addition *addition,
			const struct vbr_vids *vids)
{
	int vid = -1;

	for (size_t i = 0; i < addition->count; i++) {
		vid = vids_next(vids, vid);
		if (addition->verdicts[i] == 0)
			continue;
		return addition->verdicts[i] != -ECANCELED &&
				       addition->count > 1
			       ? vid
			       : -1;
	}
	return -1;
}

/*
 * Reports why it was refused, and which devices remain, but not why the undo
 * failed.
 */
static void report_undo(struct vbr_ctx *ctx, const struct failure *refusal,
			int vid, int undo_error)
{
	context_restore(ctx, refusal);
	if (vid >= 0 && undo_error < 0)
		context_append(ctx, _("; VLAN %d was refused"), vid);
	else if (vid >= 0)
		context_append(ctx,
			       _("; VLAN %d was refused, and none was made"),
			       vid);
	if (undo_error < 0)
		context_append(ctx, "%s",
			       _("; some of the devices that were made could "
				 "not be removed"));
	/* The state of some devices is unknown. */
	if (refusal->lost_at)
		context_append(ctx, "%s",
			       _("; some of the devices may have "
				 "been made"));
}

static int add_all(struct addition *addition, const struct vbr_vids *vids)
{
	struct vbr_ctx *ctx = addition->ctx;
	struct failure refusal;
	int rc, vid;

	rc = talk_batch(ctx, addition->requests, addition->count,
			addition->verdicts);
	if (rc == 0)
		return 0;
	refusal = ctx->failure;
	/* If an answer was lost, that is the error. */
	vid = refusal.lost_at ? -1 : find_refused(addition, vids);
	report_undo(ctx, &refusal, vid, undo(addition));
	return rc;
}

static int allocate(struct addition *addition, const struct vbr_vids *vids)
{
	addition->count = vids_count(vids);
	addition->requests = calloc(addition->count + 1,
				    sizeof(*addition->requests));
	addition->verdicts = calloc(addition->count + 1,
				    sizeof(*addition->verdicts));
	addition->names = calloc(addition->count + 1, sizeof(*addition->names));
	addition->made = calloc(addition->count + 1, sizeof(*addition->made));
	if (!addition->requests || !addition->verdicts || !addition->names ||
	    !addition->made) {
		context_fail(addition->ctx, -ENOMEM, NULL);
		return -ENOMEM;
	}
	return addition->count > 1 ? talk_reserve(addition->ctx) : 0;
}

/*
 * The file does not exist while 8021q is not loaded. The kernel loads the
 * module for the first device, with this naming. A caller that may not read the
 * file may still be allowed to add devices.
 */
static int learn_name_type(struct addition *addition)
{
	int rc;

	if (addition->name)
		return 0;
	rc = read_name_type(addition->ctx, &addition->name_type);
	if (rc != -ENOENT && rc != -EACCES)
		return rc;
	addition->name_type = VBR_VLAN_DEV_PLUS_VID_NO_PAD;
	addition->name_type_is_guessed = true;
	return 0;
}

/* rtnetlink returns EOPNOTSUPP for an unknown kind of device, and also for a
 * parent that takes no VLANs. */
static int explain_missing_module(struct vbr_ctx *ctx, int error)
{
	struct failure refusal = ctx->failure;
	enum vbr_vlan_name_type name_type;

	if (error != -EOPNOTSUPP)
		return error;
	if (read_name_type(ctx, &name_type) == -ENOENT &&
	    proc_why_missing(ctx, OTHER_FILE) == -ENOENT)
		error = -ENOPKG;
	ctx->failure = refusal;
	return error;
}

/* The caller may use an altname, but new names contain the kernel's name. */
static int find_parent(struct addition *addition, const char *parent)
{
	int *index = &addition->wanted.parent;
	int rc = ioctl_index(addition->ctx, parent, index);

	if (rc == 0 && !addition->name)
		rc = ioctl_name(addition->ctx, *index, addition->parent);
	return rc;
}

static int add_by_requests(struct addition *addition,
			   const struct vbr_vids *vids)
{
	struct vbr_ctx *ctx = addition->ctx;
	int rc = allocate(addition, vids);

	if (rc)
		return rc;
	rc = build_requests(addition, vids);
	if (rc < 0)
		return rc;
	return explain_missing_module(ctx, add_all(addition, vids));
}

/* The kernel makes and names such a device in one call, but truncates the name
 * to 15 bytes. */
static bool is_plain(const struct addition *addition,
		     const struct vbr_vids *vids)
{
	return !addition->name && vids_count(vids) == 1 &&
	       addition->wanted.protocol == ETH_P_8021Q &&
	       strlen(addition->parent) + strlen(".4094") < NAME_SIZE;
}

/*
 * If the ioctl is refused, rtnetlink refuses too, and says why. After EEXIST,
 * rtnetlink is not used with a guessed naming: it could make the device under
 * another name.
 */
static int add(struct addition *addition, const struct vbr_vids *vids)
{
	struct vbr_ctx *ctx = addition->ctx;
	struct failure refusal = { 0 };
	int refused = 0, rc;

	if (is_plain(addition, vids)) {
		refused = ioctl_vlan(ctx, ADD_VLAN_CMD, addition->parent,
				     (unsigned int)vids_next(vids, -1), 0);
		if (refused == 0)
			return 0;
		refusal = ctx->failure;
	}
	rc = learn_name_type(addition);
	if (refused && (rc < 0 || (refused == -EEXIST &&
				   addition->name_type_is_guessed))) {
		ctx->failure = refusal;
		return refused;
	}
	return rc < 0 ? rc : add_by_requests(addition, vids);
}

int vbr_vlan_add(struct vbr_ctx *ctx, const char *parent,
		 const struct vbr_vids *vids, unsigned int protocol,
		 const char *name)
{
	struct addition addition = {
		.ctx = ctx,
		.name = name,
		.wanted.protocol = protocol ? protocol : ETH_P_8021Q,
	};
	int rc = 0;

	context_begin(ctx, N_("cannot add VLAN to \"%s\""), parent);
	if (name)
		rc = link_check_new_name(ctx, name);
	if (rc == 0 && name && vids_count(vids) > 1)
		rc = context_fail(
			ctx, -EINVAL,
			_("several VLAN devices cannot have the same name"));
	if (rc == 0)
		rc = find_parent(&addition, parent);
	if (rc == 0)
		rc = add(&addition, vids);
	free(addition.requests);
	free(addition.verdicts);
	free(addition.names);
	free(addition.made);
	return rc;
}
