#!/usr/bin/env python3
"""Writes src/unicode_tables.h: case mappings and what is not printable, from Python's database."""
import os
import unicodedata
def pts(s): return [ord(c) for c in s]
rows=[]
for cp in range(0x80,0x110000):
    c=chr(cp)
    if 0xd800<=cp<=0xdfff: continue
    u,l,t=c.upper(),c.lower(),c.title()
    if u!=c or l!=c or t!=c:
        rows.append((cp,u,l,t))
simple=[];special=[]
for cp,u,l,t in rows:
    if len(u)==1 and len(l)==1 and t==u: simple.append((cp,ord(u),ord(l)))
    else: special.append((cp,pts(u),pts(l),pts(t)))
# printable ranges: not in Cc Cn Cs Co? Ruby: graph|space-ish; print = not Cc, Cn, Cs(,Zl,Zp)
rng=[];start=None
for cp in range(0,0x110000):
    cat=unicodedata.category(chr(cp)) if not 0xd800<=cp<=0xdfff else 'Cs'
    bad = cat in('Cc','Cn','Cs')
    if bad and start is None: start=cp
    if not bad and start is not None: rng.append((start,cp-1)); start=None
if start is not None: rng.append((start,0x10ffff))
# compress simple into runs (first,last,stride,du,dl)
runs=[]
for cp,u,l in simple:
    du,dl=u-cp,l-cp
    if runs:
        f,la,st,pu,pl=runs[-1]
        if pu==du and pl==dl:
            step=cp-la
            if (st==0 and step in(1,2)) or st==step:
                runs[-1]=(f,cp,step,pu,pl); continue
    runs.append((cp,cp,0,du,dl))
out = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../src/unicode_tables.h'), 'w')
out.write('// Generated from the Unicode character database (%s): case mappings, and what is not printable.\n#pragma once\n#include <cstdint>\n\nnamespace liquid::utf8 {\n\n'%unicodedata.unidata_version)
out.write('// From `first` to `last`, every `stride`-th code point maps by these distances.\nstruct CaseRun {\n    std::uint32_t first, last, stride;\n    std::int32_t upper, lower;\n};\ninline constexpr CaseRun CASE_RUNS[] = {\n')
line='   '
def emit(s):
    global line
    if len(line)+len(s)+1>98: out.write(line+'\n'); line='   '
    line+=' '+s
for f,la,st,du,dl in runs: emit('{0x%x, 0x%x, %d, %d, %d},'%(f,la,max(st,1),du,dl))
out.write(line+'\n};\n\n// Mappings to several code points, or with a title case of their own.\nstruct CaseSpecial {\n    std::uint32_t point;\n    std::uint32_t upper[3], lower[3], title[3];\n};\ninline constexpr CaseSpecial CASE_SPECIALS[] = {\n'); line='   '
def tri(x): return '{'+', '.join('0x%x'%v for v in (x+[0,0])[:3])+'}'
for cp,u,l,t in special: emit('{0x%x, %s, %s, %s},'%(cp,tri(u),tri(l),tri(t)))
out.write(line+'\n};\n\nstruct PointRange {\n    std::uint32_t first, last;\n};\ninline constexpr PointRange NOT_PRINTABLE[] = {\n'); line='   '
for a,b in rng: emit('{0x%x, 0x%x},'%(a,b))
out.write(line+'\n};\n\n}  // namespace liquid::utf8\n')
print(len(runs),len(special),len(rng))
