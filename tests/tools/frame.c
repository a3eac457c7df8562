/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The frame tool of the labs: sends raw frames, captures frames with their VLAN
 * tags, and is the program that serves tap devices.
 */
#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "frame.h"

static const char usage_text[] =
	"usage: frame send [OPTION...] DEVICE\n"
	"         -d MAC -s MAC    destination (broadcast), source (the device's)\n"
	"         -v VID[.PRIO][@TPID]  a VLAN tag; again for an inner one\n"
	"         -t TYPE          EtherType (0x88b5)\n"
	"         -p TEXT          payload, filled up with zeros to 46 bytes\n"
	"         -n COUNT         so many of them (1)\n"
	"       frame capture [OPTION...] DEVICE... [-- COMMAND...]\n"
	"         -d MAC -s MAC -t TYPE -p TEXT   only such frames\n"
	"         -v VID|none      only with this outermost tag, or untagged\n"
	"         -u               only to a single station, no multicast\n"
	"         -i in|out        only received, or only sent, by the device\n"
	"         -c               print a count for each device, not the frames\n"
	"         -n COUNT         stop after so many; exit status 1 if fewer came\n"
	"         -w MS            the deadline (5000)\n"
	"         -q MS            with COMMAND: the silence after its end that ends\n"
	"                          the capture (200); COMMAND writes to stderr\n"
	"       frame tap TAP[@NETNS] [TAP[@NETNS]]\n"
	"         makes taps, says \"ready\", and carries frames from one to the\n"
	"         other as a virtual machine's host does, until it is killed;\n"
	"         one tap alone swallows its frames\n";

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "frame: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
	va_end(args);
	exit(2);
}

void die_errno(const char *what)
{
	die("%s: %s", what, strerror(errno));
}

long parse_number(const char *word, long min, long max)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(word, &end, 0);
	if (errno || end == word || *end || value < min || value > max)
		die("%s: not a number from %ld to %ld", word, min, max);
	return value;
}

void parse_mac(const char *word, uint8_t ret_mac[MAC_LEN])
{
	const char *at = word;

	for (int i = 0; i < MAC_LEN; i++) {
		char digits[3] = { at[0], '\0', '\0' };

		if (at[0])
			digits[1] = at[1];
		if (!isxdigit((unsigned char)digits[0]) ||
		    !isxdigit((unsigned char)digits[1]) ||
		    at[2] != (i < MAC_LEN - 1 ? ':' : '\0'))
			die("%s: not a MAC address", word);
		ret_mac[i] = (uint8_t)strtoul(digits, NULL, 16);
		at += 3;
	}
}

/* VID[.PRIO][@TPID] */
void parse_tag(const char *word, struct tag *ret_tag)
{
	char copy[32];
	char *prio, *tpid;

	if (snprintf(copy, sizeof(copy), "%s", word) >= (int)sizeof(copy))
		die("%s: not a VLAN tag", word);
	tpid = strchr(copy, '@');
	if (tpid)
		*tpid++ = '\0';
	prio = strchr(copy, '.');
	if (prio)
		*prio++ = '\0';
	ret_tag->tpid = tpid ? (uint16_t)parse_number(tpid, 0x600, 0xffff)
			     : 0x8100;
	ret_tag->tci = (uint16_t)(parse_number(copy, 0, 4095) |
				  (prio ? parse_number(prio, 0, 7) << 13 : 0));
}

unsigned int parse_device(const char *name)
{
	unsigned int index = if_nametoindex(name);

	if (!index)
		die_errno(name);
	return index;
}

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "send", cmd_send },
	{ "capture", cmd_capture },
	{ "tap", cmd_tap },
};

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (argc > 1 && !strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	}
	fputs(usage_text, stderr);
	return 2;
}
