#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The shape of the tree: what no compiler checks, and what would rot if nobody did.

  structure.py              checks the repository this script stands in
  structure.py --self-test  breaks a copy of it in every way and sees each check notice

Reads $BUILD for the object files and $CC for compiling headers.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

STAGES = ["base", "diag", "load", "model", "parse", "query", "resolve", "rules", "weave", "write"]

# Stages that come earlier in the flow and must not be seen all the same.
BLIND = {
    "rules": ["load", "parse"],
    "weave": ["rules"],
    "write": ["model", "parse", "query", "resolve", "rules"],
}
# What belongs to a stage by meaning but may be named by others all the same: (includer, included): why.
MAY_SEE = {}
# Each library is known to one file.
LIBRARIES = {
    "yaml.h": r"compiler/parse/yaml\.c",
    "cmark.h": r"compiler/parse/markdown\w*\.c",
    "zip.h": r"compiler/load/unzip_libzip\.c",
    "libdeflate.h": r"compiler/write/zip_library\.h",
    "zlib.h": r"compiler/(write/zip_library\.h|load/unzip_linked\.c)",
    "expat.h": r"compiler/base/xmltree\.c",
    "xlsxwriter.h": r"compiler/write/book_libxlsxwriter\.c",
}
BANNED = ("strcpy strcat sprintf vsprintf strtok atoi atol atof gets localtime gmtime ctime asctime setlocale strdup strndup "
          "rand srand alloca system popen tmpnam mktemp").split()
ALLOCATION = "malloc calloc realloc".split()
MAY_ALLOCATE = ("compiler/base/", "compiler/ismsc.c", "compiler/embed.c")
MAY_EXIT = ("compiler/commands/", "compiler/main.c", "compiler/embed.c")
WRITABLE = {}  # symbol: why it may be written to
THREAD_LOCAL = {"compiler/parse/markdown.o"}  # cmark's allocator has no context argument
LONG_FILES = {}  # path: why it is over LONGEST lines
LONGEST = 600
ROOT = set("compiler schema templates examples tests docs bench Makefile README.md LICENSE CHANGELOG.md CONTRIBUTING.md "
           "debian integrations action.yml .gitignore .editorconfig .clang-format .gitattributes .pre-commit-hooks.yaml .ci".split())
# Written so that this file does not match itself.
MACHINE = re.compile(r"/(?<!\w/)(?:wor[k]/|roo[t]/|hom[e]/\w|(?<!\}/)tm[p]/\w)|npm[j]s\.|pyp[i]\.org|cra[t]es\.io|gola[n]g\.org|deb\.debia[n]")
MACHINE_FINE = re.compile(r"^tests/language/|^tests/fuzz/corpus/")
BINARY = re.compile(r"\.(png|jpe?g|gif|docx|pdf|woff2?|ico)$")

problems = []


def problem(path, line, text):
    problems.append("%s%s: %s" % (path, ":%d" % line if line else "", text))


def read(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def tracked():
    """What git knows, or will know: tracked files and new ones that are not ignored. In a release that was unpacked: all there is."""
    if not os.path.exists(".git"):
        found = [os.path.relpath(os.path.join(base, n), ".") for base, _, names in os.walk(".") for n in names]
        return sorted(p for p in found if not re.match(r"build|debian/(\.debhelper|tmp|ismsc|libismsc-dev)/|debian/(files|.*\.(log|substvars|debhelper|debhelper-build-stamp))$", p))
    out = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], stdout=subprocess.PIPE, check=True).stdout
    return sorted({p for p in out.decode().split("\0") if p and os.path.exists(p)})


def without_comments(text):
    """C with comments and the insides of literals blanked, so that line numbers stay."""
    def blank(match):
        piece = match.group(0)
        if piece[0] == "/":
            return re.sub(r"[^\n]", " ", piece)
        return piece[0] + " " * (len(piece) - 2) + piece[0]
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def stage_of(path):
    parts = path.split("/")
    return parts[1] if len(parts) == 3 and parts[1] in STAGES else None


def check_includes(path, text):
    stage = stage_of(path)
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        kind, name = match.groups()
        if kind == "<":
            if name in LIBRARIES and not re.fullmatch(LIBRARIES[name], path) and path.startswith("compiler/"):
                problem(path, number, "<%s> may only be included by %s" % (name, LIBRARIES[name].replace("\\", "")))
            continue
        other = name.split("/")[0] if "/" in name else None
        if not path.startswith("compiler/") or stage is None:
            continue
        if other not in STAGES:
            problem(path, number, 'a stage includes its own and earlier stages, not "%s"' % name)
        elif STAGES.index(other) > STAGES.index(stage):
            problem(path, number, "%s/ comes before %s/ in the flow and must not include \"%s\"" % (stage, other, name))
        elif other in BLIND.get(stage, []) and (path, name) not in MAY_SEE:
            problem(path, number, "%s/ must not see %s/ (\"%s\")" % (stage, other, name))


def check_calls(path, text):
    if not path.startswith("compiler/"):
        return
    code = without_comments(text)
    for number, line in enumerate(code.split("\n"), 1):
        for name in re.findall(r"\b([a-z_]+)\s*\(", line):
            if name in BANNED:
                problem(path, number, "%s() is banned" % name)
            if name in ALLOCATION and not path.startswith(MAY_ALLOCATE):
                problem(path, number, "%s(): memory comes from an arena" % name)
            if name in ("exit", "abort", "_exit") and not path.startswith(MAY_EXIT):
                problem(path, number, "%s(): a library returns" % name)
            if name in ("time", "clock_gettime", "gettimeofday") and path != "compiler/base/clock.c":
                problem(path, number, "%s(): there is one clock, base/clock.h" % name)


def check_file(path, text):
    lines = text.split("\n")
    if re.search(r"\.([ch]|def|sh|py|mjs)$", path) or path in (".ci/run",):
        if not any("SPDX-License-Identifier: MIT" in line for line in lines[:3]):
            problem(path, 1, "no SPDX line")
    if re.search(r"\.([ch]|def)$", path) and len(lines) > LONGEST + 1 and path not in LONG_FILES:
        problem(path, 0, "%d lines; over %d needs a reason in tests/structure.py" % (len(lines) - 1, LONGEST))
    if not MACHINE_FINE.match(path) and MACHINE.search(text):
        for number, line in enumerate(lines, 1):
            match = MACHINE.search(line)
            if match:
                problem(path, number, "names a place on one machine or a package registry: %s" % match.group(0))
    if not path.startswith(("tests/", "examples/")) and "\r" in text:
        problem(path, 0, "has carriage returns")
    if path.startswith("compiler/"):
        for number, line in enumerate(lines, 1):
            if line != line.rstrip():
                problem(path, number, "white space at the end of the line")
            if "\t" in line:
                problem(path, number, "a tab")
    if path == "compiler/parse/markdown.c":
        return
    if path.startswith("compiler/") and "_Thread_local" in without_comments(text):
        problem(path, 0, "_Thread_local belongs to parse/markdown.c alone")


def check_root(files):
    for name in sorted({p.split("/")[0] for p in files}):
        if name not in ROOT:
            problem(name, 0, "does not belong at the top of the repository")


def check_stage_folders(files):
    for path in files:
        parts = path.split("/")
        if parts[0] == "compiler" and len(parts) > 2 and parts[1] not in STAGES + ["commands"]:
            problem(path, 0, "compiler/%s/ is no stage" % parts[1])
    stages = re.search(r"^STAGES\s*:=(.*)$", read("Makefile"), re.M)
    if not stages or stages.group(1).split() != STAGES:
        problem("Makefile", 0, "STAGES are not those of tests/structure.py")
    if STAGES != sorted(STAGES):
        problem("tests/structure.py", 0, "`ls compiler` is the diagram: the stages must sort as they flow")


def compiler_command():
    command = os.environ.get("CC", "cc").split() + ["-std=c11", "-D_XOPEN_SOURCE=700", "-Icompiler", "-fsyntax-only", "-Wall", "-Wextra",
                                                   "-Wpedantic", "-Werror"]
    return command + ["-I" + os.path.join(build_dir(), "gen")]


def build_dir():
    return os.environ.get("BUILD", "build")


def compiled_alone(files):
    """Headers that a source includes before all else: its object shows that they compile."""
    sources = [p for p in files if p.endswith(".c") and os.path.exists(os.path.join(build_dir(), p[:-1] + "o"))]
    first = [re.search(r"^#include (.*)", read(p), re.M) for p in sources]
    return {"compiler/" + match.group(1).strip('"') for match in first if match}


def check_headers(files):
    """Every header compiles alone: the build has shown it of most, the others are asked."""
    headers = [p for p in files if p.startswith("compiler/") and p.endswith(".h")]
    asked = sorted(set(headers) - compiled_alone(files))
    run = subprocess.run(compiler_command() + asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) if asked else None
    if run and run.returncode:
        complaints = [line for line in run.stdout.decode(errors="replace").split("\n") if "error" in line]
        for complaint in dict.fromkeys(complaints or ["the compiler gives no reason"]):
            problem("structure", 0, "a header does not compile alone: %s" % complaint)
    for header in headers:
        guard = header[len("compiler/"):].upper().replace("/", "_").replace(".", "_")
        if "#ifndef %s\n#define %s\n" % (guard, guard) not in read(header):
            problem(header, 0, "its include guard is not %s" % guard)


def object_files():
    out = []
    for base, _, names in os.walk(os.path.join(build_dir(), "compiler")):
        out += [os.path.join(base, n) for n in names if n.endswith(".o")]
    return sorted(out)


def is_elf(path):
    with open(path, "rb") as f:
        return f.read(4) == b"\x7fELF"


def check_objects(objects, library_only=True):
    """No writable globals; nothing visible but the interface."""
    objects = [o for o in objects if is_elf(o)]
    if not objects:
        return
    if not shutil.which("objdump"):
        problem("structure", 0, "objdump (binutils) is needed to look for writable globals")
        return
    out = subprocess.run(["objdump", "-t"] + objects, stdout=subprocess.PIPE, check=True).stdout.decode()
    path = ""
    for line in out.split("\n"):
        match = re.match(r"(\S+\.o):\s+file format", line)
        if match:
            path = "compiler/" + match.group(1).split("/compiler/")[-1]
            continue
        match = re.match(r"[0-9a-f]+ (.{7}) (\S+)\s+([0-9a-f]+)\s+(?:\.(hidden|internal|protected) )?(\S+)$", line)
        if not match:
            continue
        flags, section, size, visibility, name = match.groups()
        is_object = "O" in flags
        if is_object and int(size, 16) and re.match(r"\.(data|bss)(?!\.rel\.ro)|\*COM\*", section) and name not in WRITABLE:
            problem(path, 0, "`%s` is a writable global" % name)
        if "d" not in flags and int(size, 16) and re.match(r"\.t(data|bss)", section) and path not in THREAD_LOCAL:
            problem(path, 0, "`%s` is thread-local" % name)
        in_library = "/commands/" not in path and path not in ("compiler/main.o", "compiler/embed.o")
        if in_library and flags[0] in "gu!" and section != "*UND*" and not visibility and not name.startswith("ismsc_"):
            problem(path, 0, "`%s` is visible to users of the library" % name)


def check_tree():
    files = tracked()
    check_root(files)
    check_stage_folders(files)
    for path in files:
        if BINARY.search(path) or path.startswith("tests/fuzz/corpus/"):
            continue
        text = read(path)
        check_file(path, text)
        if path.endswith((".c", ".h", ".def")):
            check_includes(path, text)
            check_calls(path, text)
    check_headers(files)
    return len(files)


# ---- each check must be able to fail ----

SPDX = "/* SPDX-License-Identifier: MIT */\n"
BREAKS = [  # what is broken, file, text appended to it (or its whole content), what must be said
    ("a later stage is included", "compiler/base/x.c", SPDX + '#include "diag/finding.h"\n', "comes before diag/"),
    ("rules/ sees syntax", "compiler/rules/x.c", SPDX + '#include "parse/node.h"\n', "must not see parse/"),
    ("rules/ sees files", "compiler/rules/x.c", SPDX + '#include "load/source.h"\n', "must not see load/"),
    ("weave/ sees rules", "compiler/weave/x.c", SPDX + '#include "rules/rules.h"\n', "must not see rules/"),
    ("write/ sees the model", "compiler/write/x.c", SPDX + '#include "model/model.h"\n', "must not see model/"),
    ("a stage sees the session", "compiler/write/x.c", SPDX + '#include "session.h"\n', "its own and earlier stages"),
    ("libyaml elsewhere", "compiler/resolve/x.c", SPDX + "#include <yaml.h>\n", "<yaml.h> may only"),
    ("cmark elsewhere", "compiler/weave/x.c", SPDX + "#include <cmark.h>\n", "<cmark.h> may only"),
    ("libzip elsewhere", "compiler/write/x.c", SPDX + "#include <zip.h>\n", "<zip.h> may only"),
    ("a banned function", "compiler/base/x.c", SPDX + "void f(char *a, const char *b) { strcpy(a, b); }\n", "strcpy() is banned"),
    ("memory without an arena", "compiler/weave/x.c", SPDX + "void *f(void) { return malloc(3); }\n", "memory comes from an arena"),
    ("a second clock", "compiler/weave/x.c", SPDX + "long f(void) { return time(0); }\n", "there is one clock"),
    ("exit in the library", "compiler/weave/x.c", SPDX + "void f(void) { exit(1); }\n", "a library returns"),
    ("no licence line", "compiler/base/x.c", "int x;\n", "no SPDX line"),
    ("a long file", "compiler/base/x.c", SPDX + "\n" * 700, "over 600 needs a reason"),
    ("a header that needs another", "compiler/base/x.h", SPDX + "#ifndef BASE_X_H\n#define BASE_X_H\nstr f(void);\n#endif\n", "does not compile alone"),
    ("a wrong guard", "compiler/base/x.h", SPDX + "#ifndef X_H\n#define X_H\n#endif\n", "include guard"),
    ("a thread-local variable", "compiler/base/x.c", SPDX + "static _Thread_local int x;\n", "belongs to parse/markdown.c"),
    ("white space", "compiler/base/x.c", SPDX + "int x; \n", "white space at the end"),
    ("a tab", "compiler/base/x.c", SPDX + "\tint x;\n", "a tab"),
    ("a new stage", "compiler/zoo/x.c", SPDX, "is no stage"),
    ("a file at the top", "NOTES.md", "notes\n", "top of the repository"),
    ("a machine's path", "docs/x.md", "see /wor" + "k/x\n", "names a place on one machine"),
    ("a registry", "docs/x.md", "from registry.npm" + "js.org\n", "names a place on one machine"),
]
BROKEN_OBJECTS = [
    ("a writable global", "int ismsc_counter = 3;\n", "is a writable global"),
    ("a writable static", "static int n; int ismsc_f(void); int ismsc_f(void) { return ++n; }\n", "is a writable global"),
    ("a thread-local object", "_Thread_local int ismsc_t;\n", "is thread-local"),
    ("a visible name", "int helper(void); int helper(void) { return 1; }\n", "is visible to users"),
]


def self_test():
    global problems
    failures = []
    cases = 0
    os.environ["BUILD"] = os.path.abspath(build_dir())
    with tempfile.TemporaryDirectory() as copy:
        for path in tracked():
            if path.startswith("compiler/") or path == "Makefile":
                os.makedirs(os.path.dirname(os.path.join(copy, path)) or copy, exist_ok=True)
                shutil.copy(path, os.path.join(copy, path))
        os.chdir(copy)
        subprocess.run(["git", "init", "-q", "."], check=True)
        problems = []
        check_tree()
        before = set(problems)
        for what, path, text, said in BREAKS:
            cases += 1
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            with open(path, "w") as f:
                f.write(text)
            problems = []
            check_root([path])
            check_stage_folders([path])
            check_file(path, text)
            check_includes(path, text)
            check_calls(path, text)
            check_headers([path])
            os.remove(path)
            if not any(said in p for p in set(problems) - before):
                failures.append("%s went unnoticed" % what)
        os.makedirs("objects/compiler", exist_ok=True)
        for what, text, said in BROKEN_OBJECTS:
            cases += 1
            with open("x.c", "w") as f:
                f.write(text)
            subprocess.run(os.environ.get("CC", "cc").split() + ["-c", "-o", "objects/compiler/x.o", "x.c"], check=True)
            problems = []
            check_objects(["objects/compiler/x.o"])
            if is_elf("objects/compiler/x.o") and not any(said in p for p in problems):
                failures.append("%s went unnoticed" % what)
        os.chdir("/")
    for failure in failures:
        print("FAIL " + failure)
    print("%d cases" % cases)
    return 1 if failures else 0


def main():
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    if "--self-test" in sys.argv[1:]:
        return self_test()
    count = check_tree()
    check_objects(object_files())
    for line in problems:
        print(line)
    print("%d cases" % count)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
