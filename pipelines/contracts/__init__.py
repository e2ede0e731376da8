"""What every table and file is.

Belongs here: columns, code lists, rules, layouts of exports and tables, the calendar they are owed by.
Does not: how a file is read (`ingest`), how a figure is counted (`assets`), how it looks (`reports`).
This package imports nothing else of the project.
"""
