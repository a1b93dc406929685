# SPDX-License-Identifier: MIT
"""docs/reference/documents.md: the set of documents, out of the heads of templates/, the starters and the catalogue of types."""
import glob
import os
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
GRADES = ["mandatory", "conditional", "customary"]


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as f:
        return f.read()


def head(text):
    """The entries of a head that stand on one line, lists as lists."""
    entries = {}
    for key, value in re.findall(r"^(\w+): *(.*)$", text.split("\n---\n")[0], re.M):
        value = value.strip()
        entries[key] = re.findall(r'[^,"\[\]]+(?:\([^)]*\))?', value) if value.startswith("[") else value[1:-1] if value[:1] in ("\"", "'") else value
        if isinstance(entries[key], list):
            entries[key] = [item.strip() for item in entries[key] if item.strip()]
    return entries


def document_types():
    types = {}
    for block in re.split(r"\n  (?=[A-Z]+-[A-Z-]+:\n)", read("schema", "catalogue", "document_types.yaml"))[1:]:
        entries = dict(re.findall(r"^    (name|obligation|kind|controls|clauses): *(.*)$", block, re.M))
        types[block.split(":")[0]] = {"name": entries["name"].strip('"'), "obligation": entries["obligation"], "kind": entries["kind"],
                                      "about": re.findall(r"[0-9A][0-9A. a-z)]*[0-9)]", entries.get("clauses", "") + " " + entries.get("controls", ""))}
    return types


def templates():
    for path in sorted(glob.glob(os.path.join(ROOT, "templates", "*.md"))):
        name = os.path.basename(path)[:-3]
        if name != "README":
            yield name, head(read("templates", name + ".md"))


def starters():
    for path in sorted(glob.glob(os.path.join(ROOT, "templates", "starters", "*.md"))):
        name = os.path.basename(path)[:-3]
        if name != "README":
            yield name, head(read("templates", "starters", name + ".md"))


def listed(value):
    return value if isinstance(value, list) else [value] if value else []


def obligation(types, ids):
    return min((types[i]["obligation"] for i in ids if i in types), key=GRADES.index, default="–")


def is_page(entries, heads):
    formats = listed(entries.get("formats"))
    return "docx" not in formats if formats else "parent" in entries and is_page(heads[entries["parent"]], heads)


def page_rows():
    heads = dict(templates())
    return ["| %s | %s | `%s` |" % (entries["title"], "`%s`" % entries["each"] if entries.get("each") else "–", name)
            for name, entries in heads.items() if "id" in entries and is_page(entries, heads)]


def template_rows(types):
    rows, heads = [], dict(templates())
    for name, entries in heads.items():
        if is_page(entries, heads):
            continue
        ids = [entries["id"]] + listed(entries.get("covers"))
        source = ", ".join("`%s`" % s for s in listed(entries.get("from"))) or "all registers"
        if entries.get("when"):
            source += " if `%s`" % entries["when"].replace("|", "\\|")
        rows.append((GRADES.index(obligation(types, ids)) if obligation(types, ids) != "–" else 3,
                     "| %s | %s | %s | %s | %s | `%s` |" % (entries["title"], ", ".join(ids), ", ".join(listed(entries.get("clause"))),
                                                             obligation(types, ids), source, name), ids))
    return sorted(rows, key=lambda row: row[0])


def page():
    types = document_types()
    made = template_rows(types)
    starter_list = list(starters())
    have = {i for row in made for i in row[2]}
    for _, entries in starter_list:
        have |= set(listed(entries.get("type")) + listed(entries.get("covers")))
    lines = ["# The set of documents", "",
             "Made by `make docs` from the heads of `templates/`; `ismsc build --list` shows the set of a project, and why each document is in it or not.", "",
             "A document that clauses 4 to 10 call for (mandatory) is always built; what the sources lack stands in it as what to add. Others are built",
             "once there is something under one of the sections in the column *made from*. Conditional means: expected when its control is",
             "applicable; customary: usual, but its absence alone is no nonconformity. A Markdown file of the project, or an entry under `documents`",
             "whose `file` says where the text is kept, takes the place of the template with its id or type.", "",
             "## Documents made from the registers", "",
             "| Document | Types | Clauses, controls | Obligation | Made from | File |", "|---|---|---|---|---|---|"]
    lines += [row[1] for row in made]
    lines += ["", "## Pages", "",
              "Only on the web: no documents, and in no list of them. Where a section has more than 500 records, none of these gets a page of its own.", "",
              "| Page | One for each of | Template |", "|---|---|---|"] + page_rows()
    lines += ["", "## Starters", "",
              "`ismsc new policy NAME` copies one into `policies/` under the next free id. They are Markdown, work as they stand, and are the project's from then on.", "",
              "| Policy or procedure | Types | Controls | Name |", "|---|---|---|---|"]
    for name, entries in starter_list:
        lines.append("| %s | %s | %s | `%s` |" % (entries["title"], ", ".join(listed(entries.get("type")) + listed(entries.get("covers"))) or "–",
                                                  ", ".join(listed(entries.get("implements"))) or "–", name))
    lines += ["", "## Kept where they come into being", "",
              "Records such as tickets, protocols and signed papers stay in the systems where they arise. An entry under `documents` names them, with owner,",
              "retention and `file`; the operational evidence log and the master list show them.", "",
              "| Type | Name | Clauses, controls | Obligation |", "|---|---|---|---|"]
    for i, entry in types.items():
        if i not in have:
            lines.append("| %s | %s | %s | %s |" % (i, entry["name"], ", ".join(entry["about"]), entry["obligation"]))
    return "\n".join(lines) + "\n"
