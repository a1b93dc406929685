/* SPDX-License-Identifier: MIT */
#ifndef DEPS_H
#define DEPS_H

#include "base/buf.h"
#include "load/recorder.h"

/*
 * A rule for make and ninja: the outputs, or [target] where it is not empty, depend on all that was read; each input is also a target
 * without a recipe, so that one that is gone is no error. False, with *bad, for a path that the format can not express: it has a line break.
 */
bool deps_rule(struct buf *out, const struct path_list *outputs, str target, const struct recorded *inputs, str *bad);

#endif
