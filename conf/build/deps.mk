# SPDX-License-Identifier: MIT
# The packages that the build and the tests need, and how they get here: "make
# deps", and what has it as first prerequisite, installs them as root; everybody
# else, and plain "make", is told the one command that does.

ifeq ($(wildcard conf/build/arch/$(ARCH).mk),)
$(error ARCH=$(ARCH) is none of: \
	$(basename $(notdir $(wildcard conf/build/arch/*.mk))))
endif
include conf/build/arch/$(ARCH).mk

native := $(shell dpkg --print-architecture 2>/dev/null)
# The compiler and the kernel's headers of this machine, or for another one.
compiler = $(if $(filter $(native),$(DEBIAN)),gcc linux-libc-dev,\
	gcc-$(subst _,-,$(GNU)) linux-libc-dev-$(DEBIAN)-cross)
BUILD_PACKAGES = dpkg-dev $(compiler)

# For the host build and the units; for disks; for the classic kernel; for
# boots, ours for a 486 among them; boot loaders.
CHECK_PACKAGES = gcc libc6-dev libcmocka-dev libblkid-dev zlib1g-dev mandoc \
	e2fsprogs fdisk dosfstools genisoimage mtools mtd-utils xfsprogs btrfs-progs \
	squashfs-tools \
	bc bison flex kmod libelf-dev rsync xz-utils lz4 zstd \
	bats bats-assert bats-file bats-support busybox-static cpio libarchive-tools expect \
	python3-minimal qemu-system-x86 qemu-user socat tmux \
	syslinux syslinux-common extlinux grub-common grub-pc-bin \
	dnsmasq-base iproute2 nfs-ganesha nfs-ganesha-vfs \
	gcc-i686-linux-gnu linux-libc-dev-i386-cross

# Makers of file systems, for one unit test each: not every suite has them
# all, and without one its test is skipped.
MKFS_PACKAGES = erofs-utils exfatprogs f2fs-tools genromfs jfsutils \
	nilfs-tools ntfs-3g reiserfsprogs udftools xorriso
# The same for boot loaders: LOADLIN, a DOS for it, and U-Boot.
LOADER_PACKAGES = dosbox loadlin u-boot-qemu
# Only for the time that it saves: see CCACHE in the Makefile.
QUICK_PACKAGES = ccache

# Those of $(1) that are not installed.
missing = $(filter-out $(shell dpkg-query -W \
	-f '$${db:Status-Abbrev}$${Package}\n' $(1) 2>/dev/null | \
	sed -n 's/^ii //p'),$(1))
apt_install = apt-get update && apt-get install -y --no-install-recommends

WANTED = $(BUILD_PACKAGES)
deps: WANTED = $(sort $(BUILD_PACKAGES) $(CHECK_PACKAGES))
deps: WELCOME = $(MKFS_PACKAGES) $(LOADER_PACKAGES) $(QUICK_PACKAGES)
deps: INSTALL = $(filter 0,$(shell id -u))
deps: packages ## the packages that all this needs: installed, or said how

# One target with two tempers: whoever asks first decides, and "deps" comes
# first wherever something is to be installed.
packages:
	@missing='$(strip $(call missing,$(WANTED)))'; \
	welcome='$(strip $(call missing,$(WELCOME)))'; \
	known() { apt-cache show --no-all-versions $$welcome 2>/dev/null | \
		sed -n 's/^Package: //p'; }; \
	[ -z '$(INSTALL)' ] || [ -z "$$welcome" ] || \
		missing="$$missing $$(known)"; \
	[ -n "$${missing# }" ] || exit 0; \
	if [ -n '$(INSTALL)' ]; then \
		export DEBIAN_FRONTEND=noninteractive; \
		$(apt_install) $$missing && \
		{ [ -z "$$welcome" ] || apt-get install -y \
			--no-install-recommends $$(known); }; \
	else \
		echo 'Packages are missing. As root, run:'; \
		echo "  $(apt_install) $$missing"; \
		exit 1; \
	fi >&2

.PHONY: deps packages
