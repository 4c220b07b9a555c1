// SPDX-License-Identifier: MIT
/*
 * holder: what a rescue shell would be used for. As /bin/sh of the image it
 * loads dm-mod and maps all of the device that dmlinear= on the command line
 * names through the device mapper (dm-ioctl.h, target "linear"), says so and
 * exits; the question is then put once more.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

static char directory[128];	/* of the modules */

static int
die(const char *what)
{
	perror(what);
	return 1;
}

static void
load(const char *path)
{
	char full[512];
	int fd;

	snprintf(full, sizeof full, "%s/%s", directory, path);
	fd = open(full, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0) < 0)
		perror(full);
	if (fd >= 0)
		close(fd);
}

/* "MODULE: WHAT IT NEEDS ...": the last one first. */
static void
load_line(char *line)
{
	char *word;

	while ((word = strrchr(line, ' '))) {
		load(word + 1);
		*word = '\0';
	}
	line[strcspn(line, ":")] = '\0';
	load(line);
}

static void
load_device_mapper(void)
{
	struct utsname u;
	char line[1024];
	FILE *f;

	uname(&u);
	snprintf(directory, sizeof directory, "/lib/modules/%s", u.release);
	snprintf(line, sizeof line, "%s/modules.dep", directory);
	f = fopen(line, "r");
	while (f && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		if (strstr(line, "/dm-mod.ko:"))
			load_line(line);
	}
	if (f)
		fclose(f);
}

/* The word behind dmlinear=, "vda". */
static int
device_wanted(char name[32])
{
	static char text[4096];
	const char *word;
	FILE *f = fopen("/proc/cmdline", "r");

	if (!f || !fgets(text, sizeof text, f))
		return -1;
	fclose(f);
	word = strstr(text, "dmlinear=");
	return word && sscanf(word, "dmlinear=%31[a-z0-9]", name) == 1 ?
		0 : -1;
}

static struct {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char words[64];
} request;

static int
tell(int control, int command, unsigned targets)
{
	memset(&request.head, 0, sizeof request.head);
	request.head.version[0] = DM_VERSION_MAJOR;
	request.head.data_size = sizeof request;
	request.head.data_start = sizeof request.head;
	request.head.target_count = targets;
	strcpy(request.head.name, "linear");
	return ioctl(control, command, &request);
}

int
main(void)
{
	char name[32], node[40];
	uint64_t bytes;
	int fd, control;

	load_device_mapper();
	if (device_wanted(name) < 0)
		return die("dmlinear=");
	snprintf(node, sizeof node, "/dev/%s", name);
	fd = open(node, O_RDONLY | O_CLOEXEC);
	control = open("/dev/mapper/control", O_RDWR | O_CLOEXEC);
	if (fd < 0 || control < 0 || ioctl(fd, (int)BLKGETSIZE64, &bytes) < 0)
		return die(node);
	strcpy(request.target.target_type, "linear");
	request.target.length = bytes / 512;
	snprintf(request.words, sizeof request.words, "%s 0", node);
	if (tell(control, (int)DM_DEV_CREATE, 0) < 0 ||
	    tell(control, (int)DM_TABLE_LOAD, 1) < 0 ||
	    tell(control, (int)DM_DEV_SUSPEND, 0) < 0)
		return die("device mapper");
	printf("holder: dm-0 holds %s\n", name);
	return 0;
}
