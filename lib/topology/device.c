/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What a topology has of a device. */

#include "config.h"

#include "topology/device.h"

#include "topology/topology.h"
#include "vbridge.h"

const char *vbr_device_name(const struct vbr_device *device)
{
	return device->link->name;
}

int vbr_device_index(const struct vbr_device *device)
{
	return device->link->index;
}

const char *vbr_device_kind(const struct vbr_device *device)
{
	return device->link->kind;
}

bool vbr_device_is_up(const struct vbr_device *device)
{
	return device->link->is_up;
}

bool vbr_device_has_carrier(const struct vbr_device *device)
{
	return device->link->has_carrier;
}

const uint8_t *vbr_device_mac(const struct vbr_device *device)
{
	return device->link->has_mac ? device->link->mac : NULL;
}

uint32_t vbr_device_mtu(const struct vbr_device *device)
{
	return device->link->mtu;
}

int vbr_device_master(const struct vbr_device *device)
{
	return device->link->master;
}

int vbr_device_parent(const struct vbr_device *device)
{
	return device->link->parent;
}

bool vbr_device_has_foreign_parent(const struct vbr_device *device)
{
	return device->link->has_foreign_parent;
}

int vbr_device_netnsid(const struct vbr_device *device)
{
	return device->link->netnsid;
}

const char *vbr_device_netns(const struct vbr_device *device)
{
	return device->netns;
}

const char *vbr_device_peer(const struct vbr_device *device)
{
	return device->peer;
}

unsigned int vbr_device_vlan(const struct vbr_device *device)
{
	return device->link->vlan;
}

unsigned int vbr_device_vlan_protocol(const struct vbr_device *device)
{
	return device->link->vlan_protocol;
}

const char *vbr_device_address_at(const struct vbr_device *device, size_t i)
{
	return i < device->address_count ? device->addresses[i] : NULL;
}
