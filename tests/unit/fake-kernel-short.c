/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What most scripts of a canned kernel consist of. */

#include "unit/fake-kernel.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>

void canned_acks(struct canned *canned, uint16_t type)
{
	struct datagram d = { 0 };

	add_ack(&d);
	canned_expect(canned, type);
	canned_answer(canned, &d);
}

void canned_refuses(struct canned *canned, uint16_t type, int error)
{
	struct datagram d = { 0 };

	add_error(&d, error);
	canned_expect(canned, type);
	canned_answer(canned, &d);
}

void canned_verdicts(struct canned *canned, size_t count, size_t bad, int error)
{
	struct datagram d = { 0 };

	for (size_t i = count; i-- > 0;) {
		struct nlmsghdr *msg = i == bad ? add_error(&d, error)
						: add_ack(&d);

		msg->nlmsg_seq = ANSWER_TO(i);
	}
	canned_answer(canned, &d);
}

void canned_index(struct canned *canned, const char *name, int index)
{
	canned_control(canned, &(struct canned_control){
				       .request = SIOCGIFINDEX,
				       .name = name,
				       .rc = index < 0 ? index : 0,
				       .ret_index = index < 0 ? 0 : index,
			       });
}

void canned_name(struct canned *canned, int index, const char *name)
{
	canned_control(canned,
		       &(struct canned_control){ .request = SIOCGIFNAME,
						 .name = "",
						 .index = index,
						 .rc = name ? 0 : -ENODEV,
						 .ret_name = name });
}

void canned_link(struct canned *canned, const struct a_link *link)
{
	struct datagram d = { 0 };

	add_link(&d, link);
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
}
