"""What is written on the terminal: results on the one hand, what goes wrong and how far it is on the other."""

from rich.console import Console

out = Console()
err = Console(stderr=True)


def say(text: str) -> None:
    """A sentence as it is: a path may hold what looks like the terminal's own markup."""
    out.print(text, markup=False, highlight=False, soft_wrap=True)
