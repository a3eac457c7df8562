/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* frame tap: the program that serves tap devices, as a hypervisor does. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "frame.h"

static void enter_netns(const char *name)
{
	char path[256];
	int fd;

	if (snprintf(path, sizeof(path), "/run/netns/%s", name) >=
	    (int)sizeof(path))
		die("%s: too long a name", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		die_errno(path);
	close(fd);
}

/* A tap device is created in the namespace that opened /dev/net/tun. */
static int open_tap(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		die_errno("/dev/net/tun");
	if (strlen(name) >= sizeof(ifr.ifr_name))
		die("%s: too long a name", name);
	strcpy(ifr.ifr_name, name);
	if (ioctl(fd, TUNSETIFF, &ifr))
		die_errno(name);
	return fd;
}

/* NAME or NAME@NETNS */
static int open_there(char *word, int home)
{
	char *netns = strchr(word, '@');
	int fd;

	if (!netns)
		return open_tap(word);
	*netns++ = '\0';
	enter_netns(netns);
	fd = open_tap(word);
	if (setns(home, CLONE_NEWNET))
		die_errno("setns");
	return fd;
}

/* Forwards all available frames. A tap device that is down returns EIO. */
static void carry(int from, int to)
{
	static unsigned char bytes[65536];
	ssize_t len;

	while ((len = read(from, bytes, sizeof(bytes))) > 0) {
		if (to >= 0 && write(to, bytes, (size_t)len) < 0 &&
		    errno != EIO && errno != EAGAIN)
			die_errno("write");
	}
	if (len < 0 && errno != EAGAIN && errno != EINTR)
		die_errno("read");
}

int cmd_tap(int argc, char **argv)
{
	struct pollfd pfd[2] = { { .fd = -1 }, { .fd = -1 } };
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (argc < 2 || argc > 3)
		die("tap: one tap, or two; see frame --help");
	if (home < 0)
		die_errno("/proc/self/ns/net");
	for (int i = 0; i < argc - 1; i++) {
		pfd[i].fd = open_there(argv[i + 1], home);
		pfd[i].events = POLLIN;
	}
	puts("ready");
	fflush(stdout);
	for (;;) {
		if (poll(pfd, 2, -1) < 0 && errno != EINTR)
			die_errno("poll");
		for (int i = 0; i < 2; i++) {
			if (pfd[i].revents & POLLIN)
				carry(pfd[i].fd, pfd[1 - i].fd);
			else if (pfd[i].revents)
				return 0;
		}
	}
}
