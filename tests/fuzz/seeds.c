/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the first inputs of the fuzzers: the sample messages of the unit
 * tests, and texts of options. The argument is a folder; each target has a
 * folder in it. */

#include "unit/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "unit/samples.h"
#include "vbridge.h"

static const char *folder;

struct seed {
	size_t len;
	char bytes[65536];
};

static void append(struct seed *seed, const void *bytes, size_t len)
{
	check(seed->len + len <= sizeof(seed->bytes), "the seed is too long");
	memcpy(seed->bytes + seed->len, bytes, len);
	seed->len += len;
}

static void append_byte(struct seed *seed, unsigned int byte)
{
	const char character = (char)byte;

	append(seed, &character, 1);
}

static void write_seed(const char *target, const struct seed *seed)
{
	static unsigned int number;
	char path[4096];
	size_t written = 0;
	FILE *file;
	int rc = -1;

	snprintf(path, sizeof(path), "%s/%s", folder, target);
	check(mkdir(path, 0777) == 0 || errno == EEXIST, "%s: %d", path, errno);
	snprintf(path, sizeof(path), "%s/%s/%u", folder, target, ++number);
	file = fopen(path, "w");
	if (file) {
		written = fwrite(seed->bytes, 1, seed->len, file);
		rc = fclose(file);
	}
	check(rc == 0 && written == seed->len, "%s: %d", path, errno);
}

/* --- datagrams ------------------------------------------------------------ */

static void write_datagrams(void)
{
	static void (*const samples[])(struct datagram *) = { add_sample_links,
							      add_sample_tables,
							      add_samples };

	for (size_t i = 0; i < COUNT(samples); i++) {
		struct datagram d = { 0 };
		struct seed seed = { 0 };

		samples[i](&d);
		append(&seed, d.bytes, d.len);
		write_seed("events", &seed);
		write_seed("nl", &seed);
	}
}

/* --- replies in the format of fuzz/kernel.h ------------------------------- */

static void append_answer(struct seed *seed, const void *bytes, size_t len)
{
	append_byte(seed, len & 0xff);
	append_byte(seed, (unsigned int)len >> 8);
	append(seed, bytes, len);
}

static void append_error(struct seed *seed, unsigned int error)
{
	append_byte(seed, error);
	append_byte(seed, 0x80);
}

static void append_datagram(struct seed *seed, void (*add)(struct datagram *))
{
	struct datagram d = { 0 };

	add(&d);
	append_answer(seed, d.bytes, d.len);
}

static void add_one_ack(struct datagram *d)
{
	add_ack(d);
}

static void add_end(struct datagram *d)
{
	add_done(d);
}

static void add_refusal(struct datagram *d)
{
	add_verdict(d, &(struct verdict){ .error = -EINVAL,
					  .echo = 48,
					  .text = "Invalid VLAN",
					  .offset = 40 });
}

static void append_dump(struct seed *seed, void (*add)(struct datagram *))
{
	append_datagram(seed, add);
	append_datagram(seed, add_end);
}

/* An input for each function that reads or changes, with the same replies: a
 * dump, then a verdict for a change. */
static void write_answers(void (*sample)(struct datagram *),
			  void (*verdict)(struct datagram *))
{
	for (unsigned int i = 0; i < 64; i++) {
		struct seed seed = { 0 };

		append_byte(&seed, i);
		append_dump(&seed, sample);
		if (!verdict) {
			append_error(&seed, ENOBUFS);
			write_seed("reads", &seed);
			continue;
		}
		append_datagram(&seed, verdict);
		write_seed("changes", &seed);
	}
}

static void write_verdicts(void)
{
	static void (*const samples[])(
		struct datagram *) = { add_sample_links, add_sample_tables };

	for (size_t i = 0; i < COUNT(samples); i++) {
		write_answers(samples[i], NULL);
		write_answers(samples[i], add_one_ack);
		write_answers(samples[i], add_refusal);
	}
}

static void write_files(void)
{
	static const char *const texts[] = {
		"1\n",
		"VLAN Dev name\t | VLAN ID\nName-Type: VLAN_NAME_TYPE_PLUS_VID "
		"bad_proto_recvd: 0\n",
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct seed seed = { 0 };

		append_byte(&seed, 19);
		append_answer(&seed, texts[i], strlen(texts[i]));
		write_seed("reads", &seed);
	}
}

/* --- texts ---------------------------------------------------------------- */

static void write_text(unsigned int number, const char *name, const char *text)
{
	struct seed seed = { 0 };

	append_byte(&seed, number);
	append(&seed, name, strlen(name));
	append(&seed, text, strlen(text));
	write_seed("text", &seed);
}

/* As a value, and as NAME=VALUE. */
static void write_option(unsigned int number, const struct vbr_option *option)
{
	const char *words = vbr_option_words(option);
	char text[64];

	snprintf(text, sizeof(text), "%ju", (uintmax_t)vbr_option_max(option));
	write_text(number, "", text);
	if (words)
		write_text(number, "", words);
	snprintf(text, sizeof(text), "%s=", vbr_option_name(option));
	write_text(number, text, "1");
}

static void write_texts(void)
{
	static const char *const texts[] = {
		"10,20-29", "02:00:00:00:00:01", "on",	     "8.2",
		"0x8000",   "8000.020000000001", "10.0.0.1", "ff02::fb",
		"eth0",	    "802.1ad",		 "a\nb",     "add if",
	};
	const struct vbr_option *option;
	unsigned int number = 0;

	for (int scope = VBR_SCOPE_BRIDGE; scope <= VBR_SCOPE_BRIDGE_VLAN;
	     scope++)
		for (size_t i = 0;
		     (option = vbr_option_at((enum vbr_scope)scope, i)); i++)
			write_option(number++, option);
	check(number < 256, "%u options: the selector needs two bytes", number);
	for (size_t i = 0; i < COUNT(texts); i++)
		write_text((unsigned int)i, "", texts[i]);
}

int main(int count, char **words)
{
	if (count != 2) {
		fputs("usage: seeds FOLDER\n", stderr);
		return 2;
	}
	folder = words[1];
	write_datagrams();
	write_verdicts();
	write_files();
	write_texts();
	return 0;
}
