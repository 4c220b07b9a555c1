/* SPDX-License-Identifier: MIT */
/*
 * insmod - put a module's file into the kernel: insmod(8) of kmod. Compressed
 * files are taken as linuxrc takes them: .gz by us, .xz and .zst by the kernel.
 *
 * Deviations: no -f, -s, -v; - does not mean standard input.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>

#include "lib/applet.h"
#include "lib/modindex.h"
#include "lib/modload.h"
#include "lib/module.h"
#include "lib/text.h"

int
insmod_main(int argc, char **argv)
{
	static char params[MODRULE_PARAMS_SIZE];
	char name[MODULE_NAME_SIZE];
	struct utsname kernel;
	struct modload l = { .dir = AT_FDCWD, .path = argv[1], .name = name,
		.params = params, .release = kernel.release };
	struct piece path;
	struct err e;
	int result;

	if (argc < 2 || argv[1][0] == '-')
		applet_usage("insmod FILE [PARAMETER[=VALUE]...]");
	for (int i = 2; i < argc; i++)
		if (text_add(params, sizeof params, "%s%s", i > 2 ? " " : "",
		    argv[i]) < 0)
			applet_fail(0, "parameters of more than %d bytes",
				MODRULE_PARAMS_SIZE - 1);
	path.text = argv[1];
	path.len = strlen(argv[1]);
	if (modindex_name(path, name, sizeof name) < 0)
		applet_fail(0, "%s: not called .ko, .ko.gz, .ko.xz or .ko.zst",
			argv[1]);
	uname(&kernel);
	result = modload_file(&l, &e);
	if (result < 0)
		applet_die(&e);
	if (result > 0)
		applet_fail(0, "%s: this module is loaded already", name);
	return 0;
}
