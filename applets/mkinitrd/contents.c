/* SPDX-License-Identifier: MIT */
/*
 * contents.c - see contents.h. Later things replace earlier ones of the same
 * name: the skeleton comes first.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "add.h"
#include "contents.h"
#include "kernel.h"
#include "lib/file.h"
#include "lib/rootspec.h"
#include "lib/text.h"
#include "memory.h"
#include "meant.h"
#include "oldimage.h"
#include "path.h"
#include "rescue.h"

enum { CONF_SIZE = 64 * 1024 };	/* bytes; linuxrc reads no more */

/* What linuxrc works with, so that it need not make them. */
static int
make_directories(struct tree *t, struct err *e)
{
	static const char *const name[] = { "dev", "etc", "new-root", "proc",
		"run", "sys" };

	for (unsigned i = 0; i < sizeof name / sizeof name[0]; i++)
		if (!tree_put(t, name[i], S_IFDIR | 0755, e))
			return -1;
	return 0;
}

static int
make_device(struct tree *t, const char *path, mode_t mode, unsigned minor,
	struct err *e)
{
	struct node *node = tree_put(t, path, mode, e);

	if (!node)
		return -1;
	node->major = S_ISCHR(mode) ? 5 : 1;
	node->minor = minor;
	return 0;
}

/* Those that the kernel's document and initrd(4) make. */
static int
make_devices(struct tree *t, struct err *e)
{
	if (make_device(t, "dev/console", S_IFCHR | 0600, 1, e) < 0)
		return -1;
	return make_device(t, "dev/initrd", S_IFBLK | 0400, 250, e);
}

/* ------------------------------------------------------------- linuxrc */

static const char *
beside_us(struct err *e)
{
	static char path[PATH_SIZE];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path -
		sizeof "linuxrc");
	char *slash;

	path[n > 0 ? n : 0] = '\0';
	slash = strrchr(path, '/');
	memcpy(slash ? slash + 1 : path, "linuxrc", sizeof "linuxrc");
	if (slash && access(path, R_OK) == 0)
		return path;
	fail(e, errno, "%s, beside this program", path);
	hint(e, "say --linuxrc FILE");
	return NULL;
}

/* /linuxrc, and for an initramfs /init, which is the same file. */
static int
make_linuxrc(struct tree *t, const struct request *r, struct err *e)
{
	const char *file = r->linuxrc ? r->linuxrc : beside_us(e);
	struct node *init;

	if (!file)
		return -1;
	if (access(file, R_OK) < 0) {
		fail(e, errno, "--linuxrc %s", file);
		return meant_file(file, e);
	}
	if (add_program(t, file, "linuxrc", e) < 0)
		return -1;
	if (!r->form->is_cpio)
		return 0;
	init = tree_put(t, "init", S_IFLNK | 0777, e);
	if (!init)
		return -1;
	init->target = memory_text("linuxrc");
	return 0;
}

/* ---------------------------------------------------------------- conf */

/* A line that linuxrc reads as this root, whatever stands before it. */
static int
append_root(char *text, const char *root, struct err *e)
{
	const char *quote = strpbrk(root, " \t") ? "\"" : "";
	struct root_spec spec;

	if (rootspec_parse(root, "", &spec, e) < 0)
		return -1;
	if (strpbrk(root, "\"\n"))
		return fail(e, 0, "--root %s: neither a quote nor a new line "
			"can stand in linuxrc.conf", root);
	if (text_add(text, CONF_SIZE, "%s%sroot=%s%s\n", text[0] &&
	    text[strlen(text) - 1] != '\n' ? "\n" : "", quote, root,
	    quote) < 0)
		return fail(e, EFBIG, "linuxrc.conf with --root");
	return 0;
}

static int
read_conf(char *text, const char *path, struct err *e)
{
	if (file_read(AT_FDCWD, path, text, CONF_SIZE, e) >= 0)
		return 0;
	hint(e, "--conf");
	return meant_file(path, e);
}

static int
make_conf(struct tree *t, const struct request *r, struct err *e)
{
	static char text[CONF_SIZE];
	struct node *node;

	if (!r->conf && !r->root)
		return 0;
	if (r->conf && read_conf(text, r->conf, e) < 0)
		return -1;
	if (r->root && append_root(text, r->root, e) < 0)
		return -1;
	node = tree_put(t, "etc/linuxrc.conf", S_IFREG | 0644, e);
	return node ? tree_store(t, node, text, strlen(text), e) : -1;
}

int
contents_make(struct tree *t, const struct request *r, struct err *e)
{
	if (make_directories(t, e) < 0 || make_devices(t, e) < 0)
		return -1;
	if (r->skel && add_skeleton(t, r->skel, e) < 0)
		return -1;
	if (make_linuxrc(t, r, e) < 0 || make_conf(t, r, e) < 0)
		return -1;
	for (unsigned i = 0; i < r->add.count; i++)
		if (add_argument(t, r->add.text[i], e) < 0)
			return -1;
	if (r->rescue && rescue_put(t, e) < 0)
		return -1;
	if (r->compat && oldimage_put(t, r->compat, e) < 0)
		return -1;
	return kernel_put(t, r, e);
}
