/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* follow: keeps a list of the ports of all bridges until its input ends. */

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <vbridge.h>

struct model {
	struct vbr_port **ports;
	size_t count;
};

static void forget(struct model *model)
{
	while (model->count)
		vbr_port_free(model->ports[--model->count]);
}

/* An event about a port replaces or removes its entry. */
static int learn(const struct vbr_event *event, void *data)
{
	struct model *model = (struct model *)data;
	const struct vbr_port *port = vbr_event_port(event);
	size_t room = (model->count + 1) * sizeof(port);
	void *grown = port ? realloc(model->ports, room) : NULL;
	int rc = 0;

	if (!grown)
		return port ? -ENOMEM : 0;
	model->ports = (struct vbr_port **)grown;
	for (size_t i = 0; i < model->count; i++)
		if (vbr_port_index(model->ports[i]) == vbr_port_index(port)) {
			vbr_port_free(model->ports[i]);
			model->ports[i] = model->ports[--model->count];
		}
	if (!vbr_event_is_gone(event) &&
	    (rc = vbr_port_dup(port, &model->ports[model->count])) == 0)
		model->count++;
	return rc;
}

/* Changes during vbr_watch_sync() are reported by vbr_watch_read(). */
static int follow(struct vbr_watch *watch, struct model *model)
{
	struct pollfd fds[2] = { { vbr_watch_fd(watch), POLLIN, 0 },
				 { 0, POLLIN, 0 } };
	int rc = vbr_watch_sync(watch, learn, model);

	while (rc == 0 && printf("%zu ports\n", model->count) > 0 &&
	       fflush(stdout) == 0 && poll(fds, 2, -1) > 0 && !fds[1].revents) {
		rc = vbr_watch_read(watch, learn, model);
		while (rc == -ENOBUFS || rc == -EAGAIN) {
			forget(model);
			rc = vbr_watch_sync(watch, learn, model);
		}
	}
	forget(model);
	free(model->ports);
	return rc;
}

int main(void)
{
	struct vbr_watch *watch = NULL;
	struct vbr_ctx *ctx;
	struct model model = { NULL, 0 };

	if (vbr_ctx_new(NULL, &ctx) < 0)
		return 1;
	if (vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch) < 0 ||
	    follow(watch, &model) < 0)
		fprintf(stderr, "follow: %s\n", vbr_ctx_error(ctx));
	vbr_watch_free(watch);
	vbr_ctx_unref(ctx);
	return 0;
}
