# SPDX-License-Identifier: MIT
# linuxrc. What can be made stands here and in conf/build: deps.mk (packages),
# parts.mk (what can be left out), target.mk (the program), host.mk (the same sources with sanitizers, for the
# tests), lint.mk, test.mk and arch/ (one file for each architecture). Sources
# are found by wildcard. Everything made lies under build/; what is costly and
# the same for all clones lies under ${XDG_CACHE_HOME:-~/.cache}/linuxrc.

# The choices, each to be given on the command line: make ARCH=i386
ARCH = x86_64
APPLETS = $(filter-out mkinitrd,$(basename $(notdir $(wildcard applets/*.c))))
PARTS = $(every_part)
PREFIX = /usr/local
DESTDIR =
# V=1: show the commands.
V =

all: program ## linuxrc, linuxrc-core and mkinitrd, for ARCH=x86_64 or i386

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
# mke2fs and others lie where an ordinary user's PATH does not go.
export PATH := $(PATH):/usr/sbin:/sbin
Q = $(if $(V),,@)
say = @$(if $(V),:,echo '  $(1)')
# Write what comes in to $@, unless that is what it says already.
replace = mkdir -p $(@D) && new=$@.$$$$ && cat >$$new && \
	if cmp -s $$new $@; then rm $$new; else mv $$new $@; fi

# What ccache knows, if it is there, is not compiled again, nor in another clone:
# what the debugger is told of the directory is that of the first one. CCACHE=
# compiles. Which architecture $(COMPILE) is for stands in no word of it.
CCACHE = $(if $(shell command -v ccache),ccache)
export CCACHE_DIR = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/linuxrc/ccache
export CCACHE_NOHASHDIR = 1
export CCACHE_COMPILERCHECK := string:$(ARCH) $(shell for cc in gcc clang \
	x86_64-linux-gnu-gcc i686-linux-gnu-gcc; do $$cc --version | head -n 1; \
	done 2>/dev/null)
export CCACHE_MAXSIZE = 300M

# $(call compile,COMMAND): $< to $@. What the compiler has to say is shown, and
# stays beside the object for lint to find.
define compile
	@mkdir -p $(@D)
	$(Q)$(CCACHE) $(1) -MMD -MP -c -o $@ $< 2>$@.said; status=$$?; \
		[ ! -s $@.said ] || cat $@.said >&2; exit $$status
endef

SOURCES = $(filter-out linuxrc/without/%,$(wildcard linuxrc/*.c linuxrc/*/*.c))
CPPFLAGS = -D_GNU_SOURCE -Ilinuxrc -Ibuild
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wformat=2 \
	-Wwrite-strings -Wcast-qual -Wstrict-prototypes -Wmissing-prototypes \
	-Wswitch-enum -Wconversion -Wno-sign-conversion -Wnull-dereference \
	-Wframe-larger-than=4096 -fno-common
# build/obj/ARCH/lib/err.o comes from linuxrc/lib/err.c, .../applets/mount.o
# from applets/mount.c; the host build has the same names under build/host.
objects = $(SOURCES:linuxrc/%.c=$(1)/%.o) $(APPLETS:%=$(1)/applets/%.o)
# mkinitrd is a program of its own: its parts and lib, but with libc's own
# malloc() and printf(), since it does not have to be small.
mkinitrd_objects = $(patsubst applets/%.c,$(1)/applets/%.o, \
	applets/mkinitrd.c $(wildcard applets/mkinitrd/*.c)) \
	$(patsubst linuxrc/%.c,$(1)/%.o,$(filter-out %/heap.c %/format.c %/scan.c, \
	$(wildcard linuxrc/lib/*.c)))

# In the order in which they need each other; what else there is comes after.
rules = $(patsubst %,conf/build/%.mk,deps parts target host)
include $(rules) $(filter-out $(rules),$(wildcard conf/build/*.mk))

# main.c includes this to know its applets.
build/applets.def: FORCE
	@printf '$(if $(APPLETS),APPLET(%s)\n,/* none */\n)' $(sort $(APPLETS)) | \
		{ $(replace); }

initrd: build/initrd.cpio.gz ## an initramfs of initrd-skel and the program
build/initrd.cpio.gz: $(PROGRAM) $(MKINITRD) FORCE
	$(call say,mkinitrd $@)
	$(Q)$(MKINITRD) -o $@ --skel initrd-skel --linuxrc $(PROGRAM)

MANUALS = $(wildcard linuxrc/*.[1-8] conf/*.[1-8] \
	$(patsubst %,applets/%.[1-8],$(APPLETS) mkinitrd))
mandir = $(DESTDIR)$(PREFIX)/share/man/man
share = $(DESTDIR)$(PREFIX)/share/linuxrc
install: program ## programs, manuals, recipes, samples, to DESTDIR and PREFIX
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/sbin $(PROGRAM) $(CORE) \
		$(MKINITRD)
	for page in $(MANUALS); do \
		install -D -m 644 $$page $(mandir)$${page##*.}/$${page##*/} || \
			exit; \
	done
	install -d $(share)
	cp -R --no-preserve=ownership conf/recipes conf/boot initrd-skel \
		$(share)

VERSION = $(shell git describe --always --dirty)
dist: ## a tarball of what is committed
	@mkdir -p build
	git archive --prefix=linuxrc-$(VERSION)/ \
		-o build/linuxrc-$(VERSION).tar.gz HEAD

clean: ## remove build/ (the caches outside the tree stay)
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z][a-z0-9-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
		awk -F'|' '{ printf "make %-16s %s\n", $$1, $$2 }'

FORCE:
.PHONY: all program initrd install dist clean help FORCE
