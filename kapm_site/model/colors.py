"""Is a client's colour legible on a background, and which is the nearest that is; is it unlike what charts draw in."""

import math

#: WCAG 2.2, success criterion 1.4.3: the least contrast of text with what is behind it.
LEGIBLE = 4.5

#: Colours that charts mean something by: what is done, the baseline (two), what is critical and late.
INK, MID, GHOST, RED = "#16191d", "#7a828d", "#868e99", "#b3261e"

_STEPS = 100
#: The least distance in OKLab at which thin lines are told apart. Black, navy, greys and bright reds stay below it.
_APART = 0.12


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, from 1 (none) to 21 (black on white).

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    lighter, darker = sorted((_luminance(_channels(a)), _luminance(_channels(b))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def darkened(color: str, background: str = "#ffffff", ratio: float = LEGIBLE) -> str:
    """Return the lightest shade of a colour, in steps of a hundredth, that has a contrast ratio with a background.

    A colour that has it already is returned as it is; against a dark background no shade may reach the ratio,
    and black is returned.
    """
    red, green, blue = _channels(color)
    for step in range(_STEPS, -1, -1):
        shade = "#" + "".join(f"{channel * step // _STEPS:02x}" for channel in (red, green, blue))
        if contrast(shade, background) >= ratio:
            return shade
    return "#000000"


def lightened(color: str, background: str, ratio: float = LEGIBLE) -> str:
    """Return the darkest tint of a colour, in steps of a hundredth, that has a contrast ratio with a background."""
    red, green, blue = _channels(color)
    for step in range(_STEPS + 1):
        tint = "#" + "".join(f"{channel + (255 - channel) * step // _STEPS:02x}" for channel in (red, green, blue))
        if contrast(tint, background) >= ratio:
            return tint
    return "#ffffff"


def stands_out(color: str) -> bool:
    """Tell whether a colour cannot be taken for one that charts mean something by."""
    return all(math.dist(_lab(color), _lab(other)) >= _APART for other in (INK, MID, GHOST, RED))


def _lab(color: str) -> tuple[float, float, float]:
    """Place a colour in OKLab, with the lightness of its later form, in which near-blacks are near each other.

    Source: Björn Ottosson, "A perceptual color space for image processing" (2020) and "Okhsv and Okhsl" (2021).
    """
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    toe = 1.206 / 1.03 * lightness - 0.206
    return (
        (toe + math.sqrt(toe**2 + 4 * 0.03 * 1.206 / 1.03 * lightness)) / 2,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(channels: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 sRGB's own figures
