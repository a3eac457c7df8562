/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A transport that reaches the kernel, and fails at one place. */

#include "oracle/failing-transport.h"

#include "unit/unit.h"

#include <errno.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/context.h"

struct faults faults;

const char *fault_name(void)
{
	static const char *const names[] = {
		[SEND] = "send",   [SEND_ALWAYS] = "send always",
		[LOSE] = "lose",   [LATE] = "late",
		[BREAK] = "break", [RECEIVE_ALWAYS] = "receive always",
		[IOCTL] = "ioctl", [IOCTL_ALWAYS] = "ioctl always",
		[KILL] = "kill",   [VANISH] = "vanish",
	};

	return names[faults.how];
}

/* Whether a call of this kind fails. */
static bool fails_now(enum fault first, enum fault last)
{
	if (faults.how < first || faults.how > last)
		return false;
	faults.count++;
	if (faults.how == SEND_ALWAYS || faults.how == RECEIVE_ALWAYS ||
	    faults.how == IOCTL_ALWAYS)
		return faults.count >= faults.at;
	return faults.count == faults.at;
}

static void die_now(void)
{
	if (faults.how != KILL && faults.how != VANISH)
		return;
	if (++faults.count != faults.at)
		return;
	if (faults.how == KILL)
		raise(SIGKILL);
	assert_int_equal(system("exec ip link del gone"), 0);
}

static int failing_send(void *data, const void *bytes, size_t len)
{
	die_now();
	return fails_now(SEND, SEND_ALWAYS)
		       ? -ENOBUFS
		       : kernel_transport.send(data, bytes, len);
}

static ssize_t failing_receive(void *data, void *bytes, size_t size)
{
	ssize_t len;

	if (!fails_now(LOSE, RECEIVE_ALWAYS))
		return kernel_transport.receive(data, bytes, size);
	if (faults.how != LOSE && faults.how != BREAK)
		return -ENOMEM;
	len = kernel_transport.receive(data, bytes, size);
	if (faults.how == BREAK)
		return len > 0 ? len - 1 : len;
	return -ENOBUFS;
}

static int failing_ioctl(void *data, unsigned long request, void *argument)
{
	bool is_read = request == SIOCGIFINDEX || request == SIOCGIFNAME;

	die_now();
	return !is_read && fails_now(IOCTL, IOCTL_ALWAYS)
		       ? -EIO
		       : kernel_transport.ioctl(data, request, argument);
}

static int failing_write_file(void *data, const char *path, const char *text)
{
	return fails_now(IOCTL, IOCTL_ALWAYS)
		       ? -EIO
		       : kernel_transport.write_file(data, path, text);
}

void fault_begin(struct vbr_ctx *ctx, enum fault how, size_t at)
{
	static struct transport failing;

	failing = kernel_transport;
	failing.send = failing_send;
	failing.receive = failing_receive;
	failing.ioctl = failing_ioctl;
	failing.write_file = failing_write_file;
	ctx->transport = &failing;
	faults = (struct faults){ .how = how, .at = at };
}
