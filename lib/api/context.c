/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Contexts: opens, references and closes them, and reports the last error. */

#include "config.h"

#include "core/context.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "sys/netns.h"

const char *vbr_version(void)
{
	return PACKAGE_VERSION;
}

static int open_socket(const char *netns, struct kernel_socket *ret_socket)
{
	int fd = -1, rc = 0;

	if (netns)
		rc = netns_open(netns, &fd);
	if (rc == 0)
		rc = kernel_open(fd, ret_socket);
	if (fd >= 0)
		close(fd);
	return rc;
}

static void advise(struct vbr_ctx *ctx, const char *netns, int error)
{
	if (error == -EPERM || error == -EACCES)
		context_append(ctx, "%s",
			       _("; this needs the capability CAP_SYS_ADMIN: "
				 "try as root"));
	if (error == -EINVAL)
		context_append(ctx, "%s",
			       _("; the file is not a network namespace"));
	if (error == -ENOENT && !strchr(netns, '/'))
		context_append(ctx, "%s",
			       _("; \"ip netns\" lists the names of "
				 "namespaces"));
}

int vbr_ctx_new(const char *netns, struct vbr_ctx **ret_ctx)
{
	struct vbr_ctx *ctx;
	int rc;

	rc = context_new(&kernel_transport, NULL, &ctx);
	if (rc < 0)
		return rc;
	rc = open_socket(netns, &ctx->socket);
	if (rc < 0) {
		context_free(ctx);
		return rc;
	}
	*ret_ctx = ctx;
	return 0;
}

/* The context only holds the sentence; it is never connected. */
size_t vbr_ctx_new_error(const char *netns, int error, char *ret_text,
			 size_t size)
{
	struct vbr_ctx ctx = { 0 };

	if (netns)
		context_begin(&ctx,
			      N_("cannot enter the network namespace \"%s\""),
			      netns);
	else
		context_begin(&ctx, N_("cannot talk to the kernel"));
	context_fail(&ctx, error, NULL);
	if (error == -EPROTONOSUPPORT || error == -EAFNOSUPPORT)
		context_append(&ctx, "%s", _("; this kernel has no rtnetlink"));
	else if (netns)
		advise(&ctx, netns, error);
	return context_copy_error(&ctx, ret_text, size);
}

struct vbr_ctx *vbr_ctx_ref(struct vbr_ctx *ctx)
{
	if (ctx)
		ctx->references++;
	return ctx;
}

struct vbr_ctx *vbr_ctx_unref(struct vbr_ctx *ctx)
{
	if (ctx && --ctx->references == 0) {
		ctx->transport->close(ctx->transport_data);
		context_free(ctx);
	}
	return NULL;
}

void vbr_ctx_set_dry_run(struct vbr_ctx *ctx, bool on)
{
	ctx->is_dry = on;
}

void vbr_ctx_accept_interrupted(struct vbr_ctx *ctx, bool on)
{
	ctx->accepts_interrupted = on;
	ctx->was_interrupted = false;
}

bool vbr_ctx_was_interrupted(const struct vbr_ctx *ctx)
{
	return ctx->was_interrupted;
}

void vbr_ctx_set_progress(struct vbr_ctx *ctx, vbr_progress_fn function,
			  void *data)
{
	ctx->progress = function;
	ctx->progress_data = data;
}

const char *vbr_ctx_error(const struct vbr_ctx *ctx)
{
	return ctx->failure.sentence;
}

int vbr_ctx_kernel_errno(const struct vbr_ctx *ctx)
{
	return ctx->failure.kernel_errno;
}

const char *vbr_ctx_kernel_text(const struct vbr_ctx *ctx)
{
	return ctx->failure.kernel_text[0] ? ctx->failure.kernel_text : NULL;
}

const char *vbr_ctx_kernel_attr(const struct vbr_ctx *ctx)
{
	return ctx->failure.attr_name;
}
