# ismsc: see README.md. `make help` lists the targets.
CC      ?= cc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
PKG     ?= pkg-config
STAGES  := base diag load model parse query resolve rules weave write
BUILD   := build$(if $(SAN),-san)
all:
