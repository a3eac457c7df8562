/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Moves a NIC into a bridge or out of it while a step fails.
 *
 *	move-faults adopt|release BRIDGE DEVICE HOW STEP [VLAN]
 *
 * HOW is "refuse": the kernel refuses this step; "rest": this one and all that
 * are in the same datagram; "lose": its answer is lost; "always": from this one
 * on, nothing can be sent any more; "again": this datagram of the kernel is lost,
 * and the request is repeated. Notes are printed. The status is 0 if the move has fewer steps,
 * 1 if it failed; then the error is printed.
 */

#include "config.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "vbridge.h"

/* No message has this type. */
#define NO_TYPE 0xfff0

static struct {
	const char *how;
	size_t at, count;
	bool is_lost; /* the next reply */
	bool is_over; /* every step fails from now on */
} faults;

static bool is_how(const char *how)
{
	return strcmp(faults.how, how) == 0;
}

/* Counts a step, and returns whether it is the one that fails. */
static bool is_due(void)
{
	return ++faults.count == faults.at;
}

/* Changes the messages that the kernel must refuse. */
static void spoil(char *bytes, size_t len)
{
	bool is_hit = false;

	for (size_t at = 0; at + sizeof(struct nlmsghdr) <= len;) {
		struct nlmsghdr *msg = (void *)(bytes + at);

		if (msg->nlmsg_flags & NLM_F_ACK && !is_how("again")) {
			bool is_here = is_due();

			is_hit = is_hit || is_here;
			if ((is_here && is_how("refuse")) ||
			    (is_hit && is_how("rest")))
				msg->nlmsg_type = NO_TYPE;
			if (is_here && is_how("lose"))
				faults.is_lost = true;
			if (is_here && is_how("always"))
				faults.is_over = true;
		}
		at += NLMSG_ALIGN(msg->nlmsg_len);
	}
}

static int failing_send(void *data, const void *bytes, size_t len)
{
	char *copy = malloc(len);
	int rc;

	if (!copy)
		return -ENOMEM;
	memcpy(copy, bytes, len);
	spoil(copy, len);
	rc = faults.is_over ? -ENOBUFS : kernel_transport.send(data, copy, len);
	free(copy);
	return rc;
}

static ssize_t failing_receive(void *data, void *bytes, size_t size)
{
	ssize_t len = kernel_transport.receive(data, bytes, size);

	if (is_how("again") && is_due())
		return -ENOBUFS;
	if (!faults.is_lost)
		return len;
	faults.is_lost = false;
	return -ENOBUFS;
}

static int failing_ioctl(void *data, unsigned long request, void *argument)
{
	bool is_change = request == SIOCBRADDIF || request == SIOCBRDELIF;

	if (faults.is_over || (is_change && !is_how("again") && is_due()))
		return -EIO;
	return kernel_transport.ioctl(data, request, argument);
}

static int failing_write(void *data, const char *path, const char *text)
{
	if (faults.is_over || (!is_how("again") && is_due()))
		return -EIO;
	return kernel_transport.write_file(data, path, text);
}

static void print_note(void *data, enum vbr_move_note kind, const char *text)
{
	(void)data;
	(void)kind;
	puts(text);
}

int main(int argc, char **argv)
{
	struct vbr_move_options options = { .note = print_note };
	struct transport failing = kernel_transport;
	struct vbr_ctx *ctx;
	int rc;

	if (argc < 6)
		return 2;
	if (argc > 6)
		options.vlan = (unsigned int)strtoul(argv[6], NULL, 10);
	faults.how = argv[4];
	faults.at = strtoul(argv[5], NULL, 10);
	failing.send = failing_send;
	failing.receive = failing_receive;
	failing.ioctl = failing_ioctl;
	failing.write_file = failing_write;
	if (vbr_ctx_new(NULL, &ctx) < 0)
		return 2;
	ctx->transport = &failing;
	rc = strcmp(argv[1], "adopt") == 0
		     ? vbr_adopt(ctx, argv[2], argv[3], &options)
		     : vbr_release(ctx, argv[2], argv[3], &options);
	if (rc < 0)
		puts(vbr_ctx_error(ctx));
	vbr_ctx_unref(ctx);
	if (rc == 0 && faults.count >= faults.at)
		puts("the fault did not matter");
	return rc < 0;
}
