/* SPDX-License-Identifier: MIT */
/* What deflate.c writes is read again by the letter of RFC 1951. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "write/crc32.h"
#include "write/deflate.h"
#include "write/huffman.h"

static struct memory memory = { .limit = (size_t)64 << 20 };
static struct arena  arena;
static struct deflate *shared;

static int start(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    shared = deflate_new(&arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

/* --- a reader --- */

struct reader { str text; size_t bit; };

static unsigned bits(struct reader *in, unsigned n)
{
    unsigned value = 0;
    for (unsigned i = 0; i < n; i++, in->bit++) {
        assert_true(in->bit / 8 < in->text.len);
        value |= ((unsigned char)in->text.at[in->bit / 8] >> in->bit % 8 & 1u) << i;
    }
    return value;
}

/* 3.2.2: codes of one length follow each other, and those of the next go on behind them. */
struct code { unsigned counts[16], symbols[320]; };

static struct code code_of(const uint8_t *lengths, size_t n)
{
    struct code code = { { 0 }, { 0 } };
    size_t used = 0;
    unsigned room = 1;
    for (unsigned length = 1; length < 16; length++) {
        for (size_t i = 0; i < n; i++)
            if (lengths[i] == length) {
                code.counts[length]++;
                code.symbols[used++] = (unsigned)i;
            }
        assert_true(code.counts[length] <= 2 * room);
        room = 2 * room - code.counts[length];
    }
    assert_int_equal(room, 0); /* complete */
    return code;
}

static unsigned symbol(struct reader *in, const struct code *code)
{
    unsigned value = 0, first = 0, index = 0;
    for (unsigned length = 1; length < 16; length++) {
        value |= bits(in, 1);
        if (value - first < code->counts[length])
            return code->symbols[index + value - first];
        index += code->counts[length];
        first = (first + code->counts[length]) << 1;
        value <<= 1;
    }
    fail_msg("no such code");
    return 0;
}

static void read_codes(struct reader *in, struct code *literals, struct code *distances)
{
    static const uint8_t order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
    uint8_t lengths[19] = { 0 }, all[320] = { 0 };
    unsigned nliterals = bits(in, 5) + 257, ndistances = bits(in, 5) + 1, shown = bits(in, 4) + 4, n = 0;
    for (unsigned i = 0; i < shown; i++)
        lengths[order[i]] = (uint8_t)bits(in, 3);
    struct code code = code_of(lengths, 19);
    while (n < nliterals + ndistances) {
        unsigned what = symbol(in, &code), times = 1;
        if (what > 15)
            times = what == 16 ? 3 + bits(in, 2) : what == 17 ? 3 + bits(in, 3) : 11 + bits(in, 7);
        assert_true(n + times <= nliterals + ndistances);
        for (unsigned i = 0; i < times; i++, n++)
            all[n] = (uint8_t)(what < 16 ? what : what == 16 ? all[n - 1] : 0);
    }
    *literals = code_of(all, nliterals);
    *distances = code_of(all + nliterals, ndistances);
}

/* 3.2.5 */
static void copy_back(struct reader *in, unsigned length_symbol, const struct code *distances, struct buf *out)
{
    static const uint16_t lengths[] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
    static const uint16_t starts[] = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };
    unsigned n = length_symbol - 257;
    unsigned length = lengths[n] + bits(in, n < 8 || n == 28 ? 0 : (n - 4) / 4);
    unsigned d = symbol(in, distances), distance = starts[d] + bits(in, d < 4 ? 0 : (d - 2) / 2);
    assert_true(distance <= out->len);
    for (; length; length--)
        buf_char(out, out->at[out->len - distance]);
}

static str inflated(str stream)
{
    struct reader in = { stream, 0 };
    struct buf *out = buf_new(&arena);
    for (bool last = false; !last;) {
        struct code literals, distances;
        last = bits(&in, 1);
        assert_int_equal(bits(&in, 2), 2);
        read_codes(&in, &literals, &distances);
        for (unsigned what; (what = symbol(&in, &literals)) != 256;)
            if (what < 256)
                buf_char(out, (char)what);
            else
                copy_back(&in, what, &distances, out);
    }
    assert_int_equal((in.bit + 7) / 8, stream.len);
    return buf_str(out);
}

/* --- texts --- */

static str deflated(struct deflate *deflate, str text, size_t piece)
{
    struct buf *out = buf_new(&arena);
    for (size_t at = 0; at < text.len; at += piece)
        deflate_put(deflate, str_cut(text, at, at + piece < text.len ? at + piece : text.len), out);
    deflate_end(deflate, out);
    return buf_str(out);
}

/* The stream must mean [text], be the same however the text came in, and the same whatever was compressed before. */
static size_t assert_deflates(str text)
{
    str stream = deflated(shared, text, text.len + 1), again = inflated(stream);
    assert_true(str_eq(again, text));
    assert_true(str_eq(deflated(shared, text, 1000), stream));
    assert_true(str_eq(deflated(deflate_new(&arena), text, 70001), stream));
    return stream.len;
}

static str noise(size_t n, unsigned symbols)
{
    char *at = NEWS(&arena, char, n);
    uint64_t seed = 42;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        at[i] = (char)((seed >> 40) % symbols);
    }
    return (str){ at, n };
}

static str joined(str a, str b)
{
    struct buf *out = buf_new(&arena);
    buf_put(out, a);
    buf_put(out, b);
    return buf_str(out);
}

static void short_texts(void **state)
{
    (void)state;
    assert_deflates(STR(""));
    assert_deflates(STR("a"));
    assert_deflates(STR("abcdefg"));
    assert_deflates(STR("abcdabcd"));
    assert_deflates(STR("abcdefgh abcdefgh abcdefgh abcdefghabcdefgh"));
}

static void repeats(void **state)
{
    (void)state;
    struct buf *rows = buf_new(&arena);
    assert_true(assert_deflates(noise(1000000, 1)) < 3000);
    for (int i = 0; i < 20000; i++)
        buf_print(rows, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t>R-%04d</w:t></w:r></w:p></w:tc>", 800 + i % 3, i * 7 % 10000);
    assert_true(assert_deflates(buf_str(rows)) < rows->len / 15);
}

/* Repeats from as far back as may be, and from one byte further, with little to remember between. */
static void far_repeats(void **state)
{
    (void)state;
    str head = noise(300, 250), far = joined(head, noise(32768 - 300, 1)), further = joined(head, noise(32769 - 300, 1));
    assert_true(assert_deflates(joined(far, head)) < assert_deflates(far) + 30);
    assert_true(assert_deflates(joined(further, head)) > assert_deflates(further) + 200);
    assert_deflates(joined(joined(further, further), joined(far, far)));
}

static void noises(void **state)
{
    (void)state;
    static const unsigned symbols[] = { 2, 3, 16, 64, 256 };
    static const size_t sizes[] = { 7, 8, 9, 65535, 65536, 65537, 200000 };
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++)
            assert_true(assert_deflates(noise(sizes[k], symbols[i])) < sizes[k] + sizes[k] / 100 + 400);
}

/* Each symbol stands as often as the two before it together: the code of least redundancy would have one more bit for each. */
static void codes_have_a_limit(void **state)
{
    (void)state;
    for (unsigned limit = 7; limit <= 15; limit += 8) {
        uint32_t counts[HUFFMAN_SYMBOLS] = { 1, 1 };
        struct huffman code;
        uint32_t taken = 0;
        size_t n = limit == 7 ? 19 : 40;
        for (size_t i = 2; i < n; i++)
            counts[i] = counts[i - 1] + counts[i - 2];
        huffman_make(&code, counts, n, limit);
        for (size_t i = 0; i < n; i++) {
            assert_in_range(code.length[i], 1, limit);
            taken += 1u << (limit - code.length[i]);
            assert_true(i == 0 || code.length[i] <= code.length[i - 1]);
        }
        assert_int_equal(taken, 1u << limit);
    }
}

static void check_sums(void **state)
{
    (void)state;
    struct crc32 table;
    str text = STR("The quick brown fox jumps over the lazy dog");
    crc32_prepare(&table);
    assert_int_equal(crc32_add(&table, 0, STR("")), 0);
    assert_int_equal(crc32_add(&table, 0, STR("123456789")), 0xCBF43926);
    for (size_t at = 0; at <= text.len; at++)
        assert_int_equal(crc32_add(&table, crc32_add(&table, 0, str_cut(text, 0, at)), str_cut(text, at, text.len)), 0x414FA339);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(short_texts), TEST(repeats), TEST(far_repeats), TEST(noises), TEST(codes_have_a_limit), TEST(check_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
