/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Keeps the last change in a network namespace in a file. */

#include "config.h"

#include "guard/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/configuration.h"
#include "core/context.h"
#include "ip/kept.h"
#include "sys/folder.h"
#include "sys/netns.h"

#define FIRST_LINE "vbridge journal 1\n"

static const char *const states[] = {
	[JOURNAL_PENDING] = "pending",
	[JOURNAL_MADE] = "made",
	[JOURNAL_UNDONE] = "undone",
	[JOURNAL_FAILED] = "failed",
};

#define STATES (sizeof(states) / sizeof(states[0]))

/* --- the path of the file ------------------------------------------------- */

/* An ordinary user may be root of a namespace, and cannot write to /run. */
static int open_folder(int *ret_folder)
{
	const char *own = getenv("XDG_RUNTIME_DIR");
	int rc = folder_open("/run/vbridge", ret_folder);
	char path[PATH_MAX];

	if (rc == 0 || !own || *own != '/')
		return rc;
	if (snprintf(path, sizeof(path), "%s/vbridge", own) >=
	    (int)sizeof(path))
		return rc;
	return folder_open(path, ret_folder) == 0 ? 0 : rc;
}

struct place {
	int folder;
	char name[32];
};

static int find_place(const struct vbr_ctx *ctx, struct place *ret_place)
{
	uint64_t cookie;

	if (netns_cookie(ctx->socket.fd, &cookie) < 0)
		return -ENOTUNIQ;
	snprintf(ret_place->name, sizeof(ret_place->name), "%016" PRIx64,
		 cookie);
	return open_folder(&ret_place->folder);
}

/* Names of namespaces are valid until the next boot. */
static void read_boot(char *ret_boot, size_t size)
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? 0 : read(fd, ret_boot, size - 1);

	ret_boot[len < 0 ? 0 : len] = '\0';
	ret_boot[strcspn(ret_boot, "\n")] = '\0';
	if (fd >= 0)
		close(fd);
}

/* --- write ---------------------------------------------------------------- */

/*
 * The texts, each followed by a NUL: the command, and the lines and addresses
 * before and after it.
 */
#define TEXTS 5

struct texts {
	const char *list[TEXTS];
	char *addresses[2]; /* to be freed */
};

static int take_addresses(const struct vbr_config *config, char **ret_text)
{
	if (!config || !config->addresses)
		return 0;
	*ret_text = ip_kept_format(config->addresses);
	return *ret_text ? 0 : -ENOMEM;
}

static int list_texts(const struct journal *journal, struct texts *texts)
{
	int rc = take_addresses(journal->before, &texts->addresses[0]);

	if (rc == 0)
		rc = take_addresses(journal->after, &texts->addresses[1]);
	texts->list[0] = journal->what;
	texts->list[1] = vbr_config_text(journal->before);
	texts->list[2] = texts->addresses[0] ? texts->addresses[0] : "";
	texts->list[3] = journal->after ? vbr_config_text(journal->after) : "";
	texts->list[4] = texts->addresses[1] ? texts->addresses[1] : "";
	return rc;
}

static char *join(const struct texts *texts, enum journal_state state,
		  size_t *ret_size)
{
	char head[128], boot[64], *bytes, *at;
	size_t size;

	read_boot(boot, sizeof(boot));
	size = (size_t)snprintf(head, sizeof(head),
				FIRST_LINE "boot %s\nstate %s\n", boot,
				states[state]);
	for (size_t i = 0; i < TEXTS; i++)
		size += strlen(texts->list[i]) + 1;
	bytes = malloc(size);
	if (!bytes)
		return NULL;
	at = stpcpy(bytes, head);
	for (size_t i = 0; i < TEXTS; i++)
		at = stpcpy(at, texts->list[i]) + 1;
	*ret_size = size;
	return bytes;
}

static char *format(const struct journal *journal, size_t *ret_size)
{
	struct texts texts = { 0 };
	char *bytes = NULL;

	if (list_texts(journal, &texts) == 0)
		bytes = join(&texts, journal->state, ret_size);
	free(texts.addresses[0]);
	free(texts.addresses[1]);
	return bytes;
}

int journal_write(const struct vbr_ctx *ctx, const struct journal *journal)
{
	struct place place;
	char *bytes;
	size_t size;
	int rc;

	rc = find_place(ctx, &place);
	if (rc < 0)
		return rc;
	bytes = format(journal, &size);
	rc = bytes ? folder_write(place.folder, place.name, bytes, size)
		   : -ENOMEM;
	free(bytes);
	close(place.folder);
	return rc;
}

/* --- read ----------------------------------------------------------------- */

/* The rest of a line that begins with a word; NULL: it does not. */
static char *take_line(char **at, const char *word)
{
	size_t len = strlen(word);
	char *line = *at, *end = strchr(line, '\n');

	if (!end || strncmp(line, word, len) != 0)
		return NULL;
	*end = '\0';
	*at = end + 1;
	return line + len;
}

static bool take_state(const char *word, enum journal_state *ret_state)
{
	for (size_t i = 0; word && i < STATES; i++)
		if (strcmp(word, states[i]) == 0) {
			*ret_state = (enum journal_state)i;
			return true;
		}
	return false;
}

/* The text that ends with a NUL before "end"; NULL: there is none. */
static const char *take_text(char **at, const char *end)
{
	char *text = *at, *nul = memchr(text, '\0', (size_t)(end - text));

	if (!nul)
		return NULL;
	*at = nul + 1;
	return text;
}

static bool split(char *at, const char *end, const char *list[TEXTS])
{
	for (size_t i = 0; i < TEXTS; i++) {
		list[i] = take_text(&at, end);
		if (!list[i])
			return false;
	}
	return at == end;
}

static int read_config(struct vbr_ctx *ctx, const char *lines,
		       const char *addresses, struct vbr_config **ret_config)
{
	int rc;

	if (!*lines)
		return 0;
	rc = vbr_config_parse(ctx, "journal", lines, strlen(lines), ret_config);
	if (rc == 0 && *addresses)
		rc = ip_kept_parse(addresses, &(*ret_config)->addresses);
	return rc == -EINVAL ? -EBADMSG : rc;
}

static int read_configs(struct vbr_ctx *ctx, const char *const list[TEXTS],
			struct journal *journal)
{
	int rc = read_config(ctx, list[1], list[2], &journal->before);

	if (rc == 0)
		rc = read_config(ctx, list[3], list[4], &journal->after);
	return rc == 0 && !journal->before ? -EBADMSG : rc;
}

/* On success, "bytes" belong to the journal. */
static int parse(struct vbr_ctx *ctx, char *bytes, size_t len,
		 struct journal *ret_journal)
{
	struct journal journal = { .bytes = bytes };
	const char *its_boot, *state, *list[TEXTS];
	char boot[64], *at = bytes;
	int rc;

	if (strncmp(at, FIRST_LINE, strlen(FIRST_LINE)) != 0)
		return -EBADMSG;
	at += strlen(FIRST_LINE);
	its_boot = take_line(&at, "boot ");
	state = take_line(&at, "state ");
	if (!its_boot || !take_state(state, &journal.state) ||
	    !split(at, bytes + len, list))
		return -EBADMSG;
	read_boot(boot, sizeof(boot));
	if (strcmp(boot, its_boot) != 0)
		return -ENOENT;
	journal.what = list[0];
	rc = read_configs(ctx, list, &journal);
	if (rc < 0) {
		vbr_config_free(journal.before);
		vbr_config_free(journal.after);
	} else {
		*ret_journal = journal;
	}
	return rc;
}

int journal_read(struct vbr_ctx *ctx, struct journal *ret_journal)
{
	struct place place;
	char *bytes;
	size_t len;
	int rc;

	rc = find_place(ctx, &place);
	if (rc < 0)
		return rc == -ENOTUNIQ ? -ENOENT : rc;
	rc = folder_read(place.folder, place.name, &bytes, &len);
	close(place.folder);
	if (rc < 0)
		return rc;
	rc = parse(ctx, bytes, len, ret_journal);
	if (rc < 0)
		free(bytes);
	return rc;
}

int journal_remove(const struct vbr_ctx *ctx)
{
	struct place place;
	int rc = find_place(ctx, &place);

	if (rc < 0)
		return rc;
	rc = folder_remove(place.folder, place.name);
	close(place.folder);
	return rc;
}

void journal_drop(struct journal *journal)
{
	vbr_config_free(journal->before);
	vbr_config_free(journal->after);
	free(journal->bytes);
	*journal = (struct journal){ 0 };
}
