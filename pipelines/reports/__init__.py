"""From the tables of `mart` to the pages people read.

Belongs here: how a figure looks, in words, numbers, charts and tables. Plotly lives here and nowhere else.
Does not: what a figure counts; definitions, units and sources come from the catalogue and the contracts.
"""
