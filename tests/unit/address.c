/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses and formats addresses of groups and senders, and recognizes multicast
 * addresses. */

#include "unit.h"

#include <errno.h>
#include <string.h>

#include "base/address.h"

#define LONGEST "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"

static const struct {
	const char *text;
	uint8_t family;
	uint8_t first, last;
	bool multicast;
	const char *again; /* expected text; NULL: the same as the input */
} rows[] = {
	{ "224.0.0.0", 4, 224, 0, true, NULL },
	{ "239.255.255.255", 4, 239, 255, true, NULL },
	{ "223.255.255.255", 4, 223, 255, false, NULL },
	{ "240.0.0.1", 4, 240, 1, false, NULL },
	{ "0.0.0.0", 4, 0, 0, false, NULL },
	{ "ff02::1", 6, 0xff, 1, true, NULL },
	{ "FF0E:0::BEEF", 6, 0xff, 0xef, true, "ff0e::beef" },
	{ "fe80::1", 6, 0xfe, 1, false, NULL },
	{ "::", 6, 0, 0, false, NULL },
	{ "::ffff:224.0.0.1", 6, 0, 1, false, NULL },
	{ LONGEST, 6, 0xff, 0xff, true,
	  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "01:00:5e:00:00:fb", 0, 1, 0xfb, true, NULL },
	{ "33:33:00:00:00:01", 0, 0x33, 1, true, NULL },
	{ "FE:00:00:00:00:01", 0, 0xfe, 1, false, "fe:00:00:00:00:01" },
	{ "ff:ff:ff:ff:ff:ff", 0, 0xff, 0xff, true, NULL },
};

static void kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[ADDRESS_TEXT_SIZE];
		struct address address;
		size_t len;

		memset(&address, 0xee, sizeof(address));
		check(address_parse(rows[i].text, &address) == 0, "%s",
		      rows[i].text);
		check(address.family == rows[i].family, "%s is of %d",
		      rows[i].text, address.family);
		len = address_len(address.family);
		check(address.bytes[0] == rows[i].first &&
			      address.bytes[len - 1] == rows[i].last,
		      "%s", rows[i].text);
		/* Compares all bytes, including unused ones. */
		for (size_t k = len; k < sizeof(address.bytes); k++)
			assert_int_equal(address.bytes[k], 0);
		check(address_is_multicast(&address) == rows[i].multicast, "%s",
		      rows[i].text);
		address_format(&address, text);
		assert_string_equal(text, rows[i].again ? rows[i].again
							: rows[i].text);
	}
}

static void none(void **state)
{
	static const char longer[] = LONGEST "0";
	static const char *const texts[] = {
		"",
		" ",
		"br0",
		"224",
		"224.0.0",
		"224.0.0.256",
		"224.0.0.1 ",
		" 224.0.0.1",
		"224.0.0.1/32",
		"0xe0.0.0.1",
		"224.0.0.01x",
		"ff02:::1",
		"ff02::1%eth0",
		"ff02::12345",
		"1:2:3:4:5",
		"33:33:0:0:0:1",
		"01:00:5e:00:00",
		"01:00:5e:00:00:gg",
		"01-00-5e-00-00-fb",
		"01:00:5e:00:00:fb:",
		longer,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct address address = { .family = 99 };

		check(address_parse(texts[i], &address) == -EINVAL, "\"%s\"",
		      texts[i]);
		check(address.family == 99, "\"%s\" is written", texts[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("addresses are IPv4, IPv6 or Ethernet", kinds),
		TEST("invalid addresses are refused, and nothing is written",
		     none),
	};

	return run_all(tests);
}
