/* SPDX-License-Identifier: MIT */
#include "diag/rule.h"

int stage_number(str stage)
{
    static const char *const names[] = { "draft", "stage-1", "stage-2", "certified" };
    for (int i = 3; i > 0; i--)
        if (str_eq(stage, str_of(names[i])))
            return i;
    return 0;
}
