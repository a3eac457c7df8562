/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The contents of a context; for the library's own files. */

#ifndef VBR_CONTEXT_H
#define VBR_CONTEXT_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys/transport.h"
#include "vbridge.h"

struct reply_error;

/* Large enough for an ack, and for most links. */
#define RECEIVE_SMALL 3072

struct vbr_ctx {
	unsigned int references;
	bool is_dry; /* changes nothing */
	/* The last attempt at a list counts, even if it was interrupted. */
	bool accepts_interrupted;
	bool was_interrupted;	  /* since then */
	vbr_progress_fn progress; /* or NULL */
	void *progress_data;
	const struct transport *transport;
	void *transport_data;
	uint32_t sequence;
	char *buffer;
	size_t buffer_size;
	struct operation {
		/* A format that is not translated yet, and its words. */
		const char *text[4];
	} operation;
	/* The last error. */
	struct failure {
		int kernel_errno;
		/* Where the sentence says that the kernel's answer to a change
		 * was lost; 0: it was not. */
		size_t lost_at;
		const char *attr_name;
		char kernel_text[192];
		char sentence[1024];
	} failure;
	/* Most contexts need no more memory than this. */
	struct kernel_socket socket;
	_Alignas(NLMSG_ALIGNTO) char own_buffer[RECEIVE_SMALL];
};

int context_new(const struct transport *transport, void *data,
		struct vbr_ctx **ret_ctx);

/* Frees the context; does not close what the transport has open. */
void context_free(struct vbr_ctx *ctx);

void context_free_buffer(struct vbr_ctx *ctx);

/* After a fork: gives the child a socket of its own in the same network
 * namespace. */
int context_detach(struct vbr_ctx *ctx);

/*
 * Sets the operation, "cannot ..." with up to three %s for names, with which an
 * error sentence starts. It is formatted only after a failure, so the names
 * must live as long as the call.
 */
#define context_begin(ctx, ...) \
	((ctx)->operation = (struct operation){ { __VA_ARGS__ } })

/* Reports how many objects of a change are done. */
void context_progress(const struct vbr_ctx *ctx, size_t done, size_t total);

void context_append(struct vbr_ctx *ctx, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int context_fail(struct vbr_ctx *ctx, int error, const char *why);
/* For a reason with arguments, or with a word of the caller's, which may
 * contain any bytes. */
int context_fail_why(struct vbr_ctx *ctx, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int context_fail_word(struct vbr_ctx *ctx, int error, const char *format,
		      const char *word) __attribute__((format(printf, 3, 0)));
/*
 * Replaces the errno and the reason of the kernel's last refusal; kernel_errno
 * stays.
 */
int context_fail_as(struct vbr_ctx *ctx, int error, const char *why);
int context_fail_kernel(struct vbr_ctx *ctx, const struct reply_error *error,
			const struct nlmsghdr *request);
/* Copies the sentence; like snprintf(), returns its length. */
size_t context_copy_error(const struct vbr_ctx *ctx, char *ret_text,
			  size_t size);
/* Sets the sentence to that of another process. */
int context_fail_sentence(struct vbr_ctx *ctx, int error, const char *sentence);
/* A change was sent, but the kernel's answer was lost. */
int context_fail_lost(struct vbr_ctx *ctx, int error);

/*
 * Whether the change that failed may have been made, wholly or in part. If it
 * could not be sent, it was not made.
 */
bool context_may_be_done(const struct vbr_ctx *ctx);

/* Restores the error before an undo. The caller appends what may have stayed
 * changed; otherwise the lost answer does not matter any more. */
void context_restore(struct vbr_ctx *ctx, const struct failure *failure);

#endif
