# ismsc: `make help` lists the targets, README.md tells what they are for.

# ---- yours to set ---------------------------------------------------------------------------------------------
CC      ?= cc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
DESTDIR ?=
PKG_CONFIG ?= pkg-config
SAN     ?=#         address,undefined: builds and tests with sanitizers, apart from the ordinary build
WERROR  ?=#         1: warnings are errors, as in CI

# ---- names ----------------------------------------------------------------------------------------------------
VERSION := 0.1.0
STAGES  := base diag load model parse query resolve rules weave write
BUILD   := build$(if $(SAN),-san)$(if $(COVERAGE),-cov)
GEN     := $(BUILD)/gen
LIB_SRC := compiler/ismsc.c compiler/documents.c $(foreach s,$(STAGES),$(sort $(wildcard compiler/$s/*.c)))
CMD_SRC := compiler/main.c $(sort $(wildcard compiler/commands/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(GEN)/embedded.o
CMD_OBJ := $(CMD_SRC:%.c=$(BUILD)/%.o)
HOST_OBJ := $(patsubst %.c,$(BUILD)/%.o,compiler/embed.c $(wildcard compiler/base/*.c compiler/diag/*.c) compiler/load/source.c \
            compiler/model/model.c compiler/parse/node.c compiler/parse/text.c compiler/parse/yaml.c compiler/parse/packed.c compiler/resolve/schema.c)
DATA    := $(sort $(shell find schema templates -type f ! -name README.md))
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))

LIBS    := yaml-0.1 libcmark
ZIP_SONAME := $(shell ldconfig -p 2>/dev/null | sed -n 's/^[[:space:]]*\(libzip\.so\.[0-9]*\) .*/\1/p' | sort -V | tail -1)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wconversion \
        $(if $(WERROR),-Werror)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all)
ALL_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -DISMSC_VERSION='"$(VERSION)"' $(if $(ZIP_SONAME),-DZIP_SONAME='"$(ZIP_SONAME)"') \
             -Icompiler -I$(GEN) -MMD -MP -fvisibility=hidden $(WARN) $(CPPFLAGS) \
             $(shell $(PKG_CONFIG) --cflags $(LIBS) libzip 2>/dev/null) $(CFLAGS) $(SANFLAGS) $(if $(COVERAGE),--coverage -O0)
ALL_LIBS = $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null || echo -lyaml -lcmark) -lm $(if $(findstring Linux,$(shell uname -s)),-ldl)
LINK = $(CC) $(CFLAGS) $(SANFLAGS) $(if $(COVERAGE),--coverage) $(LDFLAGS)

# ---- what to build --------------------------------------------------------------------------------------------
.PHONY: all check demo install uninstall clean lint docs fuzz coverage bench help deps quick
all: $(BUILD)/ismsc ## build build/ismsc

$(BUILD)/ismsc: $(CMD_OBJ) $(BUILD)/libismsc.a
	$(LINK) -o $@ $^ $(ALL_LIBS)

$(BUILD)/libismsc.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $(LIB_OBJ)

$(BUILD)/embed: $(HOST_OBJ)
	$(LINK) -o $@ $^ $(ALL_LIBS)

$(GEN)/embedded.c: $(BUILD)/embed $(DATA)
	@mkdir -p $(@D)
	$(BUILD)/embed table $(DATA) > $@.tmp && mv $@.tmp $@

$(GEN)/model/fields.h: $(BUILD)/embed schema/isms.schema.json
	@mkdir -p $(@D)
	$(BUILD)/embed fields schema/isms.schema.json > $@.tmp && mv $@.tmp $@

$(GEN)/embedded.o: $(GEN)/embedded.c
	$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<

$(filter-out $(HOST_OBJ),$(LIB_OBJ) $(CMD_OBJ)): $(GEN)/model/fields.h

$(BUILD)/%.o: %.c | $(BUILD)/deps-present
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libismsc.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/unit -o $@ $< $(BUILD)/libismsc.a $(LDFLAGS) -lcmocka $(ALL_LIBS)

# Says what is missing instead of letting the compiler say it; never installs.
$(BUILD)/deps-present:
	@sh tests/tools/deps.sh need
	@mkdir -p $(@D) && touch $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
