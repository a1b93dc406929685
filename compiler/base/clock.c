/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

#include "base/str.h"

int32_t clock_today(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t     seconds;
    if (!epoch || !str_to_int(str_of(epoch), &seconds) || seconds < 0 || seconds / 86400 > 2932896)
        seconds = (int64_t)time(NULL);
    return (int32_t)(seconds / 86400);
}

int64_t clock_seconds(void)
{
    struct timespec now = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec;
}
