/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Makes devices and FDB entries with rtnetlink and ioctls, without any code
 * that is tested here.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "conform.h"

struct message {
	struct nlmsghdr head;
	char body[1024];
};

static void *body_add(struct message *msg, size_t len)
{
	void *at = (char *)msg + NLMSG_ALIGN(msg->head.nlmsg_len);

	msg->head.nlmsg_len = NLMSG_ALIGN(msg->head.nlmsg_len) + (uint32_t)len;
	return at;
}

static struct rtattr *attr_add(struct message *msg, unsigned short type,
			       const void *data, size_t len)
{
	struct rtattr *attr = body_add(msg, RTA_LENGTH(len));

	attr->rta_type = type;
	attr->rta_len = (unsigned short)RTA_LENGTH(len);
	if (len)
		memcpy(RTA_DATA(attr), data, len);
	return attr;
}

static void attr_end(struct message *msg, struct rtattr *attr)
{
	attr->rta_len = (unsigned short)((char *)msg + msg->head.nlmsg_len -
					 (char *)attr);
}

static struct message message(unsigned short type, unsigned short flags)
{
	struct message msg = {
		.head = {
			.nlmsg_len = NLMSG_LENGTH(0),
			.nlmsg_type = type,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags,
		},
	};

	return msg;
}

/* Sends it and waits for the ack. */
static int message_send(struct message *msg)
{
	struct {
		struct nlmsghdr head;
		struct nlmsgerr err;
		char rest[4096];
	} reply;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	ssize_t len;

	if (fd < 0)
		return -errno;
	len = send(fd, msg, msg->head.nlmsg_len, 0);
	if (len >= 0)
		len = recv(fd, &reply, sizeof(reply), 0);
	close(fd);
	if (len < (ssize_t)NLMSG_LENGTH(sizeof(reply.err)))
		return -EIO;
	return reply.err.error;
}

int mac_parse(const char *string, uint8_t mac[6])
{
	unsigned int part[6];
	int used = 0;

	if (sscanf(string, "%x:%x:%x:%x:%x:%x%n", &part[0], &part[1], &part[2],
		   &part[3], &part[4], &part[5], &used) != 6 ||
	    string[used])
		return -EINVAL;
	for (int i = 0; i < 6; i++)
		mac[i] = (uint8_t)part[i];
	return 0;
}

/* A device without a given MAC address gets one that is computed from its
 * name. */
static int mac_pin(struct message *msg, const char *name, const char *mac)
{
	uint8_t bytes[6] = { 0x02 };
	uint32_t hash = 2166136261u;
	int err = 0;

	for (; !mac && *name; name++)
		hash = (hash ^ (uint8_t)*name) * 16777619u;
	memcpy(bytes + 2, &hash, sizeof(hash));
	if (mac)
		err = mac_parse(mac, bytes);
	attr_add(msg, IFLA_ADDRESS, bytes, sizeof(bytes));
	return err;
}

int link_veth(const char *name, const char *peer, const char *mac,
	      const char *peer_mac)
{
	struct message msg = message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	struct rtattr *info, *data, *other;

	memset(body_add(&msg, sizeof(struct ifinfomsg)), 0,
	       sizeof(struct ifinfomsg));
	attr_add(&msg, IFLA_IFNAME, name, strlen(name) + 1);
	if (mac_pin(&msg, name, mac))
		return -EINVAL;
	info = attr_add(&msg, IFLA_LINKINFO, NULL, 0);
	attr_add(&msg, IFLA_INFO_KIND, "veth", 5);
	data = attr_add(&msg, IFLA_INFO_DATA, NULL, 0);
	other = attr_add(&msg, VETH_INFO_PEER, NULL, 0);
	memset(body_add(&msg, sizeof(struct ifinfomsg)), 0,
	       sizeof(struct ifinfomsg));
	attr_add(&msg, IFLA_IFNAME, peer, strlen(peer) + 1);
	if (mac_pin(&msg, peer, peer_mac))
		return -EINVAL;
	attr_end(&msg, other);
	attr_end(&msg, data);
	attr_end(&msg, info);
	return message_send(&msg);
}

int link_add(const char *kind, const char *name, const char *mac)
{
	struct message msg = message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	struct rtattr *info, *data;
	uint32_t table = 42;

	memset(body_add(&msg, sizeof(struct ifinfomsg)), 0,
	       sizeof(struct ifinfomsg));
	attr_add(&msg, IFLA_IFNAME, name, strlen(name) + 1);
	if (mac_pin(&msg, name, mac))
		return -EINVAL;
	info = attr_add(&msg, IFLA_LINKINFO, NULL, 0);
	attr_add(&msg, IFLA_INFO_KIND, kind, strlen(kind) + 1);
	if (!strcmp(kind, "vrf")) {
		data = attr_add(&msg, IFLA_INFO_DATA, NULL, 0);
		attr_add(&msg, IFLA_VRF_TABLE, &table, sizeof(table));
		attr_end(&msg, data);
	}
	attr_end(&msg, info);
	return message_send(&msg);
}

static int link_change(unsigned short type, const char *name,
		       unsigned short attr, const uint32_t *value)
{
	struct message msg = message(type, 0);
	struct ifinfomsg *info = body_add(&msg, sizeof(*info));

	*info = (struct ifinfomsg){ .ifi_index = (int)if_nametoindex(name) };
	if (!info->ifi_index)
		return -ENODEV;
	if (value)
		attr_add(&msg, attr, value, sizeof(*value));
	return message_send(&msg);
}

/* A tun or tap device that remains after the descriptor is closed. */
int link_tun(const char *name, bool tap)
{
	struct ifreq ifr = { .ifr_flags = tap ? IFF_TAP : IFF_TUN };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	if (ioctl(fd, TUNSETIFF, &ifr) || ioctl(fd, TUNSETPERSIST, 1))
		err = -errno;
	close(fd);
	return err;
}

int link_del(const char *name)
{
	return link_change(RTM_DELLINK, name, 0, NULL);
}

int link_master(const char *name, const char *master)
{
	uint32_t index = master ? if_nametoindex(master) : 0;

	if (master && !index)
		return -ENODEV;
	return link_change(RTM_SETLINK, name, IFLA_MASTER, &index);
}

static int request(unsigned long what, struct ifreq *ifr)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err;

	if (fd < 0)
		return -errno;
	err = ioctl(fd, what, ifr) ? -errno : 0;
	close(fd);
	return err;
}

static void name_copy(char to[IFNAMSIZ], const char *from)
{
	snprintf(to, IFNAMSIZ, "%s", from);
}

int link_up(const char *name, bool up)
{
	struct ifreq ifr = { 0 };
	int err;

	name_copy(ifr.ifr_name, name);
	err = request(SIOCGIFFLAGS, &ifr);
	if (err)
		return err;
	if (up)
		ifr.ifr_flags |= IFF_UP;
	else
		ifr.ifr_flags &= (short)~IFF_UP;
	return request(SIOCSIFFLAGS, &ifr);
}

int link_rename(const char *name, const char *new_name)
{
	struct ifreq ifr = { 0 };

	name_copy(ifr.ifr_name, name);
	name_copy(ifr.ifr_newname, new_name);
	return request(SIOCSIFNAME, &ifr);
}

int link_mac(const char *name, const char *mac)
{
	struct ifreq ifr = { 0 };

	name_copy(ifr.ifr_name, name);
	ifr.ifr_hwaddr.sa_family = 1; /* ARPHRD_ETHER */
	if (mac_parse(mac, (uint8_t *)ifr.ifr_hwaddr.sa_data))
		return -EINVAL;
	return request(SIOCSIFHWADDR, &ifr);
}

int link_attach(const char *bridge, const char *name)
{
	struct ifreq ifr = { 0 };

	name_copy(ifr.ifr_name, bridge);
	ifr.ifr_ifindex = (int)if_nametoindex(name);
	return ifr.ifr_ifindex ? request(SIOCBRADDIF, &ifr) : -ENODEV;
}

int fdb_change(bool add, const char *name, const char *mac, int state, int vlan)
{
	struct message msg = message(add ? RTM_NEWNEIGH : RTM_DELNEIGH,
				     add ? NLM_F_CREATE : 0);
	struct ndmsg *neighbour = body_add(&msg, sizeof(*neighbour));
	uint16_t vid = (uint16_t)vlan;
	uint8_t bytes[6];

	*neighbour = (struct ndmsg){
		.ndm_family = AF_BRIDGE,
		.ndm_ifindex = (int)if_nametoindex(name),
		.ndm_state = (uint16_t)state,
		.ndm_flags = NTF_MASTER,
	};
	if (mac_parse(mac, bytes))
		return -EINVAL;
	attr_add(&msg, NDA_LLADDR, bytes, sizeof(bytes));
	if (vlan)
		attr_add(&msg, NDA_VLAN, &vid, sizeof(vid));
	return message_send(&msg);
}

/* An Ethernet frame with an unused type, for a bridge to learn from. */
int frame_send(const char *name, const char *from, const char *to)
{
	uint8_t frame[60] = { 0 };
	struct sockaddr_ll at = {
		.sll_family = AF_PACKET,
		.sll_ifindex = (int)if_nametoindex(name),
	};
	int fd, err;

	frame[12] = 0x88;
	frame[13] = 0xb5;
	if (mac_parse(to, frame) || mac_parse(from, frame + 6))
		return -EINVAL;
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	err = sendto(fd, frame, sizeof(frame), 0, (struct sockaddr *)&at,
		     sizeof(at)) < 0
		      ? -errno
		      : 0;
	close(fd);
	return err;
}
