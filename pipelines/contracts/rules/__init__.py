"""Every rule a delivery is held to, with the words a service reads; one module for each thing that is looked at."""

from itertools import chain

from pipelines.contracts.rules import cell, file, header, history, line, reference, row
from pipelines.contracts.rules.rule import Both, Rule, Severity, Told

__all__ = ["RULES", "Both", "Rule", "Severity", "Told"]

_LOOKED_AT = (file, header, line, cell, row, history, reference)

RULES: dict[str, Rule] = {rule.id: rule for rule in chain(*(module.RULES for module in _LOOKED_AT))}
