/* SPDX-License-Identifier: MIT */
/*
 * init.c - see init.h. Follows fs/exec.c, fs/binfmt_elf.c and
 * fs/binfmt_script.c: what they refuse is refused here, with the reason.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "init.h"
#include "lib/inside.h"
#include "lib/text.h"

enum {
	HEAD_SIZE = 256,	/* BINPRM_BUF_SIZE */
	DEPTH_MAX = 5,		/* scripts run by scripts: exec_binprm() */
	SEGMENTS_MAX = 64	/* program headers that are looked at */
};

struct program {
	const char *path;
	int fd;
	uint64_t size;		/* of the file */
	size_t len;
	union {
		unsigned char byte[HEAD_SIZE];
		Elf64_Ehdr elf64;
		Elf32_Ehdr elf32;
	} head;
};

static int
check_program(const char *path, int depth, struct err *e);

/* Machines that a kernel of this name runs; others are let pass. */
static bool
kernel_runs(unsigned machine)
{
	static const struct { const char *name; unsigned short machine[2]; }
	known[] = {
		{ "x86_64", { EM_X86_64, EM_386 } },
		{ "i", { EM_386, EM_386 } },	/* i386 ... i686 */
		{ "aarch64", { EM_AARCH64, EM_ARM } },
		{ "arm", { EM_ARM, EM_ARM } },
		{ "riscv", { EM_RISCV, EM_RISCV } },
		{ "mips", { EM_MIPS, EM_MIPS } },
		{ "s390", { EM_S390, EM_S390 } },
		{ "ppc64", { EM_PPC64, EM_PPC } },
		{ "ppc", { EM_PPC, EM_PPC } },
	};
	struct utsname u;
	unsigned i;

	if (uname(&u) < 0)
		return true;
	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (text_after(u.machine, known[i].name))
			return machine == known[i].machine[0] ||
				machine == known[i].machine[1];
	return true;
}

/* The program that PT_INTERP names must be there and executable. */
static int
check_interp(const struct program *p, uint64_t offset, uint64_t size,
	struct err *e)
{
	char interp[INIT_SIZE];
	ssize_t n;

	if (size < 2 || size > sizeof interp)
		return fail(e, ENOEXEC, "%s: its PT_INTERP is %llu bytes "
			"long", p->path, (unsigned long long)size);
	n = pread(p->fd, interp, (size_t)size, (off_t)offset);
	if (n != (ssize_t)size || interp[size - 1] != '\0')
		return fail(e, ENOEXEC, "%s: its PT_INTERP cannot be read",
			p->path);
	if (access(interp, F_OK) < 0)
		return fail(e, errno, "%s needs %s", p->path, interp);
	if (access(interp, X_OK) < 0)
		return fail(e, errno, "%s needs %s, which is not executable",
			p->path, interp);
	return 0;
}

/* A program header, of either class. */
struct segment {
	unsigned type;
	uint64_t offset, size;	/* in the file, bytes */
};

static int
read_segment(const struct program *p, unsigned i, struct segment *s)
{
	Elf64_Phdr ph64;
	Elf32_Phdr ph32;

	if (p->head.byte[EI_CLASS] == ELFCLASS64) {
		off_t at = (off_t)(p->head.elf64.e_phoff + i * sizeof ph64);

		if (pread(p->fd, &ph64, sizeof ph64, at) != sizeof ph64)
			return -1;
		*s = (struct segment){ ph64.p_type, ph64.p_offset,
			ph64.p_filesz };
	} else {
		off_t at = (off_t)(p->head.elf32.e_phoff + i * sizeof ph32);

		if (pread(p->fd, &ph32, sizeof ph32, at) != sizeof ph32)
			return -1;
		*s = (struct segment){ ph32.p_type, ph32.p_offset,
			ph32.p_filesz };
	}
	return 0;
}

/* A copy that was not finished: init would die of SIGBUS, and the kernel with
 * it, long after exec has taken the program for good. */
static bool
is_whole(const struct program *p, const struct segment *s)
{
	return s->offset <= p->size && s->size <= p->size - s->offset;
}

static int
check_segments(const struct program *p, unsigned count, struct err *e)
{
	struct segment s;
	unsigned i;

	for (i = 0; i < count && i < SEGMENTS_MAX; i++) {
		if (read_segment(p, i, &s) < 0 ||
		    (s.type == PT_LOAD && !is_whole(p, &s)))
			return fail(e, ENOEXEC, "%s is cut short", p->path);
		if (s.type == PT_INTERP &&
		    check_interp(p, s.offset, s.size, e) < 0)
			return -1;
	}
	return 0;
}

static int
check_elf(const struct program *p, struct err *e)
{
	/* A file of the other byte order has another machine value too. */
	unsigned machine = p->head.elf64.e_machine;
	bool is64 = p->head.byte[EI_CLASS] == ELFCLASS64;

	if (p->len < sizeof(Elf32_Ehdr) || (is64 &&
	    p->len < sizeof(Elf64_Ehdr)))
		return fail(e, ENOEXEC, "%s is cut short", p->path);
	if (!kernel_runs(machine))
		return fail(e, ENOEXEC, "%s is for another kind of machine "
			"(ELF machine %u)", p->path, machine);
	return check_segments(p, is64 ? p->head.elf64.e_phnum :
		p->head.elf32.e_phnum, e);
}

/* "#! interpreter [argument]": the interpreter is a program in turn. */
static int
check_script(const struct program *p, int depth, struct err *e)
{
	char interp[HEAD_SIZE];
	const char *start = (const char *)p->head.byte + 2;
	size_t len;

	start += strspn(start, " \t");
	len = strcspn(start, " \t\n");
	if (len == 0)
		return fail(e, ENOEXEC, "%s names no program after #!",
			p->path);
	memcpy(interp, start, len);
	interp[len] = '\0';
	if (check_program(interp, depth + 1, e) < 0) {
		if (depth == 0)
			hint(e, "%s is a script that needs it", p->path);
		return -1;
	}
	return 0;
}

static int
check_open(struct program *p, int depth, struct err *e)
{
	struct statvfs fs;
	struct stat st;
	ssize_t n;

	if (fstat(p->fd, &st) < 0 || !S_ISREG(st.st_mode))
		return fail(e, EACCES, "%s is not a regular file", p->path);
	if (!(st.st_mode & 0111))
		return fail(e, EACCES, "%s is not executable (mode %04o)",
			p->path, (unsigned)st.st_mode & 07777);
	if (fstatvfs(p->fd, &fs) == 0 && (fs.f_flag & ST_NOEXEC))
		return fail(e, EACCES, "%s lies on a file system that is "
			"mounted noexec", p->path);
	n = pread(p->fd, p->head.byte, sizeof p->head.byte - 1, 0);
	if (n < 0)
		return fail(e, errno, "read %s", p->path);
	p->size = (uint64_t)st.st_size;
	p->len = (size_t)n;
	p->head.byte[p->len] = '\0';
	if (p->len > 4 && memcmp(p->head.byte, ELFMAG, SELFMAG) == 0)
		return check_elf(p, e);
	if (p->len > 2 && memcmp(p->head.byte, "#!", 2) == 0)
		return check_script(p, depth, e);
	return fail(e, ENOEXEC, "%s is neither an ELF program nor a script "
		"that begins with #!", p->path);
}

static int
check_program(const char *path, int depth, struct err *e)
{
	struct program p = { .path = path };
	int result;

	if (depth >= DEPTH_MAX)
		return fail(e, ELOOP, "%s: scripts that run scripts", path);
	p.fd = openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (p.fd < 0)
		return fail(e, errno, "%s", path);
	result = check_open(&p, depth, e);
	close(p.fd);
	return result;
}

/* The kernel's own order (init/main.c, kernel_init()). */
static int
check_usual(char *init, struct err *e)
{
	static const char *const usual[] = { "/sbin/init", "/etc/init",
		"/bin/init", "/bin/sh" };
	struct err first = { 0, "" };
	unsigned i;

	for (i = 0; i < sizeof usual / sizeof usual[0]; i++) {
		if (check_program(usual[i], 0, e) == 0)
			return text_copy(init, INIT_SIZE, usual[i]);
		/* the fault of one that is there says more */
		if (e->code != ENOENT && first.code == 0)
			first = *e;
	}
	if (first.code) {
		*e = first;
		return -1;
	}
	return fail(e, 0, "the root has no init: none of /sbin/init, "
		"/etc/init, /bin/init, /bin/sh");
}

static int
check_here(const char *wanted, char *init, struct err *e)
{
	if (wanted[0] == '\0')
		return check_usual(init, e);
	if (check_program(wanted, 0, e) < 0)
		return -1;
	return text_copy(init, INIT_SIZE, wanted);
}

int
init_check(const char *dir, const char *wanted, char *init, struct err *e)
{
	int outside, result;

	if (!dir)
		return check_here(wanted, init, e);
	outside = inside_enter(dir, e);
	if (outside < 0)
		return -1;
	result = check_here(wanted, init, e);
	return inside_leave(outside, e) < 0 ? -1 : result;
}
