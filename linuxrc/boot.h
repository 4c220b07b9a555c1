/* SPDX-License-Identifier: MIT */
/*
 * boot.h - READ FIRST: the structs that flow through a boot. No functions.
 *
 * text (command line, linuxrc.conf) -> boot_options -> root_spec
 *   -> root_device -> mounted_root -> the hand-over.
 *
 * All of them live in one struct boot, in memory shared by the supervisor
 * (which never dies and parses nothing) and the worker that does the steps.
 * So: fixed sizes, no pointers. Every size stands here with its reason; what
 * does not fit is an error that names the limit, never a silent cut.
 */
#ifndef LINUXRC_BOOT_H
#define LINUXRC_BOOT_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/dhcp.h"
#include "lib/err.h"
#include "lib/logbook.h"
#include "lib/moddone.h"
#include "lib/timeline.h"

enum {
	CMDLINE_SIZE = 36864,	/* 4096 (longest COMMAND_LINE_SIZE) + 32768
				   (XBC_DATA_MAX of a bootconfig) */
	ROOT_TEXT_SIZE = 1024,	/* root=: a tag with a 255-byte label, or
				   nfs:SERVER:/PATH; the kernel cuts at 63 */
	ROOTFLAGS_SIZE = 4096,	/* mount(2) copies one page of data */
	FSTYPES_SIZE = 256,	/* rootfstype=: a comma list */
	IMAGE_SIZE = 1024,	/* linuxrc.image=: as init=, with a TYPE */
	RESUME_SIZE = 400,	/* resume=: LABEL= with the longest label that
				   libblkid gives; the kernel cuts at 255 */
	INIT_SIZE = 1024,	/* init=: far above any real path */
	NAME_SIZE = 256,	/* NAME_MAX + NUL: one path component */
	DEVNAME_SIZE = 32,	/* DISK_NAME_LEN of the kernel */
	FSTYPE_SIZE = 32,	/* longest registered type name is under 16 */
	BASE_SIZE = 64,		/* a directory of the initrd's own */
	TYPED_SIZE = 4096,	/* all options typed at the question */
	MODULES_SIZE = 512,	/* linuxrc.modules=: as many as a machine has */
	MODULE_WORDS_SIZE = 512,	/* the same, of their parameters */
	NET_SIZE = 512,		/* ip=: one line for each of up to four
				   interfaces */
	UNKNOWN_SIZE = 256,	/* names of unknown linuxrc. words */
	REFUSED_SIZE = 512,	/* words that linuxrc.lock refuses */
	FALLBACKS_MAX = 7,	/* linuxrc.rootfallback=: far more than a
				   machine has systems */
};

/* Who started us, so how we must leave. README, "Contracts". */
enum contract {
	CONTRACT_NONE,		/* not yet learnt */
	CONTRACT_LINUXRC,	/* kernel < 7.0 runs /linuxrc as a helper */
	CONTRACT_RAM0,		/* PID 1 on a block initrd: init=/linuxrc */
	CONTRACT_INITRAMFS,	/* PID 1 on rootfs: /init or rdinit= */
	CONTRACT_COMPAT,	/* the same, beside a classic initrd image:
				   we do what the kernel did with it */
	CONTRACT_CHROOT,	/* a rehearsal on a running system */
	CONTRACT_COUNT
};

/* The name of the process that runs the /linuxrc of an old image in the
 * kernel's place, by which a linuxrc of that image knows it (at most 15). */
#define COMPAT_NAME "linuxrc-compat"

/* Where an option's value came from; later ones win. */
enum origin {
	ORIGIN_DEFAULT,		/* built in */
	ORIGIN_KERNEL,		/* real-root-dev as the kernel preset it */
	ORIGIN_FILE,		/* /etc/linuxrc.conf, /etc/linuxrc.d/ */
	ORIGIN_CMDLINE,
	ORIGIN_DIALOG,		/* typed at the question */
	ORIGIN_COUNT
};

/* The steps of the boot in their order: the procedure in main.c. */
enum step_number {
	STEP_CONTRACT, STEP_CONSOLE, STEP_KERNFS, STEP_OPTIONS, STEP_DRIVERS,
	STEP_RESCUE,
	STEP_RESUME_FIRST,	/* compat: before /linuxrc mounts anything */
	STEP_UNPACK, STEP_LINUXRC, STEP_NETWORK, STEP_DEVICE, STEP_RESUME,
	STEP_ROOTFS, STEP_INIT, STEP_NETCONF,
	STEP_HANDOVER,		/* the supervisor's */
	STEP_COUNT
};

enum handover_way {		/* linuxrc.handover=, contract linuxrc only */
	HANDOVER_PIVOT_ROOT,	/* we mount the root and pivot; 0x100 */
	HANDOVER_CHANGE_ROOT	/* the kernel mounts it, by number */
};

enum onfail {			/* linuxrc.onfail= */
	ONFAIL_DIALOG, ONFAIL_SHELL, ONFAIL_REBOOT, ONFAIL_POWEROFF,
	ONFAIL_HALT, ONFAIL_EXIT
};

enum coldplug {			/* linuxrc.coldplug=, linuxrc.nomodules */
	COLDPLUG_STORAGE, COLDPLUG_ALL, COLDPLUG_NONE
};

enum ramdisk_on {		/* linuxrc.ramdisk= */
	RAMDISK_ON_AUTO, RAMDISK_ON_LOOP, RAMDISK_ON_BRD
};

enum front_end {			/* linuxrc.ui= */
	UI_AUTO,		/* what each terminal is decides */
	UI_FULL, UI_LINE,
	UI_NONE			/* nobody is asked */
};

enum log_place {		/* linuxrc.log= */
	LOG_AUTO,		/* where that hides nothing; see runlog.h */
	LOG_TO_RUN, LOG_NOWHERE
};

enum { WAIT_FOREVER = -1, NOT_GIVEN = -2 };	/* seconds */

/*
 * What the person asked for. Filled by lib/options from text; every value
 * has its origin in an array indexed by the same enum.
 */
enum option {
	OPT_ROOT, OPT_ROOTFSTYPE, OPT_ROOTFLAGS, OPT_RW, OPT_INIT,
	OPT_ROOTFALLBACK,
	OPT_ROOTWAIT, OPT_ROOTDELAY, OPT_TIMEOUT, OPT_PANIC,
	OPT_NFSROOT, OPT_NFSADDRS, OPT_BOOTIF, OPT_DHCPCLASS,
	OPT_CARRIER_TIMEOUT, OPT_IMAGE, OPT_OVERLAY,
	OPT_RESUME, OPT_RESUME_OFFSET, OPT_NORESUME, OPT_RESUMEDELAY,
	OPT_HANDOVER, OPT_INITRD, OPT_PUTOLD, OPT_ONFAIL, OPT_COLDPLUG,
	OPT_MODULES, OPT_DEBUG, OPT_EXPLAIN, OPT_LOCK,
	OPT_COMPAT, OPT_RAMDISK, OPT_RAMDISK_START, OPT_RAMDISK_SIZE,
	OPT_NOINITRD,
	OPT_UI, OPT_LOG, OPT_WATCHDOG, OPT_RESCUE,
	OPT_COUNT
};

struct boot_options {
	bool rw;			/* default ro, as the kernel */
	bool initrd_free;		/* linuxrc.initrd=free */
	bool overlay;			/* linuxrc.overlay=tmpfs */
	bool debug;
	bool explain;
	bool noresume;			/* noresume, nohibernate ... */
	bool lock;			/* never cleared again: struct boot's
					   locked sees to that */
	bool watchdog_keep;		/* it runs on after the hand-over */
	bool init_refused;		/* by the lock; but the kernel runs
					   /linuxrc, and will run this init */
	bool modules_refused;		/* by the lock: words for modules */
	bool compat;			/* linuxrc.compat, with or without = */
	bool noinitrd;
	bool rescue;			/* linuxrc.rescue: the menu first */
	int rootwait_s;			/* seconds, WAIT_FOREVER, NOT_GIVEN */
	int rootdelay_s;		/* seconds, 0 when not given */
	int timeout_s;			/* seconds or NOT_GIVEN */
	int panic_s;			/* panic=: >0 wait, <0 at once, 0 stay;
					   NOT_GIVEN when absent */
	int watchdog_s;			/* seconds; 0 its own; NOT_GIVEN */
	int resumedelay_s;		/* seconds, 0 when not given */
	int carrier_timeout_s;		/* seconds; default 120 */
	uint64_t resume_offset;		/* pages; 0 when not given */
	enum handover_way handover;
	enum onfail onfail;
	enum coldplug coldplug;
	enum ramdisk_on ramdisk;
	int ramdisk_start;		/* in the image's file; 0: sought */
	int ramdisk_size;		/* 0: as large as the image */
	enum front_end ui;
	enum log_place log;
	unsigned fallbacks;		/* entries of rootfallback[] */
	unsigned char origin[OPT_COUNT];	/* enum origin */
	char root[ROOT_TEXT_SIZE];	/* as spelt, quotes removed */
	char rootfstype[FSTYPES_SIZE];	/* "" or comma list */
	char init[INIT_SIZE];		/* "" or absolute path in the root */
	char putold[NAME_SIZE];		/* directory for the old root */
	char resume[RESUME_SIZE];	/* as root, "" when not given */
	char unknown[UNKNOWN_SIZE];	/* unknown linuxrc. words, blank
					   separated; the caller warns */
	char refused[REFUSED_SIZE];	/* words that the lock refuses, blank
					   separated; the caller warns */
	char image[IMAGE_SIZE];		/* "" or PATH[#N][:TYPE] */
	char compat_at[IMAGE_SIZE];	/* linuxrc.compat=: "", SPEC:/PATH or
					   /PATH of the initramfs */
	char modules[MODULES_SIZE];	/* to load by name, comma list */
	char module_words[MODULE_WORDS_SIZE];	/* of linuxrc.conf:
					   MODULE.PARAM=VALUE, blacklists */
	char nfsaddrs[NET_SIZE];	/* ip=, nfsaddrs= or nfs_root_addrs=:
					   all lines, blanks between */
	char bootif[32];		/* BOOTIF=, "" or an address */
	char dhcpclass[NAME_SIZE];	/* dhcpclass=: an option of DHCP */
	char nfsroot[ROOT_TEXT_SIZE];	/* nfsroot= or nfs_root_name= */
	char rootflags[ROOTFLAGS_SIZE];	/* words, comma separated */
	/* as root, the most wanted first */
	char rootfallback[FALLBACKS_MAX][ROOT_TEXT_SIZE];
};

enum root_kind {
	ROOT_NONE,		/* nothing given */
	ROOT_NAME,		/* /dev/NAME: value is NAME */
	ROOT_UUID, ROOT_LABEL, ROOT_PARTUUID, ROOT_PARTLABEL,
	ROOT_DISK_PATH,		/* /dev/disk/by-path/NAME: value is NAME */
	ROOT_DISK_ID,		/* /dev/disk/by-id/NAME */
	ROOT_NUMBER,		/* major:minor, or hexadecimal */
	ROOT_NFS,		/* /dev/nfs, nfs:, nfs4:; value is SERVER:PATH
				   once the network is there */
	ROOT_MTD,		/* mtd... or ubi...: value is the source for
				   mount(2); no block device, no wait */
	ROOT_NODEV,		/* with rootfstype=: the source for those of
				   its types that need no device (9p ...) */
	ROOT_AUTO,		/* auto: the one that looks like a root */
	ROOT_ASK,		/* ask: the question at once */
	ROOT_OTHER		/* a spelling for which no room is built */
};

/* root= understood. Filled by lib/rootspec. */
struct root_spec {
	enum root_kind kind;
	char value[ROOT_TEXT_SIZE];	/* name or tag, without its prefix */
	int partnroff;			/* PARTUUID=.../PARTNROFF=d, else 0 */
	unsigned major, minor;		/* ROOT_NUMBER */
};

/* The block device that root_spec stands for. Filled by device.c. */
struct root_device {
	char name[DEVNAME_SIZE];	/* kernel name: "vda2"; ! for / */
	unsigned major, minor;
	char fstype[FSTYPE_SIZE];	/* what libblkid saw, or "" */
};

/* The root mounted, not yet "/". Filled by rootfs.c. */
struct mounted_root {
	char dir[BASE_SIZE];		/* where: "/new-root" */
	char fstype[FSTYPE_SIZE];	/* the type that the kernel took */
	unsigned long flags;		/* MS_* that it was mounted with */
	uint64_t st_dev;		/* of its root directory: what the
					   supervisor checks */
};

/* Where the configuration of a network came from. */
enum net_protocol {
	NET_STATIC,		/* ip= has all */
	NET_KERNEL,		/* the kernel did it before us, or /linuxrc of
				   an old image */
	NET_DHCP, NET_BOOTP
};

/* The network as it was configured. Filled by net.c and netapply.c. */
struct net_result {
	char device[16];		/* "": none was */
	int index;			/* its interface */
	uint8_t mac[6];
	enum net_protocol protocol;
	uint32_t server;		/* for an NFS root, in the order of
					   this machine's bytes; 0: none */
	struct dhcp_reply lease;	/* with what ip= gave put in; alone
					   when protocol is NET_STATIC */
};

/* What kernfs.c mounted; so handover.c unmounts or moves just that. */
struct kernfs {
	char base[BASE_SIZE];	/* "" or the directory that got our tmpfs;
				   proc, sys, dev, new-root lie below it */
	bool bare;		/* nothing was mounted but "/", so there is
				   nothing to look for */
	bool base_ours;		/* base carries a tmpfs of ours */
	bool proc_ours, sys_ours, dev_ours;	/* mounted by us */
	bool proc_made, sys_made, dev_made, new_root_made;	/* directories
					   that the initrd did not have */
};

/* Contract compat: how far the kernel's part has been played. */
struct compat {
	bool unpacked;		/* the initrd is mounted on its directory */
	bool brd;		/* its RAM disk is /dev/ram0, else a loop
				   device, which frees itself */
	bool as_root;		/* root=/dev/ram0: it is the root */
	bool done;		/* its /linuxrc has been run, or is not to be */
	bool is_root;		/* what is mounted there now is the root */
	unsigned verdict;	/* enum realroot_kind of lib/realroot.h */
	uint32_t number;	/* what it left in real-root-dev, else 0 */
};

/* What the worker wants when it ends. */
enum outcome {
	OUTCOME_NONE,		/* it did not say: it crashed */
	OUTCOME_READY,		/* hand over now */
	OUTCOME_RETRY,		/* a fresh worker, from boot.step */
	OUTCOME_REBOOT, OUTCOME_POWEROFF, OUTCOME_HALT,
	OUTCOME_UNATTENDED,	/* nobody answered: what panic= says */
	OUTCOME_EXIT,		/* contract linuxrc: let the kernel try */
	OUTCOME_DONE,		/* rehearsal ended well */
	OUTCOME_FAILED,		/* rehearsal found a fault */
	OUTCOME_COUNT
};

/* In this order few of the shared pages are ever touched (10 thousand
 * instructions each): what is large and mostly empty stands between its first
 * byte, which is used, and its last, which the supervisor checks. */
struct boot {
	/* seen by main() before anything was forked */
	int pid, ppid, sid;

	/* learnt once */
	enum contract contract;
	bool rehearsal;			/* --explain: cmdline is its argument */
	int64_t start_ms;		/* CLOCK_MONOTONIC at main() */
	bool console;			/* somebody could answer on fd 0 */
	int panic_s;			/* panic=, or the kernel's own value:
					   >0 wait, <0 at once, 0 stay */
	uint64_t rootfs_dev;		/* st_dev of the kernel's rootfs when
					   "/" is that; else 0 */
	struct kernfs kernfs;
	bool kernel_nfs;		/* contract linuxrc: the kernel mounts
					   a root on NFS by itself */
	enum origin locked;		/* linuxrc.lock: where it is set, or
					   ORIGIN_DEFAULT; a latch */
	bool configured;		/* the options were read, or that was
					   tried */

	/* between worker and supervisor */
	unsigned step;			/* enum step_number */
	int64_t step_start_ms;
	int64_t alive_until_ms;		/* lib/alive.h */
	enum outcome outcome;
	bool ask;			/* begin with the question about err */
	bool asking;			/* a person is being asked */
	bool plugged;			/* drivers were tried for a question */
	bool waited;			/* the question ran out of time, so
					   panic= has been waited for */
	bool mounted;			/* a disk was or may have been mounted:
					   what resume= names would no longer
					   fit it */
	bool rescued;			/* the rescue menu was left */
	bool again;			/* /linuxrc ends, and the kernel runs
					   us as init: handover.h */
	bool switched;			/* the new root is "/" already: only
					   exec is left to try */

	char held[DEVNAME_SIZE];	/* read-only while it is looked at, so
					   that a crash does not leave it */

	struct compat compat;

	struct module_failures failed_modules;	/* until something is typed */

	/* each made from the one before, and the first from the options */
	struct root_spec spec;		/* of root= or the fallback taken */
	struct root_device device;
	struct mounted_root root;

	struct err err;			/* the sentence of the failed step */
	struct timeline timeline;
	char init[INIT_SIZE];		/* checked path inside the root */
	char cmdline[CMDLINE_SIZE];	/* /proc/cmdline, newline removed */
	struct logbook logbook;
	struct net_result net;
	char net_fault[ERR_TEXT_SIZE];	/* why there is none, or "" */
	struct boot_options options;	/* made from cmdline */
	char typed[TYPED_SIZE];		/* options typed at questions so far */
};

/*
 * Directories through which everything is read: fds of the process that
 * opened them (never in struct boot). Tests point them at a fixture tree.
 */
struct places {
	int root;	/* "/": etc/, lib/modules/ */
	int proc, sys, dev;	/* -1 where there is none */
};

#endif
