/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Calls the ioctls of bridges and VLANs. */

#include "config.h"

#include "core/ioctl.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_vlan.h>
#include <linux/sockios.h>
#include <string.h>

#include "base/name.h"
#include "core/context.h"
#include "core/link.h"
#include "sys/transport.h"
#include "wire/reply.h"

static int call_ioctl(struct vbr_ctx *ctx, unsigned long request,
		      void *argument)
{
	struct reply_error error = { 0 };

	error.error = ctx->transport->ioctl(ctx->transport_data, request,
					    argument);
	if (error.error < 0)
		return context_fail_kernel(ctx, &error, NULL);
	return 0;
}

/*
 * A name in the form that ioctls accept; "room" may receive it. Between this
 * and the ioctl the device may be renamed.
 */
static int find_name(struct vbr_ctx *ctx, const char **name,
		     char room[NAME_SIZE])
{
	int index = name_index(*name), rc;

	if (!index)
		return link_shorten(ctx, name, room);
	rc = ioctl_name(ctx, index, room);
	if (rc == 0)
		*name = room;
	return rc;
}

static int name_device(struct vbr_ctx *ctx, const char *name,
		       struct ifreq *ret_device)
{
	char room[NAME_SIZE];
	int rc = find_name(ctx, &name, room);

	if (rc < 0)
		return rc;
	memset(ret_device, 0, sizeof(*ret_device));
	strcpy(ret_device->ifr_name, name);
	return 0;
}

int ioctl_index(struct vbr_ctx *ctx, const char *name, int *ret_index)
{
	char room[NAME_SIZE];
	struct ifreq device;
	int rc;

	if (name_index(name)) {
		rc = ioctl_name(ctx, name_index(name), room);
		if (rc == 0)
			*ret_index = name_index(name);
		return rc;
	}
	rc = name_device(ctx, name, &device);
	if (rc == 0)
		rc = call_ioctl(ctx, SIOCGIFINDEX, &device);
	if (rc == 0)
		*ret_index = device.ifr_ifindex;
	return rc;
}

int ioctl_name(struct vbr_ctx *ctx, int index, char ret_name[16])
{
	struct ifreq device = { .ifr_ifindex = index };
	int rc = call_ioctl(ctx, SIOCGIFNAME, &device);

	if (rc == 0)
		memcpy(ret_name, device.ifr_name, sizeof(device.ifr_name));
	return rc;
}

int ioctl_vlan(struct vbr_ctx *ctx, int command, const char *device,
	       unsigned int value, unsigned int qos)
{
	struct vlan_ioctl_args args = {
		.cmd = command,
		/* The other members of the union share these bytes. */
		.u.flag = value,
		.vlan_qos = (short)qos,
	};

	char room[NAME_SIZE];
	int rc = device ? find_name(ctx, &device, room) : 0;

	if (rc < 0 || ctx->is_dry)
		return rc;
	if (device)
		strcpy(args.device1, device);
	return call_ioctl(ctx, SIOCSIFVLAN, &args);
}

static int call_ethtool(const struct vbr_ctx *ctx, const char *device,
			void *command)
{
	struct ifreq request = { .ifr_data = command };

	strncpy(request.ifr_name, device, sizeof(request.ifr_name) - 1);
	return ctx->transport->ioctl(ctx->transport_data, SIOCETHTOOL,
				     &request);
}

/*
 * One small ioctl: ethtool's netlink family would have to be resolved first, and
 * came with Linux 5.6. The feature that older versions of virtio_net call LRO
 * does no harm, and often cannot be turned off.
 */
int ioctl_lro(struct vbr_ctx *ctx, const char *device, bool *ret_is_on)
{
	struct ethtool_value value = { .cmd = ETHTOOL_GFLAGS };
	struct ethtool_drvinfo driver = { .cmd = ETHTOOL_GDRVINFO };
	int rc = call_ethtool(ctx, device, &value);

	if (rc < 0)
		return rc;
	*ret_is_on = value.data & ETH_FLAG_LRO &&
		     call_ethtool(ctx, device, &driver) == 0 &&
		     strcmp(driver.driver, "virtio_net") != 0;
	return 0;
}

/* These ioctls need only the name, the first member of the struct. */
static int ioctl_bridge(struct vbr_ctx *ctx, unsigned long request,
			const char *bridge)
{
	struct ifreq device;
	int rc = name_device(ctx, bridge, &device);

	return rc < 0 ? rc : call_ioctl(ctx, request, &device);
}

int ioctl_bridge_add(struct vbr_ctx *ctx, const char *bridge)
{
	return ioctl_bridge(ctx, SIOCBRADDBR, bridge);
}

int ioctl_bridge_del(struct vbr_ctx *ctx, const char *bridge)
{
	return ioctl_bridge(ctx, SIOCBRDELBR, bridge);
}

static int ioctl_port(struct vbr_ctx *ctx, unsigned long request,
		      const char *bridge, int port)
{
	struct ifreq device;
	int rc = name_device(ctx, bridge, &device);

	if (rc < 0)
		return rc;
	device.ifr_ifindex = port;
	return call_ioctl(ctx, request, &device);
}

int ioctl_port_add(struct vbr_ctx *ctx, const char *bridge, int port)
{
	return ioctl_port(ctx, SIOCBRADDIF, bridge, port);
}

int ioctl_port_del(struct vbr_ctx *ctx, const char *bridge, int port)
{
	return ioctl_port(ctx, SIOCBRDELIF, bridge, port);
}
