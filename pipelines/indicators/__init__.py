"""From the header of a query to a catalogued indicator and the columns all indicators share.

Belongs here: the catalogue, the frame around an indicator's query, disclosure control, figures of record.
Does not: what an indicator counts; that is its query in `assets/mart`.
"""
