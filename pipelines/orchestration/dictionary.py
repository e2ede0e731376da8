"""The data dictionary, made from the contracts: what the services send, what the tables hold, what the indicators are."""

from collections.abc import Iterator

from pipelines.contracts.codes import CodeList
from pipelines.contracts.export import Export, Field
from pipelines.contracts.registry import CODE_LISTS, EXPORTS
from pipelines.contracts.rules import RULES
from pipelines.contracts.table import Table
from pipelines.ingest.ledger import FINDING, LEDGER, READING
from pipelines.orchestration.graph import given_tables, graph


def dictionary() -> str:
    """The dictionary as Markdown, in French."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Dictionnaire des données\n\n## Ce que les services envoient\n"
    for export in EXPORTS.values():
        yield from _export(export)
    yield "## Règles de contrôle\n\n| règle | gravité | ce qu'elle dit | que faire |\n| --- | --- | --- | --- |"
    yield from (f"| `{rule.id}` | {rule.severity} | {rule.says} | {rule.remedy} |" for rule in RULES.values())
    yield "\n## Listes de codes\n"
    for code_list in CODE_LISTS.values():
        yield from _codes(code_list)
    yield "## Tables de l'entrepôt\n"
    for table in (READING, LEDGER, FINDING, *(export.table for export in EXPORTS.values()), *given_tables()):
        yield from _table(table)
    indicators = {indicator.table.qualified for indicator in graph().indicators}
    for step in graph().steps:
        if step.table.qualified not in indicators:
            yield from _table(step.table)
    yield "## Indicateurs\n"
    for indicator in sorted(graph().indicators, key=lambda each: each.name):
        yield f"### `mart.{indicator.name}`: {indicator.query.about}\n\n{indicator.text('definition')}\n"
        labels = {"numerator": "numérateur", "denominator": "dénominateur", "unit": "unité", "source": "source", "reading": "lecture"}
        labels |= {"reads": "mois lus", "grains": "pas de temps", "dimensions": "ventilations", "overlapping": "qui se recoupent"}
        labels |= {"persons": "personnes", "equals": "comptes égaux", "version": "version", "valid_from": "valable dès"}
        yield from (f"- {label}: {text}" for key, label in labels.items() if (text := indicator.text(key)))
        yield ""


def _export(export: Export) -> Iterator[str]:
    senders = ", ".join(
        f"{service.upper()} ({f'dû dès {owed:%Y-%m}' if owed else 'facultatif'})" for service, owed in export.services.items()
    )
    yield f"### `{export.name}`: {export.title}\n\n{export.row}. Envoyé par {senders}.\n"
    yield "| colonne | champ | obligatoire | nature | valeurs | autres en-têtes lus |\n| --- | --- | --- | --- | --- | --- |"
    for field in export.fields:
        required = "clé" if field.key else "oui" if field.required else ""
        yield f"| {field.header} | `{field.name}` | {required} | {field.kind.name} | {_values(field)} | {', '.join(field.synonyms)} |"
    yield ""


def _codes(code_list: CodeList) -> Iterator[str]:
    yield f"### Liste `{code_list.name}`\n\nSource: {code_list.source}.\n\n| code | libellé | libellé allemand |\n| --- | --- | --- |"
    yield from (f"| `{one.code}` | {one.label} | {one.label_de} |" for one in code_list.codes)
    yield ""


def _values(field: Field) -> str:
    if field.codes:
        return ", ".join(code.code for code in field.codes.codes)
    bounds = (("au moins", field.minimum), ("au plus", field.maximum))
    return ", ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)


def _key(table: Table) -> str:
    return f"Clé: {', '.join(table.key)}." if table.key else "Sans clé."


def _table(table: Table) -> Iterator[str]:
    yield f"### `{table.qualified}`\n\n{table.grain} {_key(table)}\n\n| colonne | type | contenu |\n| --- | --- | --- |"
    yield from (f"| `{held.column.name}` | {held.column.kind.sql} | {held.column.meaning} |" for held in table.columns)
    yield ""
