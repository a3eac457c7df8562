#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
#
# usage: pages.py DATE FOLDER OVERVIEW HEADER...
#
# Writes the pages of section 3 from doxygen's XML: a page for each group of the
# headers, a link to that page for each function, and the overview as a page.

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap
import xml.etree.ElementTree

FUNCTIONS = {}  # and callbacks: Entry by name
COMMON = {}     # parameter: what it means if a function does not document it

# The first pattern that a word contains gives the word its macro.
MACROS = (
    ("Ql", r"`([^`]*)`"),
    ("Sy", r"\*\*([^*]*)\*\*"),
    ("Fn", r"((?:vbr|nl)[a-z0-9_]*_[a-z0-9_]+)\(\)"),
    ("Xr", r"([a-z][a-z0-9_-]*)\(([1-8])\)"),
    ("Er", r"(?<![A-Za-z0-9_-])(-?E[A-Z0-9]{2,})"),
    ("Dv", r"((?:VBR|CAP|IFF)_[A-Z0-9_]+|NULL)"),
    ("Pa", r"(?:^|(?<=^[(\"]))(/[a-z]+(?:/[a-z]+)*)"),
)

# Errnos in a @return, then the function that has their reasons, or a reason.
ERRNOS = re.compile(r"((?:-E[A-Z0-9]+(?:,| and| or)? )*)"
                    r"(?:as (vbr_\w+)\(\)|\(((?:[^()]|\([^()]*\))*)\))")


# --- mdoc ---------------------------------------------------------------------

def escape(s):
    s = re.sub(r"(^| )-", r"\1\\-", s.replace("\\", "\\e"))
    return "\\&" + s if s[:1] in (".", "'") else s


def quote(s):
    s = escape(s).replace('"', "\\(dq")
    return f'"{s}"' if " " in s or len(s) < 4 and not s.isdigit() else s


def mdoc(word):
    found = ((macro, re.search(pattern, word)) for macro, pattern in MACROS)
    macro, match = next((pair for pair in found if pair[1]), ("", None))
    if not match:
        ends = re.search(r"[A-Za-z0-9)\"'][.?!]\)?$", word)
        return escape(word) + "\n" * bool(ends)
    before = word[:match.start()]
    stops, rest = re.match("([.,:;?!)]*)(.*)", word[match.end():]).groups()
    return "\n." + " ".join(
        ["Pf " + quote(before)] * bool(before) +
        [macro, *map(quote, match.groups()), *stops] +
        ["Ns No " + quote(rest)] * bool(rest)) + "\n"


# Lines that end where sentences end. `a b` and **a b** are one word.
def prose(s):
    found = re.findall(r"(?:`[^`]*`|\*\*[^*]*\*\*|\S)+", s)
    for line in map(str.strip, " ".join(map(mdoc, found)).split("\n")):
        yield from [line] if line.startswith(".") else textwrap.wrap(
            line, 76, break_long_words=False, break_on_hyphens=False)


def sentence(s):
    return prose(s[:1].upper() + s[1:] + ("" if s.endswith(".") else "."))


# A title and a list of (tag, lines), or nothing if the list is empty.
def tags(title, items, width="Ds -compact"):
    lines = [line for tag, more in items for line in (".It " + tag, *more)]
    return lines and [*title, ".Bl -tag -width " + width, *lines, ".El"]


# --- doxygen's XML ------------------------------------------------------------

# The text of a node, with the marks of Markdown for code and strong words.
def text(node):
    if node.tag in ("heading", "itemizedlist", "parameterlist",
                    "programlisting", "simplesect"):
        return ""
    mark = {"computeroutput": "`", "bold": "**"}.get(node.tag, "")
    start = {"sp": " ", "ndash": "--", "mdash": "---"}.get(node.tag, "")
    return mark + start + (node.text or "") + "".join(
        text(child) + (child.tail or "") for child in node) + mark


def words(node, path="."):
    return " ".join(" ".join(map(text, node.findall(path))).split())


# The lines of a description, without its parameters and results.
def description(node, before_list=()):
    for part in node:
        if part.tag in ("title", "heading"):
            yield ".Sh " + "".join(part.itertext()).upper()
        elif part.tag == "programlisting":
            yield from [".Pp", ".Bd -literal -offset indent -compact",
                        *(escape(text(line)) for line in part), ".Ed"]
        elif part.tag == "itemizedlist":
            yield from [*before_list, ".Bl -bullet -compact"]
            for item in part:
                yield from [".It", *prose(words(item))]
            yield ".El"
        elif part.tag in ("para", "sect1"):
            if part.tag == "para" and words(part):
                yield from [".Pp", *prose(words(part))]
            yield from description(part, before_list)


# A function, callback, enum, struct or constant.
class Entry:
    def __init__(self, node):
        about = node.find("detaileddescription")
        self.kind = node.get("kind")
        self.name = words(node, "name") or words(node, "compoundname")
        if self.kind in ("enum", "struct"):
            self.name = self.kind + " " + self.name
        self.text = list(description(about))
        self.type = words(node, "type")
        self.value = words(node, "initializer")
        self.returns = words(about, ".//simplesect[@kind='return']/para")
        self.since = words(about, ".//simplesect[@kind='since']/para")
        if not self.since:
            sys.exit(f"{self.name} does not say since when it is there")
        args = words(node, "argsstring").strip("()")
        self.args = args.split(", ") if args else ["void"]
        self.params = [re.search(r"(\w+)(\[\d*\])?$", arg)[1]
                       for arg in self.args if arg != "void"]
        self.said = {words(item, ".//parametername"):
                     words(item, "parameterdescription")
                     for item in about.iter("parameteritem")}
        self.members = [self.member(member) for member in
                        node.findall("enumvalue") +
                        node.findall("sectiondef/memberdef")]

    def member(self, node):
        name = " ".join(words(node, part) for part in
                        ("type", "name", "initializer")).strip()
        return (("Dv " if self.kind == "enum" else "Va ") +
                quote(name.replace("* ", "*")),
                prose(words(node, "detaileddescription")))


class Group:
    def __init__(self, node, compounds):
        nodes = node.findall("sectiondef/memberdef") + [
            compounds[inner.get("refid")] for inner in node.iter("innerclass")]
        nodes.sort(key=lambda node: int(node.find("location").get("line")))
        self.entries = [Entry(node) for node in nodes]
        self.calls = self.each("typedef", "function")
        FUNCTIONS.update((entry.name, entry) for entry in self.calls)
        self.name = words(node, "compoundname")
        self.title = words(node, "title")
        self.header = pathlib.Path(nodes[0].find("location").get("file")).name
        self.text = list(description(node.find("detaileddescription")))

    def each(self, *kinds):
        return [entry for entry in self.entries if entry.kind in kinds]


# The list "Parameters" in the comment about a header.
def read_common(compounds):
    here = False
    for node in (node for compound in compounds for node in compound.iter()):
        if node.tag == "bold":
            here = node.text == "Parameters."
        elif node.tag == "listitem" and here:
            names, what = words(node).rstrip(";.").split(": ", 1)
            COMMON.update(dict.fromkeys(names.split(", "), what))


# The compounddefs by their ids.
def read(overview, headers):
    here = pathlib.Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, HEADERS=" ".join(headers), OVERVIEW=overview,
                   FILTER=str(here / "filter.sed"), OUTPUT=folder,
                   HTML="NO", XML="YES", VERSION="")
        doxygen = os.environ.get("DOXYGEN", "doxygen")
        if subprocess.run([doxygen, here / "Doxyfile"], env=env).returncode:
            sys.exit(1)
        return {node.get("id"): node
                for file in sorted(pathlib.Path(folder, "xml").glob("*.xml"))
                for node in xml.etree.ElementTree.parse(file).getroot()}


# --- what a function says by a reference to another ---------------------------

# The words before the errnos, {errno: reason}, and the functions referred to.
# The errnos of a @return have the form
#
#   0, or a negative errno: -ENODEV (no such device), -EPERM, -EACCES (not
#   now), -EXDEV and -ENXIO as vbr_a(), as vbr_b(); also -EINVAL (a reason)
#
# An errno has its reason, or is in a list before a reason that all of them
# share. "as vbr_b()" without errnos copies all errnos of vbr_b().
def returns(name):
    if name not in FUNCTIONS:
        sys.exit(f"a @return refers to {name}(), which is not there")
    lead, errnos = re.match(r"(.*?)((?<!\S)as vbr_.*|-E[A-Z].*|$)",
                            FUNCTIONS[name].returns).groups()
    lead = re.sub(r"(,? or|[:,])? $", "", lead)
    reasons, sources = {}, []
    for run, source, reason in ERRNOS.findall(errnos):
        run = re.findall("-E[A-Z0-9]+", run)
        there = dict.fromkeys(run, reason)
        if source:
            sources.append(source)
            lead, there = lead or returns(source)[0], returns(source)[1]
        if set(run) - set(there):
            sys.exit(f"{name}: {source}() lacks one of {' '.join(run)}")
        for errno in there:
            if not run or errno in run:
                reasons.setdefault(errno, []).append(there[errno])
    left = re.sub(r"[ ,;.]|\b(and|or|also)\b", "", ERRNOS.sub("", errnos))
    if left:
        sys.exit(f"{name}: @return has {left} without a reason")
    for errno, all_ in reasons.items():
        reasons[errno] = "; ".join(dict.fromkeys(
            s for s in all_ if not any(s in t and s != t for t in all_)))
    return lead, reasons, sources


# The function's own @param, or that of one that its @return refers to.
def said(name, param):
    return FUNCTIONS[name].said.get(param) or next(
        (said(source, param) for source in returns(name)[2]
         if param in FUNCTIONS[source].params), None)


# (name, meaning, whether the meaning is the common one) of each parameter that
# is documented; snapshots need not be.
def parameters(entry):
    for arg, name in zip(entry.args, entry.params):
        what = said(entry.name, name)
        if not (what or name.startswith("ret_") or re.match(
                r"(const )?struct vbr_(?!ctx |watch )\w+ \*\w", arg)):
            what = COMMON.get(name) or sys.exit(
                f"{entry.name} does not say what {name} is")
        if what and what != COMMON.get("ret_"):
            yield name, what, what == COMMON.get(name)


# --- pages --------------------------------------------------------------------

def head(date, name, names, title, source):
    return ['.\\" SPDX-License-Identifier: LGPL-2.1-or-later',
            '.\\" Copyright (C) 2026 The vbridge authors',
            f'.\\" Made from {source}.', ".Dd " + date,
            f".Dt {name.upper()} 3", ".Os", ".Sh NAME",
            ".Nm " + " ,\n.Nm ".join(names), ".Nd " + title]


def synopsis(entry):
    if entry.kind == "define":
        return [f".Fd #define {entry.name} {entry.value}"]
    if entry.kind in ("enum", "struct"):
        return [f".Vt {entry.name} ;"]
    kind, name = entry.type, entry.name
    if entry.kind == "typedef":
        kind, name = "typedef " + kind[:-len("(*")], f"(*{name})"
    return [".Ft " + quote(kind), ".Fo " + name,
            *(".Fa " + quote(arg) for arg in entry.args), ".Fc"]


def calls(entries):
    common = {name: ("Fa " + name, sentence(what)) for entry in entries
              for name, what, usual in parameters(entry) if usual}
    yield from tags([".Pp", "Unless a function says otherwise:", ".Pp"],
                    common.values(), "bridge_index -compact")
    yield from tags([], ((
        " ".join(["Fn", entry.name, *entry.params]),
        [*entry.text, *tags([".Pp"], (
            ("Fa " + name, sentence(what))
            for name, what, usual in parameters(entry)
            if not usual and not entry.name.endswith("_free")))])
        for entry in entries), "Ds")


def types(entries):
    return tags([".Ss Types and constants"], (
        (("Dv " if entry.kind == "define" else "Vt ") + quote(entry.name),
         [*entry.text, *tags([], entry.members)]) for entry in entries), "Ds")


def results(entries):
    title = [".Sh RETURN VALUES"]
    leads = [(entry.name, returns(entry.name)[0]) for entry in entries]
    special = tags(title, (("Fn " + name, sentence(lead))
                           for name, lead in leads if lead not in
                           ("", "0", "0, or a negative errno")), "Ds")
    if any(re.match("0(, or a|$)", lead) for name, lead in leads):
        special += [".Pp" if special else title[0],
                    ("Other functions" if special else "Functions") +
                    " that can fail return 0 or a negative errno."]
    return special


def errors(entries):
    return tags([".Sh ERRORS", *prose("In addition to the errors that "
                                      "libvbridge(3) lists:")],
                (("Fn " + entry.name, tags([], (
                    ("Er " + escape(errno), prose(reason))
                    for errno, reason in returns(entry.name)[1].items()),
                    "\\-EPROTONOSUPPORT -compact"))
                 for entry in entries if returns(entry.name)[1]), "Ds")


def history(entries):
    first, *later = dict.fromkeys(entry.since for entry in entries)
    return prose(" ".join(
        [f"Available since vbridge {first}" +
         (", except:" if later else ".")] +
        [f"since {version}: " + " ".join(
            entry.name + "()" * (entry.kind == "function")
            for entry in entries if entry.since == version)
         for version in later]))


# A function of another page becomes a link. No paragraph begins a section or an
# item.
def finish(lines, names=()):
    page = re.sub(r"(?m)^(\.(?:Pf \S+ )?)Fn (\w+)", lambda match: match[0]
                  if match[2] in names else f"{match[1]}Xr {match[2]} 3",
                  "\n".join(lines) + "\n")
    return re.sub(r"(?m)^(\.(?:Sh|It).*\n)\.Pp\n", r"\1", page)


def overview_page(date, node):
    name, title = words(node, "title").split(": ", 1)
    return finish(head(date, name, [name], title, name + ".md") +
                  list(description(node.find("detaileddescription"), [".Pp"])))


def group_page(date, group, groups):
    functions, types_ = group.each("function"), group.each("enum", "struct")
    names = [entry.name for entry in functions]
    title, library = group.title, group.header[:-len(".h")]
    if not title[:2].isupper():
        title = title[0].lower() + title[1:]
    return finish([
        *head(date, group.name, names, title, group.header),
        ".Sh LIBRARY", f"lib{library} (-l{library})",
        ".Sh SYNOPSIS", ".In " + group.header,
        *(line for entry in group.each("define") + types_ +
          group.each("typedef") + functions for line in synopsis(entry)),
        ".Sh DESCRIPTION", *group.text, *calls(group.calls),
        *types(group.each("define", "enum", "struct")),
        *results(group.calls), *errors(functions),
        ".Sh SEE ALSO", ".Xr libvbridge 3 ,",
        *(f".Xr {other.name} 3 ," for other in groups if other is not group),
        ".Xr brctl 8", ".Sh HISTORY", *history(group.entries)], names)


def main(date, folder, overview, *headers):
    compounds = read(overview, headers)
    read_common(compounds.values())
    groups = [Group(node, compounds) for node in compounds.values()
              if node.get("kind") == "group"]
    pages = {"libvbridge": overview_page(date, compounds["indexpage"])}
    for group in groups:
        pages[group.name] = group_page(date, group, groups)
        pages.update((entry.name, f".so man3/{group.name}.3\n")
                     for entry in group.each("function"))
    for name, page in pages.items():
        pathlib.Path(folder, name + ".3").write_text(page)


main(*sys.argv[1:])
