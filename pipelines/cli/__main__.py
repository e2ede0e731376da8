"""`python -m pipelines.cli` is `cii`."""

from pipelines.cli import main

main()
