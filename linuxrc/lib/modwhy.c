/* SPDX-License-Identifier: MIT */
/*
 * modwhy.c - see modwhy.h.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "lib/modfile.h"
#include "lib/modwhy.h"

enum { KERNEL_ENOTSUPP = 524 };	/* include/linux/errno.h */

static const char keep_signature[] = "take the module that was signed with "
	"this kernel; strip(1) and mkinitrd --unsigned cut it off";

static const struct reason {
	int error;
	const char *why, *hint;
} reasons[] = {
	{ ENOENT, "it needs a symbol that this kernel does not have",
		"the image's modules are of another build; the kernel log "
		"names the symbol" },
	{ ENOEXEC, "the kernel does not accept the file as its module",
		"it was built for another kernel, or is damaged; the kernel "
		"log says more" },
	{ ENOKEY, "it is not signed with a key that the kernel trusts",
		keep_signature },
	{ EKEYREJECTED, "the kernel does not accept its signature: another "
		"key, or a file that was changed", keep_signature },
	{ EBADMSG, "the kernel does not accept its signature: it is damaged",
		keep_signature },
	{ ENOPKG, "the kernel cannot check its signature",
		"it lacks the hash or the cipher of it" },
	{ EPERM, "the kernel forbids it",
		"lockdown, a security policy or kernel.modules_disabled" },
	{ ENODEV, "it found no device that it drives", NULL },
	{ ENOSYS, "the kernel takes no modules", "it needs CONFIG_MODULES" },
};

static int
cannot_inflate(const struct modload *l, struct err *e)
{
	fail(e, 0, "module %s: the kernel cannot decompress %s", l->name,
		l->path);
	return hint(e, "store it uncompressed in the image, or use a kernel "
		"with CONFIG_MODULE_DECOMPRESS and CONFIG_MODULE_COMPRESS_%s",
		modload_compression(l->path));
}

static bool
is_about_decompression(const struct modload *l, int error)
{
	/* EINVAL: an unknown flag before Linux 5.17, then another format */
	return modload_compression(l->path) && (error == EINVAL ||
		error == EOPNOTSUPP || error == ENOSYS ||
		error == KERNEL_ENOTSUPP);
}

static bool
is_about_signature(int error)
{
	return error == ENOKEY || error == EKEYREJECTED || error == EBADMSG;
}

/* Errors of the driver's own are not: its file was good enough to run. */
static bool
is_about_file(int error)
{
	return is_about_signature(error) || error == ENOEXEC ||
		error == ENOENT || error == EINVAL || error == EPERM ||
		error == ENOMEM || error == EFBIG;
}

/* What the file itself tells of the reason. 0: nothing; -1: a sentence. */
static int
judge(const struct modload *l, int error, const struct modfile *f,
	struct err *e)
{
	char built[MODFILE_VERMAGIC_SIZE];

	if (error == ENOMEM || error == EFBIG) {
		fail(e, error, "module %s", l->name);
		return hint(e, "it has %zu bytes", f->size);
	}
	if (!f->elf)
		return fail(e, 0, "module %s: %s does not begin as a module "
			"does", l->name, l->path);
	if (f->cut)
		return fail(e, 0, "module %s: %s is cut short: it has %zu "
			"bytes of %llu or more", l->name, l->path, f->size,
			(unsigned long long)f->want);
	if (!f->is_signed && is_about_signature(error)) {
		fail(e, 0, "module %s: it is not signed, and this kernel "
			"takes only signed ones", l->name);
		return hint(e, "%s", keep_signature);
	}
	if (!f->is_signed && error == EPERM) {
		fail(e, 0, "module %s: the kernel forbids it, and it is not "
			"signed", l->name);
		return hint(e, "lockdown takes only signed modules, "
			"kernel.modules_disabled none");
	}
	if (!modfile_is_of_other(f, l->release, built))
		return 0;
	fail(e, 0, "module %s: it was built for Linux %s, and this is %s",
		l->name, built, l->release);
	return hint(e, "put the modules of this kernel into the image");
}

static int
tell_by_file(const struct modload *l, int error, struct err *e)
{
	struct modload_image image;
	struct modfile f;

	if (!is_about_file(error) || modload_compression(l->path) ||
	    modload_image(l, &image, e) < 0)
		return 0;
	modfile_look(image.data, image.size, &f);
	modload_drop(&image);
	return judge(l, error, &f, e);
}

static int
tell_by_code(const struct modload *l, int error, struct err *e)
{
	const struct reason *r = reasons;
	const struct reason *end = r + sizeof reasons / sizeof reasons[0];

	while (r < end && r->error != error)
		r++;
	if (r < end) {
		fail(e, 0, "module %s: %s", l->name, r->why);
		return r->hint ? hint(e, "%s", r->hint) : -1;
	}
	if (error != EINVAL)
		return fail(e, error, "module %s", l->name);
	fail(e, 0, "module %s: the kernel refuses %s", l->name, l->params[0] ?
		"one of its parameters or values" :
		"it, or the version of a symbol that it needs");
	return hint(e, "the kernel log names it");
}

int
modwhy_refused(const struct modload *l, int error, struct err *e)
{
	if (is_about_decompression(l, error))
		cannot_inflate(l, e);
	else if (tell_by_file(l, error, e) == 0)
		tell_by_code(l, error, e);
	e->code = error;
	return -1;
}
