# SPDX-License-Identifier: MIT
# The program, once more without its parts, and mkinitrd beside them: static,
# with musl, libblkid and zlib from the prefix that conf/build/toolchain makes,
# every function in a section of its own so that the linker can leave out what
# nobody calls, and nothing in it that only a debugger would read. OBJ/linuxrc is
# the same program before stripping, with its map.

product = build/$(if $(filter-out x86_64,$(ARCH)),$(ARCH)/)
PROGRAM = $(product)linuxrc
CORE = $(product)linuxrc-core
MKINITRD = $(product)mkinitrd
OBJ = build/obj/$(ARCH)
target_objects = $(call objects,$(OBJ))
program_objects = $(call with_parts,$(target_objects),$(OBJ),$(PARTS))
core_objects = $(call with_parts,$(target_objects),$(OBJ),)

# The prefix is known when OBJ/toolchain is made; that is, in recipes only.
prefix = $(file <$(OBJ)/toolchain)
COMPILE = $(prefix)/cc -std=c11 -Os -g $(WARNINGS) -ffunction-sections \
	-fdata-sections -fno-pie -fno-stack-protector \
	-fno-asynchronous-unwind-tables -fno-unwind-tables \
	$(CPPFLAGS) -isystem $(prefix)/include/blkid
# The libraries are compiled for link-time optimization: hence -flto, and what
# is compiled now is compiled like the rest.
LINK = $(prefix)/cc -Os -flto=auto -fno-pie -static -no-pie \
	-ffunction-sections -fdata-sections \
	-Wl,--gc-sections,--build-id=none,--no-eh-frame-hdr \
	-Wl,-z,noseparate-code,-z,norelro

program: $(PROGRAM) $(CORE) $(MKINITRD)
	@for file in $^; do \
		bytes=$$(stat -c %s $$file | \
			sed ':a; s/\B[0-9]\{3\}\>/,&/; ta') && \
			echo "$$file  $$bytes bytes" || exit; \
	done

$(OBJ)/toolchain: FORCE | packages
	@conf/build/toolchain $(ARCH) $@

# Other flags or another prefix: compile again. Another list: link again.
$(OBJ)/flags: $(OBJ)/toolchain FORCE
	@echo '$(COMPILE)' | { $(replace); }
$(OBJ)/link: $(OBJ)/toolchain FORCE
	@echo '$(LINK) $(program_objects) $(core_objects)' \
		'$(call mkinitrd_objects,$(OBJ))' | { $(replace); }

$(OBJ)/%.o: linuxrc/%.c $(OBJ)/flags | build/applets.def
	$(call say,cc $<)
	$(call compile,$(COMPILE))

$(OBJ)/applets/%.o: applets/%.c $(OBJ)/flags | build/applets.def
	$(call say,cc $<)
	$(call compile,$(COMPILE))

# In the order of boot.ld.
$(OBJ)/linuxrc: $(program_objects)
$(OBJ)/linuxrc-core: $(core_objects)
# With one part alone: lint sees that none needs another.
alone = $(every_part:%=$(OBJ)/linuxrc-with-%)
$(foreach p,$(every_part),$(eval \
	$(OBJ)/linuxrc-with-$(p): $(call with_parts,$(target_objects),$(OBJ),$(p))))
$(OBJ)/linuxrc $(OBJ)/linuxrc-core $(alone): conf/build/boot.ld $(OBJ)/link
	$(call say,link $@)
	$(Q)$(LINK) -Wl,-T,conf/build/boot.ld -Wl,-Map=$@.map \
		-o $@ $(filter %.o,$^) \
		$(prefix)/lib/libblkid.a $(prefix)/lib/libz.a

$(OBJ)/mkinitrd: $(call mkinitrd_objects,$(OBJ)) $(OBJ)/link
	$(call say,link $@)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(prefix)/lib/libblkid.a \
		$(prefix)/lib/libz.a

$(PROGRAM) $(CORE) $(MKINITRD): $(product)%: $(OBJ)/%
	$(call say,strip $@)
	@mkdir -p $(@D)
	$(Q)$(GNU)-strip -s -R .comment -o $@ $<
	$(if $(FORBIDDEN),@! $(GNU)-objdump -d $@ | \
		grep -m 5 '$(FORBIDDEN)' >&2 || \
		{ echo '$@: $(ARCH) has no $(FORBIDDEN)' >&2; exit 1; })

size: $(PROGRAM) $(CORE) ## what the programs' bytes are, beside the last baseline
	@for program in $^; do \
		conf/build/size $(ARCH) $$program \
			$(OBJ)/$${program##*/}.map test/bench/size.baseline || exit; \
	done

-include $(wildcard $(OBJ)/*.d $(OBJ)/*/*.d $(OBJ)/*/*/*.d)
.PHONY: program size
