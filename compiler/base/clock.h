/* SPDX-License-Identifier: MIT */
/* The only functions that read the clock. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Days since 1970-01-01: of SOURCE_DATE_EPOCH where it is set to a number, else today in UTC. */
int32_t clock_today(void);
/* Seconds since some time, which nobody sets back: to give up waiting, never for what is printed. */
int64_t clock_seconds(void);

#endif
