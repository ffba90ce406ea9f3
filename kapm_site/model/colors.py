"""Contrast of colours as WCAG 2.2 defines it: is an accent legible on a background, and what is the nearest that is."""

#: WCAG 2.2, success criterion 1.4.3: the least contrast of text with what is behind it.
LEGIBLE = 4.5

_STEPS = 100


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


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(channels: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 sRGB's own figures
