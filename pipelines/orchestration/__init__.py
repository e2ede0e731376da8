"""How a run walks through the house: what is new, in which order tables are made, and Dagster around it.

The only package that imports Dagster; modules that need none do not, so that a check or an idle run starts at once.
"""
