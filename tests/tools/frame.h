/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Shared by the files of the frame tool: frames and command line arguments. */
#ifndef VB_TESTS_FRAME_H
#define VB_TESTS_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAC_LEN 6
#define MAX_TAGS 4
#define MAX_FRAME 9216
#define ANY (-1)

/* A VLAN tag. A frame has the outermost tag first. */
struct tag {
	uint16_t tpid;
	uint16_t tci;
};

/* The fields of a frame, to send or received. */
struct frame {
	uint8_t dst[MAC_LEN];
	uint8_t src[MAC_LEN];
	struct tag tag[MAX_TAGS];
	size_t tags;
	uint16_t type;
	const uint8_t *payload;
	size_t payload_len;
	size_t len; /* of the whole frame, with tags */
};

/* frame.c: parse arguments; an invalid one ends the program */
void die(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));
void die_errno(const char *what) __attribute__((noreturn));
long parse_number(const char *word, long min, long max);
void parse_mac(const char *word, uint8_t ret_mac[MAC_LEN]);
void parse_tag(const char *word, struct tag *ret_tag);
unsigned int parse_device(const char *name);
long now_ms(void);

/* bytes.c: convert a frame to bytes and back */
size_t frame_build(const struct frame *frame, uint8_t *bytes, size_t size);
bool frame_parse(const uint8_t *bytes, size_t len, const struct tag *outer,
		 struct frame *ret_frame);

/* Each function is a subcommand; argv[0] is its name. */
int cmd_send(int argc, char **argv);
int cmd_capture(int argc, char **argv);
int cmd_tap(int argc, char **argv);

#endif
