#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A workbook says, cell by cell, what the document it was made of says, and is one that Excel opens.

    xlsx.py [--office] FILE.xlsx FILE.txt

FILE.txt is the same document of a build with --to text. Read with nothing but zip and XML: every cell of every sheet is compared with
its row in the dump; numbers and days must be such, and no cell may be a formula. Names, tables, filters, links, dates of the archive and what is
printed are looked at, too. --office lets LibreOffice read the workbook and compares each cell it finds with ours.
Prints what is wrong, then `N cells, M sheets`.
"""
import csv
import datetime
import glob
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EPOCH = datetime.date(1899, 12, 30)
MONTHS = "January February March April May June July August September October November December".split()
problems = []


def wrong(text):
    problems.append(text)


# ---- the workbook ----

def unescape(text):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def address(reference):
    letters, digits = re.fullmatch(r"([A-Z]+)([0-9]+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


class Sheet:
    def __init__(self, name, root, strings, date_styles):
        self.name, self.root, self.cells, self.kinds, self.rows = name, root, {}, {}, {}
        for cell in root.iter(MAIN + "c"):
            at = address(cell.get("r"))
            if cell.find(MAIN + "f") is not None:
                wrong("%s!%s is a formula" % (name, cell.get("r")))
            value = cell.find(MAIN + "v")
            if value is None:
                continue
            if cell.get("t") == "s":
                self.cells[at], self.kinds[at] = strings[int(value.text)], "text"
            elif cell.get("t") in (None, "n"):
                number = float(value.text)
                day = int(cell.get("s", 0)) in date_styles
                self.cells[at] = EPOCH + datetime.timedelta(days=int(number)) if day else number
                self.kinds[at] = "day" if day else "number"
            else:
                wrong("%s!%s is of kind %s" % (name, cell.get("r"), cell.get("t")))

    def row(self, number):
        if not self.rows:
            for (row, _), value in self.cells.items():
                self.rows.setdefault(row, []).append(value)
        return self.rows.get(number, [])


class Workbook:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            if archive.testzip():
                wrong("the archive is damaged")
            for info in archive.infolist():
                if info.date_time != (1980, 1, 1, 0, 0, 0):
                    wrong("%s is dated %s" % (info.filename, info.date_time))
            self.parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
        for name, root in self.parts.items():
            if re.search(r"externalLink|vba|connections|oleObject", name):
                wrong("there is a part %s" % name)
            if name.endswith(".rels") and [r for r in root if r.get("TargetMode") == "External"]:
                wrong("%s leads outside" % name)
        strings = [unescape("".join(t.text or "" for t in item.iter(MAIN + "t"))) for item in self.parts["xl/sharedStrings.xml"]]
        targets = {r.get("Id"): r.get("Target") for r in self.parts["xl/_rels/workbook.xml.rels"]}
        self.sheets = []
        for entry in self.parts["xl/workbook.xml"].find(MAIN + "sheets"):
            self.sheets.append(Sheet(entry.get("name"), self.parts["xl/" + targets[entry.get(RELATION + "id")]], strings, self.date_styles()))
        self.by_name = {s.name: s for s in self.sheets}

    def date_styles(self):
        styles = self.parts["xl/styles.xml"]
        dates = {f.get("numFmtId") for f in styles.iter(MAIN + "numFmt") if f.get("formatCode") == "yyyy-mm-dd"}
        return {i for i, x in enumerate(styles.find(MAIN + "cellXfs")) if x.get("numFmtId") in dates}

    def check_names(self):
        names = [s.name for s in self.sheets]
        if len({n.lower() for n in names}) != len(names):
            wrong("two sheets have the same name: %s" % names)
        for name in names:
            if not 0 < len(name) <= 31 or re.search(r"[][:*?/\\]", name) or name[0] == "'" or name[-1] == "'":
                wrong("a sheet may not be called %r" % name)
        tables = [p for n, p in self.parts.items() if n.startswith("xl/tables/")]
        called = [t.get("name").lower() for t in tables]
        if len(set(called)) != len(called):
            wrong("two tables have the same name: %s" % called)
        for name in called:
            if not re.fullmatch(r"[^\W\d]\w*", name) or re.fullmatch(r"[a-z]{1,3}[0-9]+", name):
                wrong("a table may not be called %r" % name)
        if len(tables) != len(self.sheets) - 1:
            wrong("%d tables on %d sheets" % (len(tables), len(self.sheets) - 1))

    def check_sheet(self, sheet, table):
        """The table covers what is there, and its header says what stands in the first row."""
        rows, columns = max(r for r, _ in sheet.cells) + 1, max(c for _, c in sheet.cells) + 1
        last = address(table.get("ref").split(":")[1])
        if last[0] + 1 < rows or last[1] + 1 != columns or table.find(MAIN + "autoFilter") is None:
            wrong("%s: the table is %s, the sheet has %d rows and %d columns" % (sheet.name, table.get("ref"), rows, columns))
        heads = [c.get("name") for c in table.iter(MAIN + "tableColumn")]
        if [unescape(h) for h in heads] != [sheet.cells.get((0, i)) for i in range(columns)] or len({h.lower() for h in heads}) != len(heads):
            wrong("%s: the table's columns are %s" % (sheet.name, heads))
        pane = sheet.root.find(".//" + MAIN + "pane")
        if pane is None or pane.get("state") != "frozen" or pane.get("ySplit") != "1":
            wrong("%s: its header does not stay in view" % sheet.name)
        setup, fit = sheet.root.find(MAIN + "pageSetup"), sheet.root.find(".//" + MAIN + "pageSetUpPr")
        if setup is None or setup.get("orientation") != "landscape" or setup.get("fitToHeight") != "0" or fit is None:
            wrong("%s: it is not printed one page wide" % sheet.name)
        for text, most in ((t, 32767) for t in sheet.cells.values() if isinstance(t, str)):
            if len(text.encode("utf-16-le")) // 2 > most:
                wrong("%s: a text of %d characters" % (sheet.name, len(text)))

    def check_links(self, sheet):
        for link in sheet.root.iter(MAIN + "hyperlink"):
            where = re.fullmatch(r"'(.*)'!([A-Z]+[0-9]+)", link.get("location") or "")
            to = where and self.by_name.get(where.group(1).replace("''", "'"))
            if not to:
                wrong("%s!%s leads to %s" % (sheet.name, link.get("ref"), link.get("location")))
                continue
            shown, there = sheet.cells.get(address(link.get("ref"))), to.row(address(where.group(2))[0])
            if to.name != shown and shown not in there:
                wrong("%s!%s shows %r and leads to %r" % (sheet.name, link.get("ref"), shown, there[:3]))

    def check(self):
        self.check_names()
        relations = {n: p for n, p in self.parts.items() if n.startswith("xl/worksheets/_rels/")}
        for i, sheet in enumerate(self.sheets):
            self.check_links(sheet)
            if i:
                target = [r.get("Target") for r in relations["xl/worksheets/_rels/sheet%d.xml.rels" % (i + 1)]]
                self.check_sheet(sheet, self.parts["xl/" + target[0].replace("../", "")])


# ---- the document ----

def cells_of(line):
    return [re.sub(r"^[\^>] ", "", c.strip()) for c in re.split(r" \| ", line)]


def plain(cell):
    cell = re.sub(r"^\(#[^)]*\)", "", cell)
    cell = re.sub(r"\{([^{}]*?) (?:good|bad|warning|neutral|level[^{}]*)\}", r"\1", cell)
    cell = re.sub(r"^\{[^{}]*\} ", "", cell)  # the ground of a cell
    return re.sub(r"\[([^][]*)\]\(#[^)]*\)", r"\1", cell)


def tables_of(path):
    """(sheet, header, rows) of each table that belongs to a sheet."""
    tables, current = [], None
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n"):
            words = line.strip()
            if words.startswith("table "):
                name = re.search(r"columns [^:]*?, sheet ([^:]*)", words)
                current = (name.group(1), [], []) if name else None
                if current:
                    tables.append(current)
            elif current and words.startswith("header "):
                current[1].extend(cells_of(words[9:]))
            elif current and words.startswith("row "):
                current[2].append(words[6:] if words.startswith("row | ") else words[4:])
    return tables


def squeezed(text):
    return re.sub(r"[\W_]", "", text)


def shown(value):
    """As the document says it."""
    if isinstance(value, datetime.date):
        return "%d %s %d" % (value.day, MONTHS[value.month - 1], value.year)
    if isinstance(value, float):
        return "%d" % value if value == int(value) else repr(value)
    return value or ""


def compare(workbook, tables):
    """Rows are compared as their cells in the order of the document's table, each of which must stand in its own."""
    count, next_row = 0, {}
    for name, header, rows in tables:
        sheet = workbook.by_name.get(name[:31])
        if not sheet:
            wrong("there is no sheet %s" % name)
            continue
        place = {v: c for (r, c), v in sheet.cells.items() if r == 0}
        for row in rows:
            at = next_row[name] = next_row.get(name, 0) + 1
            said = cells_of(row)
            if len(said) != len(header):  # a text has the sign between cells in it: only the row as a whole can be compared
                ours = "".join(shown(sheet.cells.get((at, place[h]))) for h in header)
                if squeezed(ours) != squeezed(plain(row)):
                    wrong("%s, row %d: %r and not %r" % (name, at + 1, ours[:200], row[:200]))
                continue
            for head, cell in zip(header, said):
                ours, theirs = sheet.cells.get((at, place[head])), plain(cell)
                count += 1
                if squeezed(shown(ours)) != squeezed(theirs):
                    wrong("%s, row %d, %s: %r and in the document %r" % (name, at + 1, head, shown(ours)[:100], theirs[:100]))
                day = re.fullmatch(r"[0-9]{1,2} (%s) [0-9]{4}" % "|".join(MONTHS), theirs)
                if day and not isinstance(ours, datetime.date):
                    wrong("%s, row %d, %s: %r is no day" % (name, at + 1, head, ours))
    for name, rows in next_row.items():
        if max(r for r, _ in workbook.by_name[name[:31]].cells) > rows:
            wrong("%s has more rows than the document's %d" % (name, rows))
    return count


# ---- LibreOffice ----

def office(path, workbook):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + folder + "/profile", "--convert-to",
                        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1', "--outdir", folder, path],
                       check=True, capture_output=True, timeout=300)
        found = glob.glob(os.path.join(glob.escape(folder), "*.csv"))
        if len(found) != len(workbook.sheets):
            wrong("LibreOffice finds %d sheets" % len(found))
        stem = os.path.splitext(os.path.basename(path))[0]
        for sheet in workbook.sheets:
            with open(os.path.join(folder, "%s-%s.csv" % (stem, sheet.name)), encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            read = {(r, c): v for r, row in enumerate(rows) for c, v in enumerate(row) if v}
            for at in sorted(set(read) | set(sheet.cells)):
                value = sheet.cells.get(at)
                ours = value.isoformat() if isinstance(value, datetime.date) else shown(value)
                if ours != read.get(at, ""):
                    wrong("%s %s: LibreOffice reads %r where %r stands" % (sheet.name, at, read.get(at), ours))


def main(arguments):
    path, text = arguments[-2:]
    workbook = Workbook(path)
    workbook.check()
    count = compare(workbook, tables_of(text))
    if "--office" in arguments:
        office(path, workbook)
    for problem in problems[:40]:
        print(problem)
    print("%d cells, %d sheets, %d problems" % (count, len(workbook.sheets), len(problems)))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
