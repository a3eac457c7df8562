/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A library for /etc/ld.so.preload of a guest that uml-exec has started: every
 * program that is started there gets this process's GLIBC_TUNABLES, even if the
 * caller gives it another environment.
 *
 * A program without this variable uses AVX registers, which such a guest does
 * not preserve, and silently computes wrong results.  Statically linked
 * programs do not load this library; they pass on the environment that they
 * have.
 */
#include <dlfcn.h>
#include <errno.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "GLIBC_TUNABLES"
/* More arguments than any call of execl() has. */
#define WORDS 512
#define VISIBLE __attribute__((visibility("default")))

/* "NAME=value", or empty: then environments are not changed. */
static char variable[1024];

static struct {
	__typeof__(execve) *execve;
	__typeof__(execvpe) *execvpe;
	__typeof__(fexecve) *fexecve;
	__typeof__(popen) *popen;
	__typeof__(posix_spawn) *posix_spawn;
	__typeof__(posix_spawnp) *posix_spawnp;
	__typeof__(system) *system;
} libc;

#define FIND(function) \
	(libc.function = (__typeof__(libc.function))dlsym(RTLD_NEXT, #function))

/* Looks up the symbols at start, because a child of vfork() must not do so. */
static void __attribute__((constructor)) begin(void)
{
	const char *value = getenv(NAME);
	int length;

	FIND(execve);
	FIND(execvpe);
	FIND(fexecve);
	FIND(popen);
	FIND(posix_spawn);
	FIND(posix_spawnp);
	FIND(system);
	if (!value)
		return;
	length = snprintf(variable, sizeof(variable), NAME "=%s", value);
	if (length < 0 || (size_t)length >= sizeof(variable))
		variable[0] = '\0';
}

static size_t count(char *const envp[])
{
	size_t n = 0;

	while (envp && envp[n])
		n++;
	return n;
}

/* ret_envp must have room for envp, the variable and NULL. */
static char **fill(char *const envp[], char **ret_envp)
{
	size_t to = 0;

	for (; envp && *envp; envp++)
		if (!variable[0] ||
		    strncmp(*envp, NAME "=", strlen(NAME "=")) != 0)
			ret_envp[to++] = *envp;
	if (variable[0])
		ret_envp[to++] = variable;
	ret_envp[to] = NULL;
	return ret_envp;
}

VISIBLE int execve(const char *path, char *const argv[], char *const envp[])
{
	char *kept[count(envp) + 2];

	return libc.execve(path, argv, fill(envp, kept));
}

VISIBLE int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

VISIBLE int execvpe(const char *file, char *const argv[], char *const envp[])
{
	char *kept[count(envp) + 2];

	return libc.execvpe(file, argv, fill(envp, kept));
}

VISIBLE int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}

VISIBLE int fexecve(int fd, char *const argv[], char *const envp[])
{
	char *kept[count(envp) + 2];

	return libc.fexecve(fd, argv, fill(envp, kept));
}

/* Reads arguments up to NULL.  Returns false if there are too many. */
static bool collect(const char *word, va_list *words, char **ret_argv)
{
	size_t n;

	for (n = 0; word && n < WORDS - 1; n++) {
		ret_argv[n] = (char *)word;
		word = va_arg(*words, const char *);
	}
	ret_argv[n] = NULL;
	if (word)
		errno = E2BIG;
	return !word;
}

VISIBLE int execl(const char *path, const char *word, ...)
{
	char *argv[WORDS];
	va_list words;
	bool all;

	va_start(words, word);
	all = collect(word, &words, argv);
	va_end(words);
	return all ? execv(path, argv) : -1;
}

VISIBLE int execlp(const char *file, const char *word, ...)
{
	char *argv[WORDS];
	va_list words;
	bool all;

	va_start(words, word);
	all = collect(word, &words, argv);
	va_end(words);
	return all ? execvp(file, argv) : -1;
}

VISIBLE int execle(const char *path, const char *word, ...)
{
	char *const *envp = NULL;
	char *argv[WORDS];
	va_list words;
	bool all;

	va_start(words, word);
	all = collect(word, &words, argv);
	if (all)
		envp = va_arg(words, char *const *);
	va_end(words);
	return all ? execve(path, argv, envp) : -1;
}

VISIBLE int posix_spawn(pid_t *ret_pid, const char *path,
			const posix_spawn_file_actions_t *actions,
			const posix_spawnattr_t *attributes, char *const argv[],
			char *const envp[])
{
	char *kept[count(envp) + 2];

	return libc.posix_spawn(ret_pid, path, actions, attributes, argv,
				fill(envp, kept));
}

VISIBLE int posix_spawnp(pid_t *ret_pid, const char *file,
			 const posix_spawn_file_actions_t *actions,
			 const posix_spawnattr_t *attributes,
			 char *const argv[], char *const envp[])
{
	char *kept[count(envp) + 2];

	return libc.posix_spawnp(ret_pid, file, actions, attributes, argv,
				 fill(envp, kept));
}

/* system() and popen() start programs by a function inside libc, which cannot
 * be replaced here.  It uses the environment of the process, from which the
 * program may have removed the variable. */
static void restore(void)
{
	const char *value = getenv(NAME);
	const char *wanted = variable + strlen(NAME "=");

	if (variable[0] && (!value || strcmp(value, wanted) != 0))
		setenv(NAME, wanted, 1);
}

VISIBLE int system(const char *command)
{
	restore();
	return libc.system(command);
}

VISIBLE FILE *popen(const char *command, const char *mode)
{
	restore();
	return libc.popen(command, mode);
}
