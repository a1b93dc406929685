/* SPDX-License-Identifier: MIT */
/*
 * SHA-256 (FIPS 180-4) of a text in memory. The HTML writer needs it for the content security policy, which
 * admits the page's own style and script by their digest; it guards nothing secret.
 */
#ifndef WRITE_SHA256_H
#define WRITE_SHA256_H

#include "base/arena.h"
#include "base/str.h"

enum { SHA256_BYTES = 32 };

void sha256(str text, uint8_t digest[SHA256_BYTES]);
/* The digest as browsers want it in a policy: "sha256-" and base64 with padding. */
str sha256_source(struct arena *arena, str text);

#endif
