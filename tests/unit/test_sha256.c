/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/sha256.h"

static struct memory memory = { .limit = (size_t)16 << 20 };
static struct arena  arena;

static void assert_digest(str text, const char *expected)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_BYTES];
    char    hex[2 * SHA256_BYTES + 1] = { 0 };
    sha256(text, digest);
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    assert_string_equal(hex, expected);
}

static str repeated(char c, size_t n)
{
    char *at = NEWS(&arena, char, n);
    memset(at, c, n);
    return (str){ at, n };
}

/* The examples of FIPS 180 and of NIST's "SHA Test Vectors for Hashing Byte-Oriented Messages". */
static void published_vectors(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    assert_digest((str){ 0 }, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_digest(STR("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                      "mnopqrstnopqrstu"),
                  "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    assert_digest(repeated('a', 1000000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assert_digest(STR("\xd3"), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
    arena_close(&arena);
}

/* The padding takes one block or two: the borders are at 55, 56 and 64 bytes. */
static void lengths_around_a_block(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    assert_digest(repeated('a', 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    assert_digest(repeated('a', 56), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    assert_digest(repeated('a', 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    assert_digest(repeated('a', 65), "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0");
    arena_close(&arena);
}

static void sources_of_a_policy(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    str source = sha256_source(&arena, STR("abc"));
    assert_true(str_eq(source, STR("sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")));
    arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors),
        cmocka_unit_test(lengths_around_a_block),
        cmocka_unit_test(sources_of_a_policy),
    };
    if (setjmp(memory.escape)) {
        print_error("out of memory\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
