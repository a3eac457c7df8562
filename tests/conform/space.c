/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The namespaces of a twin: a network namespace, a mount namespace whose /sys
 * shows it, and another one whose /sys shows another network namespace, as
 * after entering a namespace without a mount.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "conform.h"

/*
 * IPv6 sends frames on every device that comes up, and the bridges would learn
 * their senders at different times. A kernel without IPv6 does not have these
 * files.
 */
static int ipv6_off(void)
{
	static const char *const file[] = {
		"/proc/sys/net/ipv6/conf/all/disable_ipv6",
		"/proc/sys/net/ipv6/conf/default/disable_ipv6",
	};

	for (size_t i = 0; i < sizeof(file) / sizeof(*file); i++) {
		int fd = open(file[i], O_WRONLY | O_CLOEXEC);
		ssize_t len;

		if (fd < 0 && errno == ENOENT)
			return 0;
		if (fd < 0)
			return -errno;
		len = write(fd, "1", 1);
		close(fd);
		if (len != 1)
			return -EIO;
	}
	return 0;
}

static int sysfs_mount(void)
{
	return mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		     NULL)
		       ? -errno
		       : 0;
}

/*
 * Makes another network namespace, for a /sys without its own mount. It lives
 * as long as the descriptor is open: sysfs does not keep it.
 */
static int decoy_make(void)
{
	int err = sysfs_mount();
	int keep = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (keep < 0)
		return -errno;

	if (!err)
		err = link_add("bridge", "br0", NULL);
	if (!err)
		err = link_add("bridge", "decoy", NULL);
	if (!err)
		err = link_veth("v0", "v1", "02:dd:00:00:00:01",
				"02:dd:00:00:00:02");
	if (!err)
		err = link_attach("br0", "v0");
	if (!err && unshare(CLONE_NEWNET))
		err = -errno;
	return err;
}

int space_enter(bool decoy, int *ret_blind)
{
	int blind, err;

	if (unshare(CLONE_NEWNET | CLONE_NEWNS) ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -errno;
	err = decoy ? decoy_make() : 0;
	if (err)
		return err;
	blind = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	if (blind < 0 || unshare(CLONE_NEWNS))
		return -errno;
	err = sysfs_mount();
	if (err)
		return err;
	*ret_blind = blind;
	return ipv6_off();
}
