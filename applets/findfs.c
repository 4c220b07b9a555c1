/* SPDX-License-Identifier: MIT */
/*
 * findfs - the device that has a tag: findfs(8) of util-linux, with its exit
 * statuses.
 */
#include <string.h>

#include "lib/applet.h"
#include "lib/tags.h"

int
findfs_main(int argc, char **argv)
{
	char name[BLOCKDEV_NAME_SIZE], node[BLOCKDEV_NAME_SIZE];
	struct blockdevs here;
	struct err e;
	int found;

	if (argc != 2)
		applet_usage("findfs LABEL=|UUID=|PARTUUID=|PARTLABEL=VALUE");
	if (!strchr(argv[1], '=')) {
		applet_print("%s\n", argv[1]);
		return 0;
	}
	tags_here(&here);
	found = tags_find(&here, argv[1], name, &e);
	if (found < 0)
		applet_die(&e);
	if (found == 0)
		applet_fail(0, "%s: no device has it", argv[1]);
	blockdev_node(here.dev, name, node);
	applet_print("/dev/%s\n", node);
	return 0;
}
