# SPDX-License-Identifier: MIT
# What no test of behaviour sees: what the compilers said of the sources, for the
# target and for this machine, and the rules of the house in conf/build/lint.
# Sanitizers hide some of it, so that the latter are compiled without them.

LINT_HOST = build/lint/host
lint: | deps ## the compilers' warnings, and the rules of the house
	@$(MAKE) -k --no-print-directory HOST=$(LINT_HOST) SANITIZE= lint-objects
	@LINUXRC_PARTS='$(call parts_of,$(OBJ))' LINUXRC_HOST=$(LINT_HOST) \
		conf/build/lint $(OBJ) $(sort $(call objects,$(OBJ)) \
		$(call mkinitrd_objects,$(OBJ)))

lint-objects: $(target_objects) $(host_objects) $(unit_objects) \
	$(call stand_ins,$(OBJ),$(every_part)) \
	$(call stand_ins,$(HOST),$(every_part)) \
	$(call mkinitrd_objects,$(OBJ)) $(call mkinitrd_objects,$(HOST)) \
	$(OBJ)/linuxrc $(OBJ)/linuxrc-core $(alone)

CLANG_FORMAT = clang-format
format: ## put the C sources into the form that .clang-format describes
	@command -v $(CLANG_FORMAT) >/dev/null || \
		{ echo 'format: there is no $(CLANG_FORMAT)' >&2; exit 1; }
	$(CLANG_FORMAT) -i $(wildcard linuxrc/*.[ch] linuxrc/lib/*.[ch] \
		applets/*.[ch] applets/*/*.[ch] test/*.c test/*/*.[ch])

.PHONY: lint lint-objects format
