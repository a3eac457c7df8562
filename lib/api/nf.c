/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The sysctls of br_netfilter: which firewall tables see bridged frames. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/context.h"
#include "core/proc.h"
#include "sys/transport.h"
#include "wire/reply.h"

#define FOLDER "/proc/sys/net/bridge/bridge-nf-"
#define PATH_SIZE 64

/* Exists in every network namespace. */
#define OTHER_FILE "/proc/sys/net/core/somaxconn"

static const char names[][24] = {
	"call-iptables",      "call-ip6tables",	     "call-arptables",
	"filter-vlan-tagged", "filter-pppoe-tagged", "pass-vlan-input-dev",
};

#define NAMES (sizeof(names) / sizeof(names[0]))

const char *vbr_nf_at(size_t i)
{
	return i < NAMES ? names[i] : NULL;
}

static int find(struct vbr_ctx *ctx, const char *name, char *ret_path)
{
	for (size_t i = 0; i < NAMES; i++) {
		if (strcmp(names[i], name) == 0) {
			snprintf(ret_path, PATH_SIZE, "%s%s", FOLDER, name);
			return 0;
		}
	}
	return context_fail_word(ctx, -EINVAL, _("there is no setting \"%s\""),
				 name);
}

/* The files exist only while br_netfilter is loaded. */
static int fail(struct vbr_ctx *ctx, int error)
{
	struct reply_error refusal = { 0 };

	if (error == -ENOENT)
		error = proc_why_missing(ctx, OTHER_FILE);
	if (error == -ENOENT)
		return context_fail(ctx, error,
				    _("br_netfilter is not loaded"));
	if (error == -EOPNOTSUPP)
		return context_fail(ctx, error,
				    _("/proc/sys is not mounted, so nothing "
				      "is known about br_netfilter; to mount "
				      "it: mount -t proc proc /proc"));
	refusal.error = error == -EACCES ? -EPERM : error;
	return context_fail_kernel(ctx, &refusal, NULL);
}

static int read_setting(struct vbr_ctx *ctx, const char *name, bool *ret_on)
{
	char path[PATH_SIZE], text[16];
	int rc = find(ctx, name, path);

	if (rc < 0)
		return rc;
	rc = ctx->transport->read_file(ctx->transport_data, path, text,
				       sizeof(text));
	if (rc < 0)
		return fail(ctx, rc);
	*ret_on = text[strspn(text, "0 \t\n")] != '\0';
	return 0;
}

static int write_setting(struct vbr_ctx *ctx, const char *name, bool on)
{
	char path[PATH_SIZE];
	int rc = find(ctx, name, path);

	if (rc < 0 || ctx->is_dry)
		return rc;
	rc = ctx->transport->write_file(ctx->transport_data, path,
					on ? "1\n" : "0\n");
	return rc < 0 ? fail(ctx, rc) : 0;
}

int vbr_nf_get(struct vbr_ctx *ctx, const char *name, bool *ret_on)
{
	context_begin(ctx, N_("cannot read bridge-nf-%s"), name);
	return read_setting(ctx, name, ret_on);
}

/* Restores the settings that were written. */
static void undo(struct vbr_ctx *ctx, const char *const *settings,
		 const bool *before, size_t count)
{
	struct failure refusal = ctx->failure;
	const char *stayed[NAMES];
	size_t stayed_count = 0;

	for (size_t i = 0; i < count; i++)
		if (write_setting(ctx, settings[i], before[i]) < 0)
			stayed[stayed_count++] = settings[i];
	ctx->failure = refusal;
	for (size_t i = 0; i < stayed_count; i++)
		context_append(ctx, _("; %s may have been changed"), stayed[i]);
}

int vbr_nf_set(struct vbr_ctx *ctx, const char *const *settings, size_t count,
	       bool on)
{
	bool before[NAMES] = { false };

	context_begin(ctx, N_("cannot set bridge-nf"));
	if (count == 0 || count > NAMES)
		return context_fail(ctx, -E2BIG, NULL);
	for (size_t i = 0; i < count; i++) {
		int rc = read_setting(ctx, settings[i], &before[i]);

		if (rc)
			return rc;
	}
	for (size_t i = 0; i < count; i++) {
		int rc = write_setting(ctx, settings[i], on);

		if (rc < 0) {
			undo(ctx, settings, before, i);
			return rc;
		}
	}
	return 0;
}
