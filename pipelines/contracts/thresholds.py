"""How few persons may be told of: settings of the disclosure control."""

from dataclasses import dataclass

# With two, whoever is one of them knows of the other.
LEAST = 3


@dataclass(frozen=True)
class Thresholds:
    """Below these a figure of persons is hidden from all who are not told everything.

    Attributes:
        count: the least number of persons.
        share: the least number of persons that a share or a mean may rest on.
        median: the least number of persons that a median may rest on.
    """

    count: int = 5
    share: int = 20
    median: int = 10
