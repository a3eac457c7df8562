/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks the kernel's socket monitor, and reads the list of packet sockets. */

#include "config.h"

#include "ip/sockets.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/context.h"
#include "wire/message.h"

/* States of TCP; the kernel's header for programs lacks them. */
#define TCP_ESTABLISHED 1
#define TCP_LISTEN 10
#define STATES_ALL 0xfff

#define ANSWER_SIZE 32768
#define FILE_SIZE 16384

/* --- TCP and UDP ---------------------------------------------------------- */

struct question {
	struct nlmsghdr head;
	struct inet_diag_req_v2 req;
};

static void count_socket(const struct inet_diag_msg *found, uint8_t protocol,
			 struct sockets *sockets)
{
	if (protocol == IPPROTO_TCP && found->idiag_state != TCP_LISTEN)
		sockets->connected += found->idiag_state == TCP_ESTABLISHED;
	else
		sockets->bound++;
}

/* Returns whether more will follow. */
static bool read_answer(const char *bytes, int len, int index, uint8_t protocol,
			struct sockets *sockets)
{
	const struct nlmsghdr *msg = (const void *)bytes;

	for (; message_ok(msg, len); msg = mnl_nlmsg_next(msg, &len)) {
		const struct inet_diag_msg *found = mnl_nlmsg_get_payload(msg);

		if (msg->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
		    mnl_nlmsg_get_payload_len(msg) < sizeof(*found))
			return false;
		if ((int)found->id.idiag_if == index)
			count_socket(found, protocol, sockets);
	}
	return true;
}

static void ask(int fd, char *answer, int index, uint8_t family,
		uint8_t protocol, struct sockets *sockets)
{
	const struct question question = {
		.head = { .nlmsg_len = sizeof(question),
			  .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			  .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
		.req = { .sdiag_family = family,
			 .sdiag_protocol = protocol,
			 .idiag_states = STATES_ALL },
	};
	ssize_t len;

	if (send(fd, &question, sizeof(question), 0) < 0)
		return;
	do
		len = recv(fd, answer, ANSWER_SIZE, 0);
	while (len > 0 &&
	       read_answer(answer, (int)len, index, protocol, sockets));
}

static void count_inet(struct vbr_ctx *ctx, int index, struct sockets *sockets)
{
	static const uint8_t protocols[] = { IPPROTO_TCP, IPPROTO_UDP };
	char *answer = malloc(ANSWER_SIZE);
	int fd = -1;

	if (answer && ctx->transport->open_socket)
		fd = ctx->transport->open_socket(ctx->transport_data,
						 AF_NETLINK, SOCK_RAW,
						 NETLINK_SOCK_DIAG);
	for (size_t i = 0; i < sizeof(protocols) && fd >= 0; i++) {
		ask(fd, answer, index, AF_INET, protocols[i], sockets);
		ask(fd, answer, index, AF_INET6, protocols[i], sockets);
	}
	if (fd >= 0)
		close(fd);
	free(answer);
}

/* --- packet sockets ------------------------------------------------------- */

/* Sockets for all protocols also receive from a port: captures continue. */
#define ALL_PROTOCOLS 3

static void count_packet(struct vbr_ctx *ctx, int index,
			 struct sockets *sockets)
{
	char *text = malloc(FILE_SIZE), *line;

	/* /proc/self would show the namespace of the first thread. */
	if (text && ctx->transport->read_file(ctx->transport_data,
					      "/proc/thread-self/net/packet",
					      text, FILE_SIZE) == 0) {
		for (line = strchr(text, '\n'); line;
		     line = strchr(line + 1, '\n')) {
			unsigned int protocol;
			int at;

			if (sscanf(line + 1, "%*s %*s %*s %x %d", &protocol,
				   &at) == 2 &&
			    at == index && protocol != ALL_PROTOCOLS)
				sockets->packet++;
		}
	}
	free(text);
}

void sockets_count(struct vbr_ctx *ctx, int index, struct sockets *ret_sockets)
{
	*ret_sockets = (struct sockets){ 0 };
	count_packet(ctx, index, ret_sockets);
	count_inet(ctx, index, ret_sockets);
}
