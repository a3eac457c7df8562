/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Files in a folder that nobody else may write to. */

#include "config.h"

#include "sys/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int check_owner(int fd)
{
	struct stat info;

	if (fstat(fd, &info) < 0)
		return -errno;
	if (info.st_uid != geteuid() || info.st_mode & (S_IRWXG | S_IRWXO))
		return -EPERM;
	return 0;
}

int folder_open(const char *path, int *ret_fd)
{
	int fd, rc;

	if (mkdir(path, S_IRWXU) < 0 && errno != EEXIST)
		return -errno;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	rc = check_owner(fd);
	if (rc < 0)
		close(fd);
	else
		*ret_fd = fd;
	return rc;
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t count = write(fd, bytes, len);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -errno;
		bytes += count;
		len -= (size_t)count;
	}
	return 0;
}

int folder_write(int folder, const char *name, const char *bytes, size_t len)
{
	char draft[NAME_MAX];
	int fd, rc;

	snprintf(draft, sizeof(draft), "%s.new", name);
	/* A process that was killed may have left it. */
	unlinkat(folder, draft, 0);
	fd = openat(folder, draft,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    S_IRUSR | S_IWUSR);
	if (fd < 0)
		return -errno;
	rc = write_all(fd, bytes, len);
	if (close(fd) < 0 && rc == 0)
		rc = -errno;
	if (rc == 0 && renameat(folder, draft, folder, name) < 0)
		rc = -errno;
	if (rc < 0)
		unlinkat(folder, draft, 0);
	return rc;
}

/* The file may have been truncated meanwhile. */
static int read_all(int fd, size_t size, char **ret_bytes, size_t *ret_len)
{
	char *bytes = malloc(size + 1);
	size_t len = 0;
	ssize_t count = 1;

	if (!bytes)
		return -ENOMEM;
	while (len < size && count > 0) {
		count = read(fd, bytes + len, size - len);
		if (count < 0 && errno == EINTR)
			count = 1;
		else if (count > 0)
			len += (size_t)count;
	}
	if (count < 0) {
		free(bytes);
		return -errno;
	}
	bytes[len] = '\0';
	*ret_bytes = bytes;
	*ret_len = len;
	return 0;
}

int folder_read(int folder, const char *name, char **ret_bytes, size_t *ret_len)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat info;
	int rc;

	if (fd < 0)
		return -errno;
	rc = fstat(fd, &info) < 0 ? -errno : 0;
	if (rc == 0 && !S_ISREG(info.st_mode))
		rc = -EINVAL;
	if (rc == 0 && info.st_size > INT_MAX)
		rc = -EFBIG;
	if (rc == 0)
		rc = read_all(fd, (size_t)info.st_size, ret_bytes, ret_len);
	close(fd);
	return rc;
}

int folder_remove(int folder, const char *name)
{
	return unlinkat(folder, name, 0) < 0 ? -errno : 0;
}
