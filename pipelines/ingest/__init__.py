"""A service's file to checked rows: locate, read, type, check, mask, pseudonymise.

Belongs here: everything that turns bytes into rows and findings, and the ledger of what was taken in.
Does not: what a dataset is (`contracts`), where rows are kept (`duck`), when it runs (`orchestration`).
"""
