/* SPDX-License-Identifier: MIT */
/*
 * What printf does, for the few conversions that nearly all texts of this program use. The generality of vsnprintf
 * costs more than everything else in writing XML; what is not known here it still gets.
 */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Writes the first [room] bytes of the text that vsnprintf would make to [at], without a NUL behind them (but the byte
 * behind a text shorter than [room] may change), and returns how many it would take.
 */
size_t format_text(char *at, size_t room, const char *format, va_list args) __attribute__((format(printf, 3, 0)));

#endif
