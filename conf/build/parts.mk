# SPDX-License-Identifier: MIT
# Parts: rooms that not every machine needs. make PARTS="network menus" leaves
# all others out of the link, PARTS= leaves all out; linuxrc-core is linked
# without any in every case. For a part that is left out linuxrc/without/NAME.c
# answers, which says so where somebody asks for it; functions that only the part
# calls are left out by the linker. No source knows which parts there are.
#
# part_NAME: its sources below linuxrc, without .c; % stands for anything.

part_compat = compat initrd compat/%
part_network = network net netapply netconf netroot nfsask net/%
part_screen = dialog/full dialog/layout dialog/screen dialog/keys dialog/edit
part_menus = menus netmenu netlist rootlist modlist report rescue system sysroot

every_part = compat network screen menus
ifneq ($(filter-out $(every_part),$(PARTS)),)
$(error PARTS: $(filter-out $(every_part),$(PARTS)) is none of: $(every_part))
endif

# with_parts OBJECTS,DIRECTORY,PARTS: those of the OBJECTS that a program with
# these parts is linked of.
left_out = $(filter-out $(1),$(every_part))
stand_ins = $(patsubst %,$(1)/without/%.o,$(if $(2),without $(2)))
with_parts = $(filter-out $(foreach p,$(call left_out,$(3)), \
	$(patsubst %,$(2)/%.o,$(part_$(p)))),$(1)) \
	$(call stand_ins,$(2),$(call left_out,$(3)))

# "NAME=OBJECT,OBJECT..." of each part, for lint.
comma = ,
part_objects = $(filter $(patsubst %,$(1)/%.o,$(part_$(2))),$(call objects,$(1)))
parts_of = $(foreach p,$(every_part),$(p)=$(subst $() ,$(comma),$(strip \
	$(patsubst $(1)/%,%,$(call part_objects,$(1),$(p))))))
