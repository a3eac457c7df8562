/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* MAC addresses and bridge ids from and to text, and the other formats of
 * vbridge.h. */

#include "unit.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "vbridge.h"

static void read_macs(void **state)
{
	static const struct {
		const char *text;
		uint8_t mac[6];
	} rows[] = {
		{ "00:00:00:00:00:00", { 0 } },
		{ "ff:ff:ff:ff:ff:ff", { 255, 255, 255, 255, 255, 255 } },
		{ "52:54:00:40:ba:3b", { 0x52, 0x54, 0, 0x40, 0xba, 0x3b } },
		{ "01:23:45:67:89:AB", { 1, 0x23, 0x45, 0x67, 0x89, 0xab } },
		{ "aB:cD:eF:Ab:Cd:Ef", { 0xab, 0xcd, 0xef, 0xab, 0xcd, 0xef } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint8_t mac[6];
		int rc = vbr_parse_mac(rows[i].text, mac);

		check(rc == 0, "%s gives %d", rows[i].text, rc);
		check(memcmp(mac, rows[i].mac, 6) == 0, "%s", rows[i].text);
	}
}

static void no_macs(void **state)
{
	static const char *const texts[] = {
		"",
		":",
		"00",
		"00:00:00:00:00",
		"00:00:00:00:00:0",
		"00:00:00:00:00:00:",
		"00:00:00:00:00:00:00",
		"00:00:00:00:00:000",
		" 00:00:00:00:00:00",
		"00:00:00:00:00:00 ",
		"0:00:00:00:00:0000",
		"0g:00:00:00:00:00",
		"g0:00:00:00:00:00",
		"00:00:00:00:00:0g",
		"00:00:00:00:00:g0",
		"00-00-00-00-00-00",
		"00:00:00-00:00:00",
		"000:00:00:00:00:0",
		"+0:00:00:00:00:00",
		"::::::::::::::::::",
		"0000.0000.0000...",
		"00:00:00:00:00:0\xef",
		":00:00:00:00:00:0",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		uint8_t mac[6] = { 1, 2, 3, 4, 5, 6 };
		int rc = vbr_parse_mac(texts[i], mac);

		check(rc == -EINVAL, "\"%s\" gives %d", texts[i], rc);
		assert_memory_equal(mac, "\1\2\3\4\5\6", 6);
	}
}

static void write_macs(void **state)
{
	static const uint8_t mac[6] = { 0x00, 0x0f, 0xf0, 0xff, 0xab, 0x19 };
	char text[VBR_MAC_TEXT_SIZE + 1];

	(void)state;
	memset(text, 'x', sizeof(text));
	vbr_format_mac(mac, text);
	assert_string_equal(text, "00:0f:f0:ff:ab:19");
	assert_int_equal(strlen(text), VBR_MAC_TEXT_SIZE - 1);
	assert_int_equal(text[VBR_MAC_TEXT_SIZE], 'x');
}

/* Formats and parses each byte value at each position. */
static void macs_there_and_back(void **state)
{
	(void)state;
	for (unsigned int byte = 0; byte < 256; byte++) {
		for (size_t place = 0; place < 6; place++) {
			uint8_t mac[6] = { 1, 2, 3, 4, 5, 6 }, back[6];
			char text[VBR_MAC_TEXT_SIZE];

			mac[place] = (uint8_t)byte;
			vbr_format_mac(mac, text);
			assert_int_equal(vbr_parse_mac(text, back), 0);
			assert_memory_equal(mac, back, 6);
		}
	}
}

static void write_ids(void **state)
{
	static const struct {
		uint64_t id;
		const char *text;
	} rows[] = {
		{ 0, "0000.000000000000" },
		{ UINT64_MAX, "ffff.ffffffffffff" },
		{ UINT64_C(0x8000525400402bfe), "8000.525400402bfe" },
		{ UINT64_C(0x0123456789abcdef), "0123.456789abcdef" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[VBR_ID_TEXT_SIZE + 1];

		memset(text, 'x', sizeof(text));
		vbr_format_id(rows[i].id, text);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(text[VBR_ID_TEXT_SIZE], 'x');
	}
}

static void parse_switch(void **state)
{
	bool value = true;

	(void)state;
	assert_int_equal(vbr_parse_switch("off", &value), 0);
	assert_false(value);
	assert_int_equal(vbr_parse_switch("yes", &value), 0);
	assert_true(value);
	assert_int_equal(vbr_parse_switch("maybe", &value), -EINVAL);
	assert_true(value);
}

static void parse_number(void **state)
{
	uint64_t value = 4711;

	(void)state;
	assert_int_equal(vbr_parse_number("0x10", 15, &value), -ERANGE);
	assert_int_equal(vbr_parse_number("-1", 15, &value), -ERANGE);
	assert_int_equal(vbr_parse_number("1o", 15, &value), -EINVAL);
	assert_int_equal(value, 4711);
	assert_int_equal(vbr_parse_number(" 017 ", 15, &value), 0);
	assert_int_equal(value, 15);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("MAC addresses are parsed in upper and lower case",
		     read_macs),
		TEST("invalid MAC addresses are EINVAL and write nothing",
		     no_macs),
		TEST("a MAC address is formatted in lower case, and fits",
		     write_macs),
		TEST("each byte of a MAC address is formatted and parsed",
		     macs_there_and_back),
		TEST("a bridge id is priority, dot and MAC", write_ids),
		TEST("vbr_parse_switch() writes nothing if it fails",
		     parse_switch),
		TEST("vbr_parse_number() writes nothing if it fails",
		     parse_number),
	};

	return run_all(tests);
}
