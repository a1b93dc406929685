/* SPDX-License-Identifier: MIT */
#include "write/zip.h"

#include "load/unzip.h"
#include "support.h"

/* As much as zip.c holds of a part; from there on another library has it. */
enum { HELD_WHOLE = 2 << 20 };

/* Something that repeats itself as markup does, and nothing else before it is long over. */
static str text_of(size_t len)
{
    struct buf *out = buf_new(&arena);
    for (int n = 0; out->len < len; n++)
        buf_print(out, "<w:p><w:r><w:t>Risk %d of %d</w:t></w:r></w:p>", n, n % 7);
    return str_cut(buf_str(out), 0, len);
}

static struct zip_stream *streamed(struct zip_shared *shared, str text, size_t step)
{
    struct zip_stream *stream;
    assert_null(zip_stream_open(&arena, shared, &stream));
    for (size_t at = 0; at < text.len; at += step)
        zip_stream_put(stream, str_cut(text, at, at + step < text.len ? at + step : text.len));
    zip_stream_close(stream);
    return stream;
}

static str archive_of(struct zip_shared *shared, const struct zip_part *parts, size_t nparts)
{
    struct parts out = { 0 };
    struct buf *bytes = buf_new(&arena);
    assert_null(zip_pack(&arena, shared, parts, nparts, &out));
    assert_true(parts_put(&out, bytes));
    return buf_str(bytes);
}

static void assert_part(struct unzip *unzip, uint64_t index, const char *name, str expected)
{
    struct unzip_part part;
    struct buf *out = buf_new(&arena);
    assert_true(unzip_part(unzip, index, &part));
    assert_str(part.name, name);
    assert_int_equal(part.size, expected.len);
    assert_true(unzip_begin(unzip, index));
    for (;;) {
        buf_reserve(out, 65536);
        int64_t n = unzip_read(unzip, out->at + out->len, 65536);
        assert_true(n >= 0);
        if (n == 0)
            break;
        out->len += (size_t)n;
    }
    unzip_end(unzip);
    assert_true(str_eq(buf_str(out), expected));
}

static void parts_come_out_as_they_went_in(void **state)
{
    (void)state;
    struct zip_shared *shared = zip_shared_new(&arena);
    str plain = text_of(3000);
    const struct zip_part parts[] = {
        { .name = STR("short"), .data = STR("x") }, { .name = STR("none") }, { .name = STR("plain"), .data = plain },
        { .name = STR("common"), .data = plain, .common = STR("c") }, { .name = STR("again"), .common = STR("c") }, { .name = STR("picture"), .data = plain, .stored = true },
        { .name = STR("stream"), .stream = streamed(shared, plain, 7) }, { .name = STR("nothing"), .stream = streamed(shared, STR(""), 1) },
    };
    str archive = archive_of(shared, parts, COUNT(parts));
    struct unzip *unzip;
    assert_null(unzip_open(&arena, archive, &unzip));
    assert_int_equal(unzip_count(unzip), COUNT(parts));
    assert_part(unzip, 0, "short", STR("x"));
    assert_part(unzip, 1, "none", STR(""));
    assert_part(unzip, 2, "plain", plain);
    assert_part(unzip, 3, "common", plain);
    assert_part(unzip, 4, "again", plain);
    assert_part(unzip, 5, "picture", plain);
    assert_part(unzip, 6, "stream", plain);
    assert_part(unzip, 7, "nothing", STR(""));
    assert_true(archive.len < 2 * plain.len);
}

static void a_long_part_is_whole_wherever_the_libraries_meet(void **state)
{
    static const size_t lengths[] = { HELD_WHOLE - 1, HELD_WHOLE, HELD_WHOLE + 1, 3 * HELD_WHOLE };
    (void)state;
    struct zip_shared *shared = zip_shared_new(&arena);
    for (size_t i = 0; i < COUNT(lengths); i++) {
        str text = text_of(lengths[i]);
        struct unzip *unzip;
        struct zip_part part = { .name = STR("long"), .stream = streamed(shared, text, 100003) };
        str archive = archive_of(shared, &part, 1);
        assert_true(archive.len < text.len / 4);
        assert_null(unzip_open(&arena, archive, &unzip));
        assert_part(unzip, 0, "long", text);
    }
}

static void an_archive_does_not_depend_on_those_before(void **state)
{
    (void)state;
    str text = text_of(5000);
    struct zip_shared *fresh = zip_shared_new(&arena), *used = zip_shared_new(&arena);
    struct zip_part part = { .name = STR("part"), .stream = streamed(fresh, text, 100) };
    str first = archive_of(fresh, &part, 1);
    streamed(used, text_of(2 * HELD_WHOLE), 65536);
    part.stream = streamed(used, text, 999);
    assert_true(str_eq(first, archive_of(used, &part, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(parts_come_out_as_they_went_in), TEST(a_long_part_is_whole_wherever_the_libraries_meet), TEST(an_archive_does_not_depend_on_those_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
