// SPDX-License-Identifier: MIT
/*
 * facts.h: what testinit tells, one function for each kind of fact; test/README
 * lists them. It is a part of testinit.c in a file of its own.
 */
#ifndef FACTS_H
#define FACTS_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "port.h"

enum {
	MAX_FD = 64,
	PF_KTHREAD = 0x200000,	/* include/linux/sched.h */
	TEXT_SIZE = 65536	/* a mount table or a list of modules */
};

static int port = -1;		/* where the facts go */
static int proc = -1;		/* a proc of our own */
static char text[TEXT_SIZE];	/* the last file that slurp() read */
static char mounts[TEXT_SIZE];	/* /proc/self/mountinfo at the start */
static char open_fds[MAX_FD];	/* which were open at the start */

#define FACT(...) dprintf(port, "FACT " __VA_ARGS__)

/* Reads a file below dir into to, always terminated; returns its length. */
static size_t
slurp_into(char *to, int dir, const char *path)
{
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	ssize_t n = 0;

	while (fd >= 0 && length < TEXT_SIZE - 1 &&
	    (n = read(fd, to + length, TEXT_SIZE - 1 - length)) > 0)
		length += (size_t)n;
	if (fd >= 0)
		close(fd);
	to[length] = '\0';
	return length;
}

static char *
slurp(int dir, const char *path)
{
	slurp_into(text, dir, path);
	text[strcspn(text, "\n")] = '\0';
	return text;
}

/* A word of a fact holds no blank. */
static void
put_word(const char *word)
{
	for (; *word != '\0'; word++) {
		if (*word == ' ' || *word == '\t' || *word == '\n')
			dprintf(port, "\\%03o", (unsigned)*word);
		else
			dprintf(port, "%c", *word);
	}
}

/* Value of "NAME:\t..." in the text of /proc/self/status or meminfo. */
static const char *
field_of(const char *name)
{
	static char value[64];
	char *at = strstr(text, name);

	if (at == NULL)
		return "";
	at += strlen(name);
	at += strspn(at, ": \t");
	snprintf(value, sizeof(value), "%.*s", (int)strcspn(at, " \n"), at);
	return value;
}

static void
fact_init(char **argv)
{
	char path[256] = "", cwd[256] = "?";
	const char *comma = "";
	mode_t mask = umask(0);

	umask(mask);
	getcwd(cwd, sizeof(cwd));
	readlinkat(proc, "self/exe", path, sizeof(path) - 1);
	FACT("init=%s pid=%d ppid=%d sid=%d pgid=%d cwd=%s umask=%04o argv=",
	    path, getpid(), getppid(), getsid(0), getpgid(0), cwd, mask);
	for (; *argv != NULL; argv++, comma = ",") {
		dprintf(port, "%s", comma);
		put_word(*argv);
	}
	dprintf(port, " fds=");
	comma = "";
	for (int fd = 0; fd < MAX_FD; fd++) {
		if (!open_fds[fd])
			continue;
		dprintf(port, "%s%d", comma, fd);
		comma = ",";
	}
	dprintf(port, "\n");
}

static void
fact_env(char **env)
{
	for (; *env != NULL; env++) {
		FACT("env=");
		put_word(*env);
		dprintf(port, "\n");
	}
}

/* Field 7 of stat(5) is the controlling terminal, 0 for none. */
static void
fact_terminal(void)
{
	unsigned tty = 0;
	char *after = strrchr(slurp(proc, "self/stat"), ')');

	if (after != NULL)
		sscanf(after + 1, " %*c %*d %*d %*d %u", &tty);
	FACT("terminal=%u:%u\n", tty >> 8 & 0xfff, tty & 0xff);
}

static void
fact_signals(void)
{
	slurp_into(text, proc, "self/status");
	FACT("signals=blocked:%s", field_of("SigBlk"));
	dprintf(port, " ignored:%s", field_of("SigIgn"));
	dprintf(port, " caught:%s\n", field_of("SigCgt"));
}

/* The line after this one, or NULL. */
static char *
next_line(char *line)
{
	line = strchr(line, '\n');
	return line != NULL && line[1] != '\0' ? line + 1 : NULL;
}

/* Mount point of a mount id, or "none" when it is in no table of ours. */
static const char *
mount_point_of(int id)
{
	static char point[256];
	int found;

	for (char *line = mounts; line != NULL; line = next_line(line))
		if (sscanf(line, "%d %*d %*s %*s %255s", &found, point) == 2 &&
		    found == id)
			return point;
	return "none";
}

static void
fact_fds(void)
{
	char name[64], path[256];
	struct stat st;

	for (int fd = 0; fd < MAX_FD; fd++) {
		if (!open_fds[fd] || fstat(fd, &st) != 0)
			continue;
		snprintf(name, sizeof(name), "self/fdinfo/%d", fd);
		slurp_into(text, proc, name);
		int id = atoi(field_of("mnt_id"));
		int flags = (int)strtol(field_of("flags"), NULL, 8);
		snprintf(name, sizeof(name), "self/fd/%d", fd);
		ssize_t n = readlinkat(proc, name, path, sizeof(path) - 1);
		path[n > 0 ? n : 0] = '\0';
		FACT("fd=%d dev=%u:%u %s mount=%s path=", fd, major(st.st_rdev),
		    minor(st.st_rdev), (flags & O_ACCMODE) == O_RDWR ? "rw" :
		    (flags & O_ACCMODE) == O_WRONLY ? "wo" : "ro",
		    mount_point_of(id));
		put_word(path);
		dprintf(port, "\n");
	}
}

/* One line of mountinfo: POINT FSTYPE SOURCE ro|rw dev= flags= super=
 * parent=, the id of the mount that it lies on. */
static void
fact_mount(const char *line, const char *key, const char *only)
{
	char dev[32], point[256], flags[256];
	char type[64], source[256], super[256];
	const char *tail = strstr(line, " - ");
	int parent;

	if (tail == NULL || sscanf(line, "%*d %d %31s %*s %255s %255s",
	    &parent, dev, point, flags) != 4 ||
	    sscanf(tail, " - %63s %255s %255s", type, source, super) != 3 ||
	    (only != NULL && strcmp(point, only) != 0))
		return;
	FACT("%s=%s%s%s %s %.2s dev=%s flags=%s super=%s parent=%d\n", key,
	    only != NULL ? "" : point, only != NULL ? "" : " ",
	    only != NULL ? source : type, only != NULL ? type : source,
	    flags, dev, flags, super, parent);
}

static void
fact_mounts(void)
{
	char point[256];

	FACT("mounts=");
	for (char *line = mounts; line != NULL; line = next_line(line))
		if (sscanf(line, "%*d %*d %*s %*s %255s", point) == 1)
			dprintf(port, "%s%s", line == mounts ? "" : " ", point);
	dprintf(port, "\n");
	for (char *line = mounts; line != NULL; line = next_line(line))
		fact_mount(line, "mount", NULL);
	for (char *line = mounts; line != NULL; line = next_line(line))
		fact_mount(line, "root", "/");
}

/* Every process but us and the kernel's threads is somebody's leftover. */
static void
fact_processes(void)
{
	DIR *dir = fdopendir(openat(proc, ".", O_RDONLY | O_CLOEXEC));
	struct dirent *entry;
	unsigned flags;
	int ppid, sid, count = 0;
	char name[300];

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		int pid = atoi(entry->d_name);
		if (pid <= 0 || pid == getpid())
			continue;
		snprintf(name, sizeof(name), "%s/stat", entry->d_name);
		char *comm = strchr(slurp(proc, name), '(');
		char *after = strrchr(text, ')');
		if (comm == NULL || after == NULL || sscanf(after + 1,
		    " %*c %d %*d %d %*d %*d %u", &ppid, &sid, &flags) != 3)
			continue;
		if (flags & PF_KTHREAD)
			continue;
		*after = '\0';
		FACT("process=%s pid=%d ppid=%d sid=%d\n", comm + 1, pid, ppid,
		    sid);
		count++;
	}
	FACT("processes=%d\n", count);
	closedir(dir);
}

static void
fact_memory(const char *key)
{
	slurp_into(text, proc, "meminfo");
	FACT("%s=shmem=%s", key, field_of("Shmem"));
	dprintf(port, " free=%s", field_of("MemFree"));
	dprintf(port, " total=%s\n", field_of("MemTotal"));
}

static void
fact_modules(void)
{
	slurp_into(text, proc, "modules");
	for (char *line = text; line != NULL; line = next_line(line))
		if (*line != '\0')
			FACT("module=%.*s\n", (int)strcspn(line, " "), line);
}

/* A directory: absent, or its entries, and whether something is mounted. */
static void
fact_directory(const char *key, const char *path)
{
	struct stat here, parent;
	struct dirent *entry;
	DIR *dir = opendir(path);

	if (dir == NULL || stat(path, &here) != 0 || stat("/", &parent) != 0) {
		FACT("%s=absent\n", key);
		return;
	}
	FACT("%s=%s entries=", key,
	    here.st_dev != parent.st_dev ? "mounted" : "plain");
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			dprintf(port, "%s,", entry->d_name);
	dprintf(port, "\n");
	closedir(dir);
}

static void
fact_kernel(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	FACT("time=ms=%lld\n",
	    (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000);
	FACT("disk=%s\n", slurp(AT_FDCWD, "/etc/disk"));
	FACT("release=%s\n", slurp(proc, "sys/kernel/osrelease"));
	FACT("cmdline=%s\n", slurp(proc, "cmdline"));
	FACT("real-root-dev=%s\n", slurp(proc, "sys/kernel/real-root-dev"));
}

#endif
