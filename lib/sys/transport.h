/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Carries bytes to the kernel and back; knows no attribute. */

#ifndef VBR_SYS_TRANSPORT_H
#define VBR_SYS_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct kernel_socket;

/*
 * The functions that the library reaches the kernel by. Tests put a canned
 * or hostile kernel here. All return 0 or more, or a negative errno.
 */
struct transport {
	/* Sends one datagram. */
	int (*send)(void *data, const void *bytes, size_t len);
	/* Receives one datagram from the kernel; -EMSGSIZE: it was longer
	 * than "size", and its rest is lost. */
	ssize_t (*receive)(void *data, void *bytes, size_t size);
	/* An ioctl, in the same network namespace. */
	int (*ioctl)(void *data, unsigned long request, void *argument);
	/* The beginning of a file, as the namespace's procfs has it; it ends
	 * with a NUL. */
	int (*read_file)(void *data, const char *path, char *ret_text,
			 size_t size);
	/* A text into a file that is there. */
	int (*write_file)(void *data, const char *path, const char *text);
	/* Begins to hear what the kernel tells groups of rtnetlink, unasked;
	 * by what "ret_data" gets, receive() gives that, or -EAGAIN. A group
	 * that the kernel does not have: -EOPNOTSUPP. */
	int (*listen)(void *data, const unsigned int *groups, size_t count,
		      struct kernel_socket *room, void **ret_data);
	/* Drops all that is still to be received. */
	int (*reset)(void *data);
	void (*close)(void *data);
};

/* The running kernel, over one rtnetlink socket. */
extern const struct transport kernel_transport;

struct kernel_socket {
	int fd;
	bool foreign_netns; /* in a namespace that is not the caller's */
	bool is_used;	    /* by more than ioctls */
	bool is_external;   /* the caller's, and given back as it was */
};

/* Opens it in the network namespace behind a file descriptor, or with -1 in
 * the calling thread's own. It is the data that the functions above take. */
int kernel_open(int netns, struct kernel_socket *ret_socket);

#endif
