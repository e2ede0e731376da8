"""A file that is refused before its rows are looked at: the verdict with its one sentence."""

import polars as pl

from pipelines.contracts.rules import RULES
from pipelines.ingest.intake import Intake
from pipelines.ingest.ledger import FINDING


def refused(rule_id: str, **words: object) -> Intake:
    """The verdict by a rule on files, its sentence filled in."""
    rule = RULES[rule_id]
    finding = {"line": None, "field": None, "header": None, "cell": None, "rule": rule.id}
    finding |= {"severity": rule.severity, "message": rule.message(**words)}
    types = {name: kind for name, kind in FINDING.frame_schema.items() if name in finding}
    return Intake(False, rule.id, pl.DataFrame(), pl.DataFrame([finding], schema=types), 0, 0, 0, 0)
