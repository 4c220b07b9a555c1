# SPDX-License-Identifier: MIT
# i386: a true 486, which has no conditional move. The distribution's own libgcc
# is i686 code, so the finished program is searched for it, not only compiled
# without. For the names see x86_64.mk.
GNU = i686-linux-gnu
MUSL = i386-linux-musl
DEBIAN = i386
MACHINE = -march=i486
FORBIDDEN = cmov
