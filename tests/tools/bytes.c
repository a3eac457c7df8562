/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Converts frames to bytes and back, with VLAN tags. No I/O. */
#include <string.h>

#include "frame.h"

static uint8_t *put16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
	return at + 2;
}

static uint16_t get16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

/* Returns the length, or 0 if size is too small. */
size_t frame_build(const struct frame *frame, uint8_t *bytes, size_t size)
{
	const size_t min_payload = 46;
	size_t body = frame->payload_len < min_payload ? min_payload
						       : frame->payload_len;
	size_t len = 2 * MAC_LEN + 4 * frame->tags + 2 + body;
	uint8_t *at = bytes + 2 * MAC_LEN;

	if (len > size)
		return 0;
	memset(bytes, 0, len);
	memcpy(bytes, frame->dst, MAC_LEN);
	memcpy(bytes + MAC_LEN, frame->src, MAC_LEN);
	for (size_t i = 0; i < frame->tags; i++) {
		at = put16(at, frame->tag[i].tpid);
		at = put16(at, frame->tag[i].tci);
	}
	at = put16(at, frame->type);
	if (frame->payload_len)
		memcpy(at, frame->payload, frame->payload_len);
	return len;
}

static bool is_tag(uint16_t type)
{
	return type == 0x8100 || type == 0x88a8;
}

/*
 * outer is the tag that the kernel has removed from the bytes, or NULL.
 * Returns false if there are not enough bytes for a frame.
 */
bool frame_parse(const uint8_t *bytes, size_t len, const struct tag *outer,
		 struct frame *ret_frame)
{
	const uint8_t *at = bytes + 2 * MAC_LEN, *end = bytes + len;
	struct frame frame = { .len = len + (outer ? 4 : 0) };

	if (len < 2 * MAC_LEN + 2)
		return false;
	memcpy(frame.dst, bytes, MAC_LEN);
	memcpy(frame.src, bytes + MAC_LEN, MAC_LEN);
	if (outer)
		frame.tag[frame.tags++] = *outer;
	while (frame.tags < MAX_TAGS && end - at >= 6 && is_tag(get16(at))) {
		frame.tag[frame.tags].tpid = get16(at);
		frame.tag[frame.tags++].tci = get16(at + 2);
		at += 4;
	}
	frame.type = get16(at);
	frame.payload = at + 2;
	frame.payload_len = (size_t)(end - frame.payload);
	*ret_frame = frame;
	return true;
}
