"""The colours of the charts."""

import pytest

from pipelines.reports import theme

# WCAG 2.2, 1.4.3: text that is not large.
LEAST = 4.5


def luminance(colour: str) -> float:
    """The relative luminance of a colour, after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [*theme.PALETTE, theme.INK, theme.QUIET])
def test_what_is_written_in_a_colour_is_read_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= LEAST


def test_no_two_codes_have_one_colour_as_long_as_there_are_colours():
    assert len(set(theme.PALETTE)) == len(theme.PALETTE)
