/* SPDX-License-Identifier: MIT */
/*
 * Every input dimension has its limit here and nowhere else. Exceeding one is a finding with a place
 * (or, for memory, a status), never a crash. The numbers are far above what an ISMS of a large company
 * needs and far below what would hurt a laptop.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_FILES           = 20000,            /* source files of one project */
    LIMIT_PATH_DEPTH      = 32,               /* folders below the root */
    LIMIT_YAML_BYTES      = 256 * 1024 * 1024,/* one YAML file */
    LIMIT_MARKDOWN_BYTES  = 1024 * 1024,      /* one Markdown file or Markdown field */
    LIMIT_MARKDOWN_LINE   = 64 * 1024,        /* bytes in one Markdown line */
    LIMIT_PICTURE_BYTES   = 16 * 1024 * 1024, /* one picture in a document */
    LIMIT_MARKDOWN_NEST   = 32,               /* block quotes and lists inside each other */
    LIMIT_EXPANDED_BYTES  = 256 * 1024 * 1024,/* a template after its loops ran */
    LIMIT_BRAND_FILE      = 16 * 1024 * 1024, /* a picture or Word file of a brand */
    LIMIT_ARCHIVE_PARTS   = 1000,             /* parts of a reference document */
    LIMIT_ARCHIVE_PART    = 32 * 1024 * 1024, /* one part, unpacked */
    LIMIT_ARCHIVE_UNPACKED = 64 * 1024 * 1024,/* all parts that are read */
    LIMIT_XML_DEPTH       = 128,              /* elements inside each other */
    LIMIT_XML_NODES       = 300 * 1000,       /* elements and texts kept of one part */
    LIMIT_TABLE_COLUMNS   = 64,
    LIMIT_TABLE_FILL      = 10000,            /* cells invented to complete short rows */
    LIMIT_NODE_DEPTH      = 64,               /* nesting of one YAML file */
    LIMIT_NODES           = 50 * 1000 * 1000, /* YAML nodes of one project */
    LIMIT_KEY_BYTES       = 1024,
    LIMIT_EXPR_BYTES      = 16 * 1024,        /* text of one expression */
    LIMIT_EXPR_DEPTH      = 64,
    LIMIT_EXPR_COST       = 100 * 1000 * 1000,/* steps one evaluation may take */
    LIMIT_RULE_LETS       = 8,                /* names one rule may give */
    LIMIT_RULE_COST       = 1000 * 1000 * 1000,/* steps one rule may take on all records */
    LIMIT_TEMPLATE_DEPTH  = 32,               /* partials and sections inside each other */
    LIMIT_TEMPLATE_STEPS  = 50 * 1000 * 1000, /* tags of a template expanded, whatever they come to */
    LIMIT_TEMPLATE_TAGS   = 1000 * 1000,      /* tags whose names are checked; more come only from templates that include each other without end */
    LIMIT_FINDINGS        = 100 * 1000,       /* kept; what comes after is counted only */
    LIMIT_RECORD_PAGES    = 500,              /* records of a section that get a page each; of more none does */
    LIMIT_PDF_BEGIN       = 120,              /* seconds another program may take to begin, */
    LIMIT_PDF_DOCUMENT    = 60,               /* for each document it makes a PDF of, */
    LIMIT_PDF_SECONDS     = 4 * 60 * 60,      /* and for all of them */
    LIMIT_MATRIX          = 16,               /* steps of a likelihood or impact scale */
};

/* Memory one session may hold, in bytes; the arena leaves through its jump above it. */
#define LIMIT_MEMORY ((size_t)8 << 30)

#endif
