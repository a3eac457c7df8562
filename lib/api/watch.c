/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Watches: a separate socket receives notifications of changes. */

#include "config.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "core/context.h"
#include "api/event.h"
#include "core/talk.h"
#include "wire/message.h"
#include "wire/port-vlan.h"
#include "wire/mdb-request.h"
#include "wire/request.h"

/* Larger than any notification, except those of links with very many VLANs. */
#define RECEIVE_EVENTS 65536
#define RECEIVE_MAX (1024 * 1024)

struct vbr_watch {
	struct vbr_ctx *ctx;
	unsigned int what;
	void *listen_data; /* the transport's data of this socket */
	struct kernel_socket socket;
	char *buffer;
	size_t size;
	/* The rest of the last datagram, and how many events of its first
	 * message were emitted. */
	struct nlmsghdr *next;
	int left;
	unsigned int emitted;
	struct vbr_bridges *bridges; /* those known so far */
};

/* --- known bridges -------------------------------------------------------- */

static bool has_bridge(const struct vbr_bridges *bridges, int index)
{
	const struct vbr_bridge *bridge;

	for (size_t i = 0; bridges && (bridge = vbr_bridges_at(bridges, i));
	     i++)
		if (vbr_bridge_index(bridge) == index)
			return true;
	return false;
}

static int read_bridges(struct vbr_watch *watch)
{
	struct operation operation = watch->ctx->operation;
	struct vbr_bridges *bridges;
	int rc = vbr_bridge_list(watch->ctx, &bridges);

	if (rc < 0)
		return rc;
	watch->ctx->operation = operation;
	vbr_bridges_free(watch->bridges);
	watch->bridges = bridges;
	return 0;
}

/* Returns 1 or 0. Before a dump, all bridges were read. */
static int is_bridge(const struct emitter *emitter, int index)
{
	struct vbr_watch *watch = emitter->watch;
	int rc = 0;

	if (has_bridge(watch->bridges, index))
		return 1;
	if (!emitter->is_dump && !emitter->is_gone)
		rc = read_bridges(watch);
	return rc < 0 ? rc : has_bridge(watch->bridges, index);
}

/* --- a watch -------------------------------------------------------------- */

static int listen_to(struct vbr_watch *watch)
{
	const struct vbr_ctx *ctx = watch->ctx;
	unsigned int groups[WATCH_TOPICS];
	size_t count = 0;

	for (size_t i = 0; i < WATCH_TOPICS; i++)
		if (watch->what & watch_topics[i].what)
			groups[count++] = watch_topics[i].group;
	return ctx->transport->listen(ctx->transport_data, groups, count,
				      &watch->socket, &watch->listen_data);
}

void vbr_watch_free(struct vbr_watch *watch)
{
	if (!watch)
		return;
	watch->ctx->transport->close(watch->listen_data);
	vbr_ctx_unref(watch->ctx);
	vbr_bridges_free(watch->bridges);
	free(watch->buffer);
	free(watch);
}

int vbr_watch_new(struct vbr_ctx *ctx, unsigned int what,
		  struct vbr_watch **ret_watch)
{
	struct vbr_watch *watch;
	int rc;

	context_begin(ctx, N_("cannot watch for changes"));
	if (!is_watched(what))
		return context_fail(ctx, -EINVAL, NULL);
	watch = calloc(1, sizeof(*watch));
	if (!watch)
		return context_fail(ctx, -ENOMEM, NULL);
	watch->ctx = vbr_ctx_ref(ctx);
	watch->what = what;
	watch->size = RECEIVE_EVENTS;
	watch->buffer = malloc(watch->size);
	rc = watch->buffer ? listen_to(watch) : -ENOMEM;
	if (rc < 0) {
		free(watch->buffer);
		free(watch);
		rc = context_fail(ctx, rc, NULL);
		vbr_ctx_unref(ctx);
		return rc;
	}
	/* Not later: groups are deleted together with their bridge. */
	if (what & VBR_WATCH_GROUPS)
		rc = read_bridges(watch);
	if (rc < 0) {
		vbr_watch_free(watch);
		return rc;
	}
	*ret_watch = watch;
	return 0;
}

int vbr_watch_fd(const struct vbr_watch *watch)
{
	return watch->socket.fd;
}

/* --- receiving ------------------------------------------------------------ */

static ssize_t receive(struct vbr_watch *watch)
{
	ssize_t len;

	do
		len = watch->ctx->transport->receive(watch->listen_data,
						     watch->buffer,
						     watch->size);
	while (len == -EINTR);
	return len;
}

/* The next datagram of this size will fit; this one is lost. */
static void make_room(struct vbr_watch *watch)
{
	char *buffer;

	if (watch->size >= RECEIVE_MAX)
		return;
	buffer = malloc(watch->size * 2);
	if (!buffer)
		return;
	free(watch->buffer);
	watch->buffer = buffer;
	watch->size *= 2;
}

static int lose(struct vbr_watch *watch, ssize_t error)
{
	watch->next = NULL;
	if (error == -EMSGSIZE)
		make_room(watch);
	if (error != -EMSGSIZE && error != -ENOBUFS)
		return context_fail(watch->ctx, (int)error, NULL);
	return context_fail(
		watch->ctx, -ENOBUFS,
		_("events came faster than they were read; some are lost"));
}

/* Sets the message to emit next, if it is complete. */
static void look_at(struct vbr_watch *watch, struct nlmsghdr *msg)
{
	watch->next = message_ok(msg, watch->left) ? msg : NULL;
	watch->emitted = 0;
}

/* Returns 1 if there is a message, 0 if not, or a negative errno. */
static int hear(struct vbr_watch *watch)
{
	ssize_t len = receive(watch);

	if (len == -EAGAIN)
		return 0;
	if (len < 0)
		return lose(watch, len);
	watch->left = (int)len;
	look_at(watch, (struct nlmsghdr *)watch->buffer);
	return watch->next ? 1 : context_fail(watch->ctx, -EBADMSG, NULL);
}

/* The callback may have used the context for something else. */
static void begin_read(struct vbr_watch *watch)
{
	context_begin(watch->ctx, N_("cannot read what changed"));
}

/* Emits the first message in the buffer, or the rest of its events. */
static int emit_next(struct vbr_watch *watch, vbr_event_fn function, void *data)
{
	struct emitter emitter = {
		.what = watch->what,
		.function = function,
		.data = data,
		.watch = watch,
		.is_bridge = is_bridge,
		.skip = watch->emitted,
	};
	int rc = emit_message(&emitter, watch->next);

	begin_read(watch);
	/* A message that cannot be parsed is reported once, then skipped. */
	if (emitter.is_over || (rc && rc != -EBADMSG))
		watch->emitted = emitter.emitted;
	else
		look_at(watch, mnl_nlmsg_next(watch->next, &watch->left));
	return rc < 0 ? context_fail(watch->ctx, rc, NULL) : rc;
}

int vbr_watch_read(struct vbr_watch *watch, vbr_event_fn function, void *data)
{
	int rc = 0;

	begin_read(watch);
	while (rc == 0) {
		if (watch->next)
			rc = emit_next(watch, function, data);
		else if ((rc = hear(watch)) <= 0)
			return rc;
		else
			rc = 0;
	}
	return rc;
}

/* --- everything that exists ----------------------------------------------- */

/* Drops what is waiting: the dump that follows is newer. */
static int drain(struct vbr_watch *watch)
{
	ssize_t len;

	watch->next = NULL;
	do
		len = receive(watch);
	while (len >= 0 || len == -ENOBUFS || len == -EMSGSIZE);
	return len == -EAGAIN ? 0 : context_fail(watch->ctx, (int)len, NULL);
}

/* The messages of one dump. They are emitted after its end, so the callback can
 * use the context. */
struct dump {
	struct vbr_watch *watch;
	struct nlmsghdr **messages;
	size_t count, room;
	struct arena arena;
};

static int keep_message(void *data, const struct nlmsghdr *msg)
{
	struct dump *dump = data;
	struct nlmsghdr **messages, *copy;

	messages = array_grow(dump->messages, sizeof(struct nlmsghdr *),
			      dump->count, &dump->room);
	if (!messages)
		return -ENOMEM;
	dump->messages = messages;
	copy = arena_take(&dump->arena, msg->nlmsg_len);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, msg, msg->nlmsg_len);
	messages[dump->count++] = copy;
	return 0;
}

static void drop_messages(void *data)
{
	struct dump *dump = data;

	arena_free(&dump->arena);
	dump->count = 0;
}

static void free_dump(struct dump *dump)
{
	drop_messages(dump);
	free(dump->messages);
}

static void request_all(struct request *req, enum vbr_watch_what what)
{
	switch (what) {
	case VBR_WATCH_LINKS:
		request_links(req);
		break;
	case VBR_WATCH_FDB:
		request_fdb(req, 0);
		break;
	case VBR_WATCH_VLANS:
		port_vlan_request(&req->head, sizeof(req->bytes),
				  PORT_VLAN_OPTIONS, 0);
		break;
	case VBR_WATCH_GROUPS:
		mdb_request_list(req);
		break;
	}
}

/* Without VLAN filtering, IGMP snooping or the bridge module, the kernel has the
 * notification group, but answers -EOPNOTSUPP to the dump. */
static int read_dump(struct dump *dump, enum vbr_watch_what what)
{
	const struct talk_handler handler = { keep_message, drop_messages,
					      dump };
	struct vbr_ctx *ctx = dump->watch->ctx;
	struct request req;
	int rc;

	request_all(&req, what);
	rc = talk(ctx, &req.head, &handler);
	return rc == -EOPNOTSUPP && vbr_ctx_kernel_errno(ctx) == rc ? 0 : rc;
}

static int emit_dump(const struct dump *dump, vbr_event_fn function, void *data)
{
	struct emitter emitter = {
		.what = dump->watch->what,
		.function = function,
		.data = data,
		.watch = dump->watch,
		.is_bridge = is_bridge,
		.is_dump = true,
	};

	for (size_t i = 0; i < dump->count; i++) {
		int rc = emit_message(&emitter, dump->messages[i]);

		if (rc)
			return rc;
	}
	return 0;
}

static void begin_sync(struct vbr_watch *watch)
{
	context_begin(watch->ctx, N_("cannot read the current state"));
}

static int sync_topic(struct vbr_watch *watch, enum vbr_watch_what what,
		      vbr_event_fn function, void *data)
{
	struct dump dump = { .watch = watch };
	int rc;

	begin_sync(watch);
	rc = read_dump(&dump, what);
	if (rc == 0) {
		rc = emit_dump(&dump, function, data);
		begin_sync(watch);
		if (rc < 0)
			context_fail(watch->ctx, rc, NULL);
	}
	free_dump(&dump);
	return rc;
}

int vbr_watch_sync(struct vbr_watch *watch, vbr_event_fn function, void *data)
{
	int rc;

	begin_sync(watch);
	rc = drain(watch);
	if (rc == 0 && watch->what & VBR_WATCH_GROUPS)
		rc = read_bridges(watch);
	for (size_t i = 0; rc == 0 && i < WATCH_TOPICS; i++)
		if (watch->what & watch_topics[i].what)
			rc = sync_topic(watch, watch_topics[i].what, function,
					data);
	return rc;
}
