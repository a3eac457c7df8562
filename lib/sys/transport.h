/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Carries bytes to the kernel and back; does not know attributes. */

#ifndef VBR_SYS_TRANSPORT_H
#define VBR_SYS_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct kernel_socket;
struct lock;

/* How the library reaches the kernel. The tests use a fake or hostile kernel
 * instead. All functions return 0 or more, or a negative errno. */
struct transport {
	/* Sends one datagram. */
	int (*send)(void *data, const void *bytes, size_t len);
	/* Receives one datagram from the kernel. -EMSGSIZE: it was longer than
	 * "size", and the rest is lost. */
	ssize_t (*receive)(void *data, void *bytes, size_t size);
	/* Calls an ioctl in the same network namespace. */
	int (*ioctl)(void *data, unsigned long request, void *argument);
	/* Reads the beginning of a file in the procfs of the namespace, and
	 * adds a NUL. */
	int (*read_file)(void *data, const char *path, char *ret_text,
			 size_t size);
	/* Writes a text to an existing file. */
	int (*write_file)(void *data, const char *path, const char *text);
	/*
	 * Subscribes to groups of rtnetlink. With "ret_data", receive() returns
	 * their messages, or -EAGAIN. -EOPNOTSUPP: the kernel does not have one
	 * of the groups.
	 */
	int (*listen)(void *data, const unsigned int *groups, size_t count,
		      struct kernel_socket *room, void **ret_data);
	/* Opens a socket of nfnetlink in the same network namespace: "ret_data"
	 * is for send() and receive(). NULL: there is no nfnetlink. */
	int (*open_netfilter)(void *data, struct kernel_socket *room,
			      void **ret_data);
	/* Takes a lock in the same network namespace. */
	int (*lock)(void *data, struct lock *lock);
	/* Opens another socket in the same network namespace, close-on-exec;
	 * returns its descriptor. NULL: there are no others. */
	int (*open_socket)(void *data, int family, int type, int protocol);
	/* Drops everything that is still to be received. */
	int (*reset)(void *data);
	void (*close)(void *data);
};

/* The running kernel, over one rtnetlink socket. */
extern const struct transport kernel_transport;

struct kernel_socket {
	int fd;
	int protocol;	    /* NETLINK_ROUTE, which is 0, or another one */
	bool foreign_netns; /* in a namespace that is not the caller's */
	bool is_used;	    /* for more than ioctls */
	bool is_external;   /* the caller's; left as it was */
};

/* Opens a socket in the network namespace of a file descriptor; -1: that of the
 * calling thread. The functions above take it as "data". */
int kernel_open(int netns, struct kernel_socket *ret_socket);

/* The network namespace for another socket like this one; -1: the caller's. */
int kernel_netns(const struct kernel_socket *socket, int *ret_fd);

#endif
