# SPDX-License-Identifier: MIT
# The same sources for this machine: its own libc, with sanitizers, for tests.
# Unit program NAME is test/unit/NAME.c, the members of rooms.a that it calls,
# and test/unit/fake_*.c in place of lib/sys.c; a test named real_* has the
# real one. A test named without_* has the files of linuxrc/without in place of
# the rooms. Files test/unit/fake_* are no tests.

HOST = build/host
HOST_CC = gcc
SANITIZE = -fsanitize=address,undefined -fno-omit-frame-pointer \
	-fno-sanitize-recover=undefined
# Sanitizers make frames larger; lint compiles without them and minds the size.
HOST_COMPILE = $(HOST_CC) -std=c11 -O1 -g $(SANITIZE) $(CPPFLAGS) \
	-isystem /usr/include/blkid \
	$(if $(SANITIZE),$(filter-out -Wframe%,$(WARNINGS)),$(WARNINGS))
HOST_LINK = $(HOST_CC) $(SANITIZE)
host_objects = $(call objects,$(HOST))
units = $(filter-out fake_%,$(basename $(notdir $(wildcard test/unit/*.c))))
unit_objects = $(patsubst test/unit/%.c,$(HOST)/unit/%.o, \
	$(wildcard test/unit/*.c))
fakes = $(patsubst %,$(HOST)/unit/fake_%.o,sys dir loop btrfs tty net)
UNIT_SECONDS = 60

$(HOST)/flags: FORCE | deps
	@echo '$(HOST_COMPILE)' | { $(replace); }
$(HOST)/link: FORCE | deps
	@echo '$(HOST_LINK) $(host_objects) $(call mkinitrd_objects,$(HOST))' | \
		{ $(replace); }

define host_cc
	$(call say,host cc $<)
	$(call compile,$(HOST_COMPILE) $(1))
endef
$(HOST)/%.o: linuxrc/%.c $(HOST)/flags | build/applets.def
	$(call host_cc)
$(HOST)/applets/%.o: applets/%.c $(HOST)/flags | build/applets.def
	$(call host_cc)
# A test may have as large a frame as it likes.
$(HOST)/unit/%.o: test/unit/%.c $(HOST)/flags
	$(call host_cc,-Wno-frame-larger-than)

# q, not r: two rooms in different directories may have the same name. $^ has
# each object once.
$(HOST)/rooms.a: $(host_objects) $(call mkinitrd_objects,$(HOST)) $(HOST)/link
	$(call say,host ar $@)
	$(Q)rm -f $@ && ar qcs $@ $(filter-out $(HOST)/main.o \
		$(HOST)/applets/mkinitrd.o $(HOST)/lib/sys.o,$(filter %.o,$^))

$(HOST)/linuxrc: $(host_objects) $(HOST)/link
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $(host_objects) -lblkid -lz

$(HOST)/mkinitrd: $(call mkinitrd_objects,$(HOST)) $(HOST)/link
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $(filter %.o,$^) -lblkid -lz

# The dialog's pages, for test/dialog to play a person.
$(HOST)/dialog/play.o: test/dialog/play.c $(HOST)/flags
	$(call host_cc)
$(HOST)/dialog/play: $(HOST)/dialog/play.o $(HOST)/lib/sys.o $(HOST)/rooms.a
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $^ -lblkid -lz

$(HOST)/unit/real_%: $(HOST)/unit/real_%.o $(HOST)/lib/sys.o $(HOST)/rooms.a
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $^ -lcmocka -lblkid -lz

$(HOST)/unit/without_%: $(HOST)/unit/without_%.o $(fakes) \
		$(call stand_ins,$(HOST),$(every_part)) $(HOST)/rooms.a
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $^ -lcmocka -lblkid -lz

$(HOST)/unit/%: $(HOST)/unit/%.o $(fakes) $(HOST)/rooms.a
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $^ -lcmocka -lblkid -lz

# The room that runs an old image's /linuxrc, for test/applet/guest.bats.
$(HOST)/guestbox: $(HOST)/guestbox.o $(HOST)/lib/sys.o $(HOST)/rooms.a
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $^
$(HOST)/guestbox.o: test/guest/guestbox.c $(HOST)/flags
	$(call host_cc)

unit: $(units:%=$(HOST)/unit/%) ## the unit tests
	@CMOCKA_MESSAGE_OUTPUT=$${CMOCKA_MESSAGE_OUTPUT:-STDOUT} \
		conf/build/run-units $(UNIT_SECONDS) $^

-include $(wildcard $(HOST)/*.d $(HOST)/*/*.d $(HOST)/*/*/*.d)
.SECONDARY: $(host_objects) $(call stand_ins,$(HOST),$(every_part)) $(unit_objects) $(call mkinitrd_objects,$(HOST))
.PHONY: unit
