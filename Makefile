# ismsc: `make help` lists the targets, README.md tells what they are for.

# ---- yours to set ---------------------------------------------------------------------------------------------
CC      ?= cc
CFLAGS  ?= -O3 -g
PREFIX  ?= /usr/local
DESTDIR ?=
PKG_CONFIG ?= pkg-config
SAN     ?=#         address,undefined: builds and tests with sanitizers, apart from the ordinary build
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
WERROR  ?=#         1: warnings are errors, as in CI
STATIC  ?=#         1: one program with all libraries in it, that runs on any Linux, in build-static
FUZZ_TIME ?= 60
SUITES  ?=#         of make check: all of them
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR     ?= $(PREFIX)/share/man
BASHDIR    ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR     ?= $(PREFIX)/share/zsh/site-functions
FISHDIR    ?= $(PREFIX)/share/fish/vendor_completions.d

# ---- names ----------------------------------------------------------------------------------------------------
VERSION := 0.1.0
STAGES  := base diag load model parse query resolve rules weave write
BUILD   := build$(if $(SAN),-san)$(if $(COVERAGE),-cov)$(if $(STATIC),-static)
GEN     := $(BUILD)/gen
# Libraries that are loaded, or for STATIC=1 linked.
NOT_BUILT := $(if $(STATIC),compiler/write/zip_loaded.c compiler/load/unzip_libzip.c compiler/base/library.c compiler/write/book_libxlsxwriter.c \
             compiler/write/xlsx.c $(wildcard compiler/write/xlsx_[!a]*.c),compiler/write/zip_linked.c compiler/load/unzip_linked.c compiler/write/xlsx_absent.c)
LIB_SRC := $(filter-out compiler/main.c compiler/embed.c,$(sort $(wildcard compiler/*.c))) $(foreach s,$(STAGES),$(filter-out $(NOT_BUILT),$(sort $(wildcard compiler/$s/*.c))))
CMD_SRC := compiler/main.c $(sort $(wildcard compiler/commands/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(GEN)/embedded.o
CMD_OBJ := $(CMD_SRC:%.c=$(BUILD)/%.o)
HOST_OBJ := $(patsubst %.c,$(BUILD)/%.o,compiler/embed.c $(filter-out $(NOT_BUILT),$(wildcard compiler/base/*.c compiler/diag/*.c)) compiler/load/source.c \
            compiler/model/model.c compiler/parse/front.c compiler/parse/node.c compiler/parse/text.c compiler/parse/yaml.c compiler/parse/yaml_explain.c compiler/parse/packed.c compiler/resolve/rulefile.c compiler/resolve/rules_packed.c compiler/resolve/schema.c compiler/resolve/schema_packed.c)
DATA    := $(sort $(shell find schema templates examples/northwind -type f ! -path schema/README.md ! -path templates/README.md \
             ! -path templates/starters/README.md))
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
REPLAY  := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/replay_%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ    := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
MAN     := $(sort $(wildcard docs/man/*.[1-8]))

LIBS    := yaml-0.1 libcmark
ZIP_SONAME := $(shell ldconfig -p 2>/dev/null | sed -n 's/^[[:space:]]*\(libzip\.so\.[0-9]*\) .*/\1/p' | sort -V | tail -1)

EXPAT_SONAME := $(shell ldconfig -p 2>/dev/null | sed -n 's/^[[:space:]]*\(libexpat\.so\.[0-9]*\) .*/\1/p' | sort -V | tail -1)
XLSX_SONAME := $(shell ldconfig -p 2>/dev/null | sed -n 's/^[[:space:]]*\(libxlsxwriter\.so\.[0-9]*\) .*/\1/p' | sort -V | tail -1)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wconversion \
        $(if $(WERROR),-Werror)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all)
PKG_CFLAGS := $(shell for p in $(LIBS) libzip expat libdeflate zlib $(if $(STATIC),,xlsxwriter); do $(PKG_CONFIG) --cflags $$p; done 2>/dev/null)
PKG_LIBS   := $(shell $(PKG_CONFIG) $(if $(STATIC),--static) --libs $(LIBS) 2>/dev/null || echo -lyaml -lcmark)
ALL_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -DISMSC_VERSION='"$(VERSION)"' $(if $(STATIC),-DISMSC_STATIC) $(if $(ZIP_SONAME),-DZIP_SONAME='"$(ZIP_SONAME)"') $(if $(EXPAT_SONAME),-DEXPAT_SONAME='"$(EXPAT_SONAME)"') \
             $(if $(XLSX_SONAME),-DXLSX_SONAME='"$(XLSX_SONAME)"') \
             -Icompiler -I$(GEN) -MMD -MP -fvisibility=hidden $(WARN) $(CPPFLAGS) \
             $(PKG_CFLAGS) $(CFLAGS) $(SANFLAGS) $(if $(COVERAGE),--coverage -O0)
ON_LINUX := $(findstring Linux,$(shell uname -s))
# Compilers make instructions of the little that asks for libm; where they do, no start pays for loading it.
ALL_LIBS = $(PKG_LIBS) $(if $(STATIC),-lexpat -ldeflate -lz) $(if $(ON_LINUX),-Xlinker --as-needed) -lm $(if $(STATIC),,$(if $(ON_LINUX),-ldl))
LINK = $(CC) $(CFLAGS) $(SANFLAGS) $(if $(COVERAGE),--coverage) $(if $(STATIC),-static) $(LDFLAGS)

# One short line for each step; V=1 shows the commands.
say = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$(2)';)

# ---- what to build --------------------------------------------------------------------------------------------
.PHONY: all tests check demo install uninstall clean lint docs fuzz coverage bench dist help
all: $(BUILD)/ismsc ## build build/ismsc

$(BUILD)/ismsc: $(CMD_OBJ) $(BUILD)/libismsc.a
	$(call say,LINK,$@) $(LINK) -o $@ $^ $(ALL_LIBS)

$(BUILD)/libismsc.a: $(LIB_OBJ)
	@rm -f $@
	$(call say,AR,$@) ar rcs $@ $(LIB_OBJ)

$(BUILD)/embed: $(HOST_OBJ)
	$(call say,LINK,$@) $(LINK) -o $@ $^ $(ALL_LIBS)

$(GEN)/embedded.c: $(BUILD)/embed $(DATA)
	@mkdir -p $(@D)
	$(call say,EMBED,$@) $(BUILD)/embed table $(DATA) > $@.tmp && mv $@.tmp $@

$(GEN)/model/fields.h: $(BUILD)/embed schema/isms.schema.json
	@mkdir -p $(@D)
	$(call say,EMBED,$@) $(BUILD)/embed fields schema/isms.schema.json > $@.tmp && mv $@.tmp $@

$(GEN)/embedded.o: $(GEN)/embedded.c
	$(call say,CC,$<) $(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<

$(filter-out $(HOST_OBJ),$(LIB_OBJ) $(CMD_OBJ)): $(GEN)/model/fields.h

$(BUILD)/%.o: %.c | $(BUILD)/deps-present
	@mkdir -p $(@D)
	$(call say,CC,$<) $(CC) $(ALL_CFLAGS) -c -o $@ $<

# ---- tests ----------------------------------------------------------------------------------------------------
$(BUILD)/tests/test_%: tests/unit/test_%.c $(BUILD)/libismsc.a
	@mkdir -p $(@D)
	$(call say,LINK,$@) $(CC) $(ALL_CFLAGS) -Itests/unit -o $@ $< $(BUILD)/libismsc.a $(LDFLAGS) -lcmocka $(ALL_LIBS)

$(BUILD)/tests/%: tests/%.c $(BUILD)/libismsc.a
	@mkdir -p $(@D)
	$(call say,LINK,$@) $(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/libismsc.a $(if $(STATIC),-static) $(LDFLAGS) $(ALL_LIBS)

$(BUILD)/tests/replay_%: tests/fuzz/%.c tests/fuzz/replay.c $(BUILD)/libismsc.a
	@mkdir -p $(@D)
	$(call say,LINK,$@) $(CC) $(ALL_CFLAGS) -o $@ $(filter %.c,$^) $(BUILD)/libismsc.a $(LDFLAGS) $(ALL_LIBS)

$(BUILD)/tests/iofault.so: tests/tools/iofault.c
	@mkdir -p $(@D)
	$(call say,LINK,$@) $(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O1 -shared -fPIC -o $@ $< -ldl

$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/libismsc.a
	@mkdir -p $(@D)
	$(call say,LINK,$@) $(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $< $(BUILD)/libismsc.a $(if $(STATIC),-static) $(LDFLAGS) $(ALL_LIBS)

tests: $(BUILD)/ismsc $(UNIT) $(REPLAY) $(BUILD)/tests/oom $(BUILD)/tests/rules $(BUILD)/tests/growth $(if $(SAN),,$(BUILD)/tests/iofault.so) ## build the test programs without running them

check: ## install what is missing, build, run every test (SUITES="unit/test_query golden" picks some)
	@sh tests/tools/deps.sh install check
	@$(MAKE) --no-print-directory -j$(JOBS) tests
	@BUILD=$(BUILD) SAN='$(SAN)' CC='$(CC)' JOBS=$(JOBS) sh tests/run.sh $(SUITES)

lint: all ## structure, static analysis with what is installed, the longest functions
	@BUILD=$(BUILD) CC='$(CC)' sh tests/tools/lint.sh

coverage: ## run the tests with counters: build-cov/coverage.html
	@$(MAKE) --no-print-directory COVERAGE=1 CFLAGS='-O0 -g' tests
	@BUILD=build-cov COVERAGE=1 sh tests/run.sh
	gcovr --root . --filter compiler/ --branches --exclude-throw-branches --html-details build-cov/coverage.html --print-summary build-cov

fuzz: ## run each fuzz target for FUZZ_TIME seconds (needs clang)
	@$(MAKE) --no-print-directory CC=clang CFLAGS='-O1 -g' BUILD=build-fuzz SAN=fuzzer-no-link,address,undefined fuzz-targets
	@BUILD=build-fuzz FUZZ_TIME=$(FUZZ_TIME) sh tests/fuzz/run.sh
.PHONY: fuzz-targets
fuzz-targets: $(FUZZ)

bench: all ## time the program on generated data
	@python3 bench/run.py --ismsc $(BUILD)/ismsc

# ---- use ------------------------------------------------------------------------------------------------------
demo: ## install what is missing, build, make the documents of examples/northwind in build/demo
	@sh tests/tools/deps.sh install build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@mkdir -p $(BUILD)/demo
	$(BUILD)/ismsc build -C examples/northwind --as-of 2026-11-21 --out $(BUILD)/demo
	@echo "The documents are in $(BUILD)/demo; begin with $(BUILD)/demo/index.html or $(BUILD)/demo/statement-of-applicability.docx"

docs: all ## write the generated parts of docs/ again
	@BUILD=$(BUILD) sh docs/generate.sh

install: all ## install program, library, manual pages and completions below DESTDIR and PREFIX
	install -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(LIBDIR)" "$(DESTDIR)$(INCLUDEDIR)"
	install -m 755 $(BUILD)/ismsc "$(DESTDIR)$(BINDIR)/ismsc"
	install -m 644 $(BUILD)/libismsc.a "$(DESTDIR)$(LIBDIR)/libismsc.a"
	install -m 644 compiler/ismsc.h "$(DESTDIR)$(INCLUDEDIR)/ismsc.h"
	@for page in $(MAN); do \
	  section="$(DESTDIR)$(MANDIR)/man$${page##*.}"; \
	  echo "install -m 644 $$page $$section/$${page##*/}"; \
	  install -d "$$section" && install -m 644 $$page "$$section/$${page##*/}" || exit 1; \
	done
	install -d "$(DESTDIR)$(BASHDIR)" "$(DESTDIR)$(ZSHDIR)" "$(DESTDIR)$(FISHDIR)"
	install -m 644 templates/shell/ismsc.bash "$(DESTDIR)$(BASHDIR)/ismsc"
	install -m 644 templates/shell/ismsc.zsh "$(DESTDIR)$(ZSHDIR)/_ismsc"
	install -m 644 templates/shell/ismsc.fish "$(DESTDIR)$(FISHDIR)/ismsc.fish"

uninstall: ## remove what install put there
	rm -f "$(DESTDIR)$(BINDIR)/ismsc" "$(DESTDIR)$(LIBDIR)/libismsc.a" "$(DESTDIR)$(INCLUDEDIR)/ismsc.h"
	rm -f "$(DESTDIR)$(BASHDIR)/ismsc" "$(DESTDIR)$(ZSHDIR)/_ismsc" "$(DESTDIR)$(FISHDIR)/ismsc.fish"
	rm -f $(foreach page,$(MAN),"$(DESTDIR)$(MANDIR)/man$(subst .,,$(suffix $(page)))/$(notdir $(page))")

dist: $(if $(STATIC),all) ## the release as build/ismsc-VERSION.tar.gz, the same bytes from the same commit; with STATIC=1 the program as well
	@mkdir -p $(BUILD)
	@sh tests/tools/dist.sh $(VERSION) $(BUILD) $(if $(STATIC),$(BUILD)/ismsc)

clean: ## remove everything that was built
	rm -rf build build-san build-cov build-fuzz build-static

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo; echo 'Variables: CC CFLAGS LDFLAGS PREFIX DESTDIR BUILD SAN=address,undefined WERROR=1 STATIC=1 FUZZ_TIME SUITES'

# Says what is missing instead of letting the compiler say it; never installs.
$(BUILD)/deps-present:
	@STATIC='$(STATIC)' sh tests/tools/deps.sh need
	@mkdir -p $(@D) && touch $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
