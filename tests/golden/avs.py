"""AVS numbers for invented persons: the check digit is right, so any of them could by chance be someone's."""

from stdnum import ean


def avs(number: int) -> str:
    """The AVS number of the invented person of a number, in the dotted spelling."""
    digits = f"756{100_000_000 + number}"
    digits += ean.calc_check_digit(digits)
    return f"{digits[:3]}.{digits[3:7]}.{digits[7:11]}.{digits[11:]}"
