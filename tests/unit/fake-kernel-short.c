/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Short forms of what most scripts of a fake kernel have. */

#include "unit/fake-kernel.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>

void fake_acks(struct fake_kernel *fake_kernel, uint16_t type)
{
	struct datagram d = { 0 };

	add_ack(&d);
	fake_expect(fake_kernel, type);
	fake_answer(fake_kernel, &d);
}

void fake_refuses(struct fake_kernel *fake_kernel, uint16_t type, int error)
{
	struct datagram d = { 0 };

	add_error(&d, error);
	fake_expect(fake_kernel, type);
	fake_answer(fake_kernel, &d);
}

void fake_verdicts(struct fake_kernel *fake_kernel, size_t count, size_t bad,
		   int error)
{
	struct datagram d = { 0 };

	for (size_t i = count; i-- > 0;) {
		struct nlmsghdr *msg = i == bad ? add_error(&d, error)
						: add_ack(&d);

		msg->nlmsg_seq = ANSWER_TO(i);
	}
	fake_answer(fake_kernel, &d);
}

void fake_index(struct fake_kernel *fake_kernel, const char *name, int index)
{
	fake_ioctl(fake_kernel, &(struct fake_ioctl){
					.request = SIOCGIFINDEX,
					.name = name,
					.rc = index < 0 ? index : 0,
					.ret_index = index < 0 ? 0 : index,
				});
}

void fake_name(struct fake_kernel *fake_kernel, int index, const char *name)
{
	fake_ioctl(fake_kernel, &(struct fake_ioctl){ .request = SIOCGIFNAME,
						      .name = "",
						      .index = index,
						      .rc = name ? 0 : -ENODEV,
						      .ret_name = name });
}

void fake_link(struct fake_kernel *fake_kernel, const struct a_link *link)
{
	struct datagram d = { 0 };

	add_link(&d, link);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
}
