/* SPDX-License-Identifier: MIT */
/* From the checked model to documents: which there are, weaving each, writing it in the formats asked for. */
#include "session.h"

void documents_check(struct ismsc *s) { (void)s; }
