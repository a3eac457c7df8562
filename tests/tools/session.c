/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Connections that exist while a command runs.
 *
 *	session serve PORT                     echoes TCP and UDP, IPv4 and IPv6
 *	session run PORT IPV4 IPV6 COMMAND...
 *	session hold DEVICE [PORT IPV4]        binds sockets to a device
 *
 * "run" sends a datagram and a few bytes over TCP each millisecond, to both
 * addresses, before, during and after the command. It prints
 *
 *	STATUS SENT LOST4 LOST6 GAP4 GAP6 STALL4 STALL6 BROKEN
 *
 * the status of the command, datagrams sent for each family and lost, the longest
 * times between two replies in milliseconds (UDP, then TCP), and how many TCP
 * connections were reset or did not echo everything.
 */

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BEFORE_MS 200
#define AFTER_MS 200
#define DRAIN_MS 1500
#define CLIENTS 16

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static int fail(const char *what)
{
	perror(what);
	return 2;
}

/* --- the server ----------------------------------------------------------- */

static int open_server(int type, uint16_t port)
{
	const struct sockaddr_in6 any = { .sin6_family = AF_INET6,
					  .sin6_port = htons(port) };
	int fd = socket(AF_INET6, type | SOCK_CLOEXEC, 0);
	const int on = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)&any, sizeof(any)) < 0 ||
	    (type == SOCK_STREAM && listen(fd, CLIENTS) < 0))
		exit(fail("bind"));
	return fd;
}

static void echo_datagram(int fd)
{
	struct sockaddr_storage from;
	socklen_t size = sizeof(from);
	char bytes[64];
	ssize_t len = recvfrom(fd, bytes, sizeof(bytes), 0, (void *)&from,
			       &size);

	if (len > 0)
		sendto(fd, bytes, (size_t)len, 0, (void *)&from, size);
}

/* Returns false at the end. */
static bool echo_stream(int fd)
{
	char bytes[4096];
	ssize_t len = recv(fd, bytes, sizeof(bytes), 0);

	return len > 0 && send(fd, bytes, (size_t)len, MSG_NOSIGNAL) == len;
}

static int serve(uint16_t port)
{
	struct pollfd fds[2 + CLIENTS] = {
		{ .fd = open_server(SOCK_DGRAM, port), .events = POLLIN },
		{ .fd = open_server(SOCK_STREAM, port), .events = POLLIN },
	};

	for (size_t i = 2; i < 2 + CLIENTS; i++)
		fds[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	puts("ready");
	fflush(stdout);
	while (poll(fds, 2 + CLIENTS, -1) >= 0) {
		if (fds[0].revents)
			echo_datagram(fds[0].fd);
		for (size_t i = 2; i < 2 + CLIENTS; i++) {
			if (fds[i].fd < 0 && fds[1].revents) {
				fds[i].fd = accept(fds[1].fd, NULL, NULL);
				fds[1].revents = 0;
			} else if (fds[i].fd >= 0 && fds[i].revents &&
				   !echo_stream(fds[i].fd)) {
				close(fds[i].fd);
				fds[i].fd = -1;
			}
		}
	}
	return fail("poll");
}

/* --- the client ----------------------------------------------------------- */

struct flow {
	int fd;
	size_t sent, received;
	double last, gap;
	bool is_broken;
};

/* Says why, once. */
static void break_flow(struct flow *flow, const char *what)
{
	if (!flow->is_broken)
		perror(what);
	flow->is_broken = true;
}

static void open_flow(struct flow *flow, const char *address, int type,
		      uint16_t port)
{
	struct sockaddr_in6 to6 = { .sin6_family = AF_INET6,
				    .sin6_port = htons(port) };
	struct sockaddr_in to4 = { .sin_family = AF_INET,
				   .sin_port = htons(port) };
	bool is_ipv6 = strchr(address, ':') != NULL;
	const void *to = is_ipv6 ? (const void *)&to6 : (const void *)&to4;
	int fd = socket(is_ipv6 ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, 0);

	*flow = (struct flow){ .fd = fd };
	inet_pton(is_ipv6 ? AF_INET6 : AF_INET, address,
		  is_ipv6 ? (void *)&to6.sin6_addr : (void *)&to4.sin_addr);
	if (connect(fd, to, is_ipv6 ? sizeof(to6) : sizeof(to4)) < 0)
		exit(fail(address));
	fcntl(fd, F_SETFL, O_NONBLOCK);
}

#define FLOWS 4 /* UDP of both families, then TCP */
#define RECORD 8

static void send_all(struct flow *flows)
{
	static const char record[RECORD] = "vbridge";

	for (size_t i = 0; i < FLOWS; i++) {
		ssize_t len = send(flows[i].fd, record, sizeof(record),
				   MSG_NOSIGNAL);

		/* A datagram that cannot be sent is lost, too. */
		if (i < 2 || len > 0)
			flows[i].sent += i < 2 ? 1 : (size_t)len;
		else if (len < 0 && errno != EAGAIN)
			break_flow(&flows[i], "send");
	}
}

static void note_answer(struct flow *flow, size_t amount)
{
	double now = now_ms();

	if (flow->received && now - flow->last > flow->gap)
		flow->gap = now - flow->last;
	flow->last = now;
	flow->received += amount;
}

static void receive_all(struct flow *flows)
{
	char bytes[65536];

	for (size_t i = 0; i < FLOWS; i++) {
		ssize_t len;

		while ((len = recv(flows[i].fd, bytes, sizeof(bytes), 0)) > 0)
			note_answer(&flows[i], i < 2 ? 1 : (size_t)len);
		if (i >= 2 && (len == 0 || (len < 0 && errno != EAGAIN)))
			break_flow(&flows[i], len ? "recv" : "closed");
	}
}

static void pass(struct flow *flows, double ms, bool sends)
{
	struct pollfd fds[FLOWS];
	double end = now_ms() + ms, next = now_ms();

	for (size_t i = 0; i < FLOWS; i++)
		fds[i] = (struct pollfd){ flows[i].fd, POLLIN, 0 };
	while (now_ms() < end) {
		if (sends && now_ms() >= next) {
			send_all(flows);
			next += 1;
		}
		poll(fds, FLOWS, 1);
		receive_all(flows);
	}
}

static int run_command(struct flow *flows, char **command)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return 127;
	if (pid == 0) {
		/* Its output must not mix with the numbers on stdout. */
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execvp(command[0], command);
		_exit(127);
	}
	while (waitpid(pid, &status, WNOHANG) == 0)
		pass(flows, 1, true);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static int run(uint16_t port, char **words)
{
	struct flow flows[FLOWS];
	size_t broken = 0;
	int status;

	for (size_t i = 0; i < FLOWS; i++)
		open_flow(&flows[i], words[i % 2],
			  i < 2 ? SOCK_DGRAM : SOCK_STREAM, port);
	pass(flows, BEFORE_MS, true);
	status = run_command(flows, words + 2);
	pass(flows, AFTER_MS, true);
	for (double end = now_ms() + DRAIN_MS; now_ms() < end;) {
		bool is_done = true;

		for (size_t i = 0; i < FLOWS; i++)
			is_done = is_done && flows[i].received == flows[i].sent;
		if (is_done)
			break;
		pass(flows, 5, false);
	}
	for (size_t i = 2; i < FLOWS; i++) {
		broken += flows[i].is_broken ||
			  flows[i].received != flows[i].sent;
		if (flows[i].received != flows[i].sent)
			fprintf(stderr, "%s: %zu of %zu bytes came back\n",
				words[i % 2], flows[i].received, flows[i].sent);
	}
	printf("%d %zu %zu %zu %.0f %.0f %.0f %.0f %zu\n", status,
	       flows[0].sent, flows[0].sent - flows[0].received,
	       flows[1].sent - flows[1].received, flows[0].gap, flows[1].gap,
	       flows[2].gap, flows[3].gap, broken);
	return 0;
}

/* --- bound sockets -------------------------------------------------------- */

static int open_bound(int domain, int type, const char *device)
{
	int fd = socket(domain, type | SOCK_CLOEXEC, 0);

	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device,
		       (socklen_t)strlen(device)) < 0)
		exit(fail(device));
	return fd;
}

/* Opens a packet socket for IPv4, like a DHCP client, a UDP socket, and with an
 * address also a TCP socket. */
static int hold(const char *device, uint16_t port, const char *address)
{
	const struct sockaddr_ll link = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_IP),
		.sll_ifindex = (int)if_nametoindex(device),
	};
	struct sockaddr_in any = { .sin_family = AF_INET };
	int packet, udp;

	if (address) {
		any.sin_port = htons(port);
		inet_pton(AF_INET, address, &any.sin_addr);
		if (connect(open_bound(AF_INET, SOCK_STREAM, device),
			    (const struct sockaddr *)&any, sizeof(any)) < 0)
			return fail(address);
	} else {
		packet = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		udp = open_bound(AF_INET, SOCK_DGRAM, device);
		if (bind(packet, (const struct sockaddr *)&link, sizeof(link)) <
			    0 ||
		    bind(udp, (const struct sockaddr *)&any, sizeof(any)) < 0)
			return fail("bind");
	}
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "serve") == 0)
		return serve((uint16_t)atoi(argv[2]));
	if (argc >= 3 && strcmp(argv[1], "hold") == 0)
		return hold(argv[2], argc == 5 ? (uint16_t)atoi(argv[3]) : 0,
			    argc == 5 ? argv[4] : NULL);
	if (argc < 6 || strcmp(argv[1], "run") != 0)
		return 2;
	return run((uint16_t)atoi(argv[2]), argv + 3);
}
