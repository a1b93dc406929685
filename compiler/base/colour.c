/* SPDX-License-Identifier: MIT */
#include "base/colour.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct colour colour_parse(str text, struct colour fallback)
{
    int value[6];
    if (text.len == 7 && text.at[0] == '#')
        text = str_cut(text, 1, 7);
    if (text.len != 6)
        return fallback;
    for (size_t i = 0; i < 6; i++)
        if ((value[i] = hex_digit(text.at[i])) < 0)
            return fallback;
    return (struct colour){ (uint8_t)(value[0] * 16 + value[1]), (uint8_t)(value[2] * 16 + value[3]),
                            (uint8_t)(value[4] * 16 + value[5]) };
}

void colour_format(struct colour colour, char out[8])
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t channel[3] = { colour.r, colour.g, colour.b };
    out[0] = '#';
    for (size_t i = 0; i < 3; i++) {
        out[1 + 2 * i] = digits[channel[i] >> 4];
        out[2 + 2 * i] = digits[channel[i] & 15];
    }
    out[7] = '\0';
}

static uint8_t mix_channel(uint8_t a, uint8_t b, unsigned percent)
{
    return (uint8_t)((a * percent + b * (100 - percent) + 50) / 100);
}

struct colour colour_mix(struct colour a, struct colour b, unsigned percent)
{
    return (struct colour){ mix_channel(a.r, b.r, percent), mix_channel(a.g, b.g, percent), mix_channel(a.b, b.b, percent) };
}

/*
 * One channel's linear light, 0 to 65535. A cubic stands in for the standard's power law; it is within 0.15 % of
 * full scale of it, which the thresholds used here (5 and 7 where the standard asks for 4.5) leave room for.
 */
static uint64_t linear_light(uint8_t channel)
{
    uint64_t x = channel;
    return x * (x * (x * 305306 / 255 + 682171) / 255 + 12523) / 255 * 65535 / 1000000;
}

static uint64_t luminance(struct colour c)
{
    return (2126 * linear_light(c.r) + 7152 * linear_light(c.g) + 722 * linear_light(c.b)) / 10000;
}

unsigned colour_contrast(struct colour a, struct colour b)
{
    uint64_t x = luminance(a), y = luminance(b), flare = 65535 / 20;
    uint64_t high = x > y ? x : y, low = x > y ? y : x;
    return (unsigned)((high + flare) * 100 / (low + flare));
}

struct colour colour_readable(struct colour text, struct colour ground, unsigned contrast)
{
    const struct colour black = { 0, 0, 0 }, white = { 255, 255, 255 };
    struct colour goal = colour_contrast(black, ground) > colour_contrast(white, ground) ? black : white;
    for (unsigned share = 100; share > 0; share -= 4) {
        struct colour mixed = colour_mix(text, goal, share);
        if (colour_contrast(mixed, ground) >= contrast)
            return mixed;
    }
    return goal;
}

/*
 * The hue between [low] and [high], stronger the stronger it is in [hue]: a fill that is nearly grey stays nearly grey.
 */
static struct colour deepen(struct colour hue, unsigned low, unsigned high)
{
    unsigned least = hue.r < hue.g ? hue.r : hue.g, most = hue.r > hue.g ? hue.r : hue.g;
    least = hue.b < least ? hue.b : least;
    most = hue.b > most ? hue.b : most;
    unsigned range = most - least, room = high - low;
    uint8_t  middle = (uint8_t)((2 * low + high) / 3);
    struct colour grey = { middle, middle, middle };
    if (range == 0)
        return grey;
    struct colour full = { (uint8_t)(low + (hue.r - least) * room / range), (uint8_t)(low + (hue.g - least) * room / range),
                           (uint8_t)(low + (hue.b - least) * room / range) };
    return colour_mix(full, grey, range < 25 ? range * 4 : 100);
}

struct colour colour_pale(struct colour declared, struct colour ink)
{
    const struct colour white = { 255, 255, 255 };
    struct colour fill = declared;
    for (unsigned share = 100; share > 10 && colour_contrast(fill, ink) < 750; share -= 3)
        fill = colour_mix(declared, white, share);
    return fill;
}

/* [declared] mixed with white until [ink] has at least [contrast] on it. */
static struct colour lighten(struct colour declared, struct colour ink, unsigned contrast)
{
    const struct colour white = { 255, 255, 255 };
    struct colour fill = declared;
    for (unsigned share = 100; share > 0 && colour_contrast(fill, ink) < contrast; share -= 2)
        fill = colour_mix(declared, white, share - 2);
    return fill;
}

void colour_scale(const struct colour *declared, size_t n, struct colour ink, struct colour *fills)
{
    enum { TOP = 500, STEP = 14 }; /* contrast of the highest level; how many percent more each lower one has */
    const struct colour white = { 255, 255, 255 };
    unsigned most = colour_contrast(white, ink), wanted = TOP;
    for (size_t i = n; i-- > 0;) {
        fills[i] = lighten(declared[i], ink, wanted);
        unsigned has = colour_contrast(fills[i], ink), step = has * STEP / 100;
        unsigned room = most > has ? (most - has) / (unsigned)(i + 1) : 0; /* what is left is for all that are lower */
        wanted = has + (step < room ? step : room);
    }
}

struct colour colour_dark_fill(struct colour pale, struct colour ink)
{
    struct colour fill = { 0, 0, 0 };
    for (unsigned high = 0x74; high >= 0x30; high -= 4) {
        fill = deepen(pale, 0x26, high);
        if (colour_contrast(fill, ink) >= 600)
            break;
    }
    return fill;
}

struct colour colour_light_text(struct colour hue) { return deepen(hue, 0x86, 0xe2); }
