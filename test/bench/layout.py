#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""layout.py TOUCHED MAP: a linker script that puts those sections of MAP side
by side that hold one of the addresses in TOUCHED."""
import bisect
import re
import sys
import textwrap

HEAD = """/* SPDX-License-Identifier: MIT */
/*
 * boot.ld - the order of the program: what every boot runs, reads and writes
 * lies side by side. The kernel maps sixteen pages of a file at a fault, and
 * unmaps each of them twice (supervisor and worker); it looks through all 512
 * entries of each page table at a fork and at an exit; and a page that is
 * written is copied once more for the worker.
 *
 * test/bench/layout writes this file anew. Names that nothing has any more do
 * no harm; a function that is missing here is found behind the others.
 */
"""


def sections(path):
    """(address, size, name, file) of each piece of the program."""
    found, name, on = [], None, False
    for line in open(path):
        on = on or line.startswith("Linker script and memory map")
        alone = re.match(r" (\.\S+)\s*$", line)   # a long name: its numbers
        if alone:                                 # are on the next line
            name = alone.group(1)
            continue
        piece = re.match(r" (\.\S+)?\s+0x(\w+)\s+0x(\w+)\s+(\S+)", line)
        if on and piece and (piece.group(1) or name):
            address, size = (int(piece.group(i), 16) for i in (2, 3))
            if address and size:
                found.append((address, size, piece.group(1) or name, piece.group(4)))
        name = None
    return sorted(found)


def touched(path, all_sections):
    begins = [s[0] for s in all_sections]
    seen = set()
    for line in open(path):
        address = int(line, 16)
        i = bisect.bisect_right(begins, address) - 1
        if i >= 0 and address < begins[i] + all_sections[i][1]:
            seen.add(all_sections[i])
    return sorted(seen)


def pattern(name):
    """The compiler numbers what is static in a function, and its copies."""
    name = re.sub(r"^\.rodata\.\w+_idinfo$", ".rodata.*_idinfo", name)
    return re.sub(r"\.(\d+|lto_priv.*)$", ".*", name)


def of_file(section):
    """Just this one, of names that several files have."""
    file = re.sub(r".*/", "", section[3])
    if ".ltrans" in file:
        file = ""
    elif file.startswith("libc.a("):
        file = file.replace("(", ":").rstrip(")")
    return f"*{file}({pattern(section[2])})"


def filled(names):
    return textwrap.fill(" ".join(sorted(set(names))), 66, break_long_words=False,
                         break_on_hyphens=False).replace("\n", "\n\t\t")


def script(seen):
    text, bare, rodata, bss = [], [], [], []
    for s in seen:
        if s[2] == ".text":
            bare.append(of_file(s))
        elif s[2].startswith(".text."):
            text.append(pattern(s[2]))
        # all strings are one piece to the linker
        elif s[2].startswith(".rodata.") and not re.search(r"\.(str|cst)\d", s[2]):
            rodata.append(pattern(s[2]))
        # of a large one the first page is used: so these come last
        elif s[2].startswith(".bss.") and s[2] != ".bss.arena":
            bss.append((s[1], of_file(s)))
    lines = "\n\t\t".join
    return f"""{HEAD}SECTIONS
{{
	/* all of it in front: functions compress best beside functions */
	.rodata.boot :
	{{
		*({filled(rodata)})
		*(.rodata .rodata.*)
	}}
	.text.boot :
	{{
		{lines(bare)}
		*({filled(text)})
	}}
}}
INSERT BEFORE .text;
SECTIONS
{{
	.bss.boot (NOLOAD) :
	{{
		{lines(file for _, file in sorted(bss))}
	}}
	/* begins a page, unlike what is above */
	.bss.heap (NOLOAD) : {{ *heap.o(.bss.arena) }}
}}
INSERT BEFORE .bss;
"""


pieces = sections(sys.argv[2])
sys.stdout.write(script(touched(sys.argv[1], pieces)))
