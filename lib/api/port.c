/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Ports of bridges: adds, releases, changes and reads them. */

#include "config.h"

#include "api/port.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "api/option.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/port.h"
#include "core/dry-run.h"
#include "core/set-options.h"

/*
 * The kernel returns the same errno for a device that is not a bridge, and for
 * a device whose driver does not allow bridging.
 */
static int explain_unsupported(struct vbr_ctx *ctx, const char *bridge)
{
	switch (link_check_bridge(ctx, bridge)) {
	case 0:
		return context_fail_as(
			ctx, -EOPNOTSUPP,
			_("its driver does not let the device be a "
			  "port; a Wi-Fi client must be in 4addr mode"));
	case -EOPNOTSUPP:
		return context_fail_as(ctx, -EOPNOTSUPP,
				       _("it is not a bridge"));
	default:
		return -EOPNOTSUPP;
	}
}

static int explain(struct vbr_ctx *ctx, const char *bridge, int error)
{
	return error == -EOPNOTSUPP ? explain_unsupported(ctx, bridge)
				    : port_explain_bridge(ctx, bridge, error);
}

int port_join(struct vbr_ctx *ctx, const char *bridge, int index)
{
	return explain(ctx, bridge, ioctl_port_add(ctx, bridge, index));
}

int vbr_port_add(struct vbr_ctx *ctx, const char *bridge, const char *port)
{
	int index, rc;

	context_begin(ctx, N_("cannot add port \"%s\" to bridge \"%s\""), port,
		      bridge);
	if (ctx->is_dry)
		return dry_run_port_add(ctx, bridge, port);
	rc = ioctl_index(ctx, port, &index);
	if (rc < 0)
		return rc;
	return port_join(ctx, bridge, index);
}

int vbr_port_del(struct vbr_ctx *ctx, const char *bridge, const char *port)
{
	int index, rc;

	context_begin(ctx, N_("cannot release port \"%s\" from bridge \"%s\""),
		      port, bridge);
	if (ctx->is_dry)
		return dry_run_port_del(ctx, bridge, port);
	rc = ioctl_index(ctx, port, &index);
	if (rc < 0)
		return rc;
	return explain(ctx, bridge, ioctl_port_del(ctx, bridge, index));
}

int vbr_port_set(struct vbr_ctx *ctx, const char *bridge, const char *port,
		 const char *option, uint64_t value)
{
	const struct target target = { VBR_SCOPE_PORT, port, bridge };
	const struct vbr_setting setting = { option, value };

	context_begin(ctx, N_("cannot set %s of port \"%s\" of bridge \"%s\""),
		      option, port, bridge);
	return set_options(ctx, &target, &setting, 1);
}

int vbr_port_set_text(struct vbr_ctx *ctx, const char *bridge, const char *port,
		      const char *option, const char *text)
{
	uint64_t value;
	int rc = option_parse_named(ctx, VBR_SCOPE_PORT, option, text, &value);

	return rc < 0 ? rc : vbr_port_set(ctx, bridge, port, option, value);
}

int vbr_port_set_all(struct vbr_ctx *ctx, const char *bridge, const char *port,
		     const struct vbr_setting *settings, size_t count)
{
	const struct target target = { VBR_SCOPE_PORT, port, bridge };

	if (count == 1)
		return vbr_port_set(ctx, bridge, port, settings->option,
				    settings->value);
	context_begin(ctx,
		      N_("cannot set options of port \"%s\" of bridge "
			 "\"%s\""),
		      port, bridge);
	return set_options(ctx, &target, settings, count);
}

static int list_ports(struct vbr_ctx *ctx, const char *bridge,
		      struct link_list **ret_list)
{
	struct link_list *list;
	struct link_info link;
	struct request req;
	int index = 0, rc = 0;

	if (bridge)
		rc = ioctl_index(ctx, bridge, &index);
	if (rc < 0)
		return rc;
	request_ports(&req, index);
	rc = link_list_new(ctx, &req, VBR_SCOPE_PORT, index, &list);
	if (rc < 0)
		return rc;
	/* No ports: are there none, or is it not a bridge? */
	if (bridge && list->count == 0)
		rc = link_find_bridge(ctx, bridge, &link);
	if (rc < 0)
		link_list_free(list);
	else
		*ret_list = list;
	return rc;
}

int vbr_port_list(struct vbr_ctx *ctx, const char *bridge,
		  struct vbr_ports **ret_ports)
{
	struct link_list *list;
	int rc;

	if (bridge)
		context_begin(ctx, N_("cannot list the ports of bridge \"%s\""),
			      bridge);
	else
		context_begin(ctx, N_("cannot list the ports"));
	rc = list_ports(ctx, bridge, &list);
	if (rc == 0)
		*ret_ports = (struct vbr_ports *)list;
	return rc;
}

size_t vbr_ports_count(const struct vbr_ports *ports)
{
	return ((const struct link_list *)ports)->count;
}

const struct vbr_port *vbr_ports_at(const struct vbr_ports *ports, size_t i)
{
	return (const struct vbr_port *)
		link_list_at((const struct link_list *)ports, i);
}

/* The first port whose bridge index is at least "bridge". */
static size_t lower_bound(const struct link_list *list, int64_t bridge)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->rows[middle]->master < bridge)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t vbr_ports_of(const struct vbr_ports *ports, int bridge_index,
		    size_t *ret_first)
{
	const struct link_list *list = (const struct link_list *)ports;
	size_t first = lower_bound(list, bridge_index);

	*ret_first = first;
	return lower_bound(list, (int64_t)bridge_index + 1) - first;
}

void vbr_ports_free(struct vbr_ports *ports)
{
	link_list_free((struct link_list *)ports);
}

const char *vbr_port_name(const struct vbr_port *port)
{
	return port->link.name;
}

int vbr_port_index(const struct vbr_port *port)
{
	return port->link.index;
}

int vbr_port_bridge_index(const struct vbr_port *port)
{
	return port->link.master;
}

int vbr_port_get(struct vbr_ctx *ctx, const char *bridge, const char *port,
		 struct vbr_port **ret_port)
{
	struct link_copy *copy;
	struct link_info link;
	int rc;

	context_begin(ctx, N_("cannot read port \"%s\" of bridge \"%s\""), port,
		      bridge);
	rc = port_find(ctx, bridge, port, &link);
	if (rc == 0)
		rc = link_keep(ctx, &link, VBR_SCOPE_PORT, &copy);
	if (rc == 0)
		*ret_port = (struct vbr_port *)copy;
	return rc;
}

int vbr_port_dup(const struct vbr_port *port, struct vbr_port **ret_port)
{
	struct link_copy *copy;
	int rc = link_dup(&port->link, &copy);

	if (rc == 0)
		*ret_port = (struct vbr_port *)copy;
	return rc;
}

void vbr_port_free(struct vbr_port *port)
{
	free(port);
}

int vbr_port_value(const struct vbr_port *port, const char *option,
		   uint64_t *ret_value)
{
	return option_value(port->link.options, VBR_SCOPE_PORT, option,
			    ret_value);
}

int vbr_port_text(struct vbr_ctx *ctx, const struct vbr_port *port,
		  const char *option, char *ret_text, size_t size)
{
	return option_value_text(ctx, port->link.options, VBR_SCOPE_PORT,
				 option, ret_text, size);
}
