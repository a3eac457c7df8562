/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Checks names of network devices, and makes them safe to show. */

#include "config.h"

#include "base/name.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/num.h"

static bool is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

/* Characters that change how others are shown: direction marks, joiners, line
 * separators, and characters without a width. */
static bool is_format(uint32_t point)
{
	static const struct {
		uint16_t first, last;
	} ranges[] = {
		{ 0x200b, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2060, 0x2069 },
		{ 0xfeff, 0xfeff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

/*
 * The length of the UTF-8 character at "text" in bytes. 0 if it must not reach
 * a terminal: malformed, overlong, a surrogate, beyond Unicode, a C1 control
 * character (U+0080 to U+009F), or one that changes how others are shown.
 */
static size_t utf8_length(const unsigned char *text)
{
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} forms[] = {
		{ 0xe0, 0xc0, 0xa0 },
		{ 0xf0, 0xe0, 0x800 },
		{ 0xf8, 0xf0, 0x10000 },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		uint32_t point;

		if ((text[0] & forms[i].mask) != forms[i].lead)
			continue;
		point = text[0] & (unsigned char)~forms[i].mask;
		for (size_t k = 1; k <= i + 1; k++) {
			if ((text[k] & 0xc0) != 0x80)
				return 0;
			point = point << 6 | (text[k] & 0x3fu);
		}
		if (point < forms[i].least || point > 0x10ffff ||
		    (point >= 0xd800 && point <= 0xdfff) || is_format(point))
			return 0;
		return i + 2;
	}
	return 0;
}

/* Control characters are those of ASCII and C1, the latter also as single
 * bytes. */
static bool has_control(const char *name)
{
	const unsigned char *at = (const unsigned char *)name;

	while (*at) {
		size_t len = *at < 0x80 ? 1 : utf8_length(at);

		if (is_control(*at) || (len == 0 && *at >= 0x80 && *at < 0xa0))
			return true;
		at += len ? len : 1;
	}
	return false;
}

/* Not strpbrk(): it is on a page of libc that nothing else uses, and its first
 * call costs as much as everything else here. */
static bool is_forbidden(char c)
{
	return c == '/' || c == ':' || c == ' ' || (c >= '\t' && c <= '\r');
}

/* In /proc/sys/net/ipv4/conf they stand for all devices, and for new ones. */
bool name_is_reserved(const char *name)
{
	return strcmp(name, "all") == 0 || strcmp(name, "default") == 0;
}

/* The kernel's rules, and one of ours: a new name must not contain control
 * characters, which would reach each terminal that lists it. */
int name_check_new(const char *name)
{
	if (*name == '\0' || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0 || name_is_reserved(name))
		return -EINVAL;
	for (const char *at = name; *at; at++)
		if (is_forbidden(*at))
			return -EINVAL;
	if (has_control(name))
		return -EILSEQ;
	if (strlen(name) >= NAME_SIZE)
		return -ENAMETOOLONG;
	return 0;
}

/* No device can have any other name, so there is no need to ask the kernel. */
bool name_can_exist(const char *name)
{
	return *name != '\0' && strlen(name) < ALTNAME_SIZE;
}

/* Only an alternative name can be that long. Ioctls have no room for it. */
bool name_is_long(const char *name)
{
	return strlen(name) >= NAME_SIZE;
}

int name_index(const char *name)
{
	uint64_t index;

	if (strncmp(name, "if:", 3) != 0 || name[3] == '0' ||
	    num_parse(name + 3, INT_MAX, &index) < 0)
		return 0;
	return (int)index;
}

static size_t put_octal(unsigned char byte, char *out)
{
	out[0] = '\\';
	out[1] = (char)('0' + (byte >> 6));
	out[2] = (char)('0' + (byte >> 3 & 7));
	out[3] = (char)('0' + (byte & 7));
	return 4;
}

/*
 * Writes a name in a form that is safe to show: bytes that could control a
 * terminal as \ooo, all others unchanged. Like snprintf(), returns the length
 * of the complete text; never splits a character or an escape.
 */
size_t name_format(const char *name, char *ret_text, size_t size)
{
	const unsigned char *at = (const unsigned char *)name;
	size_t wanted = 0, end = 0;

	while (*at) {
		char piece[4];
		size_t take = 1, n = 1;

		if (*at < 0x80 && !is_control(*at)) {
			piece[0] = (char)*at;
		} else if (*at >= 0x80 && (n = utf8_length(at)) > 0) {
			take = n;
			memcpy(piece, at, n);
		} else {
			n = put_octal(*at, piece);
		}
		if (wanted + n < size) {
			memcpy(ret_text + wanted, piece, n);
			end = wanted + n;
		}
		wanted += n;
		at += take;
	}
	if (size)
		ret_text[end] = '\0';
	return wanted;
}
