"""Small invented tables for the tests of disclosure control, and how an attacker reads them."""

from collections.abc import Mapping, Sequence

from pipelines.disclosure.model import Figure, Protection, Quantity, Relation, System, total
from tests.attack import Leak, known

THRESHOLD = 5


def counted(values: Mapping, relations: Sequence[Relation] = (), *, weights: Mapping | None = None, **states) -> System:
    """Each value as one quantity with one figure of the same key; small ones are sensitive."""
    quantities = tuple(Quantity(key, value, sensitive=1 <= value < THRESHOLD) for key, value in values.items())
    figures = tuple(Figure(key, (key,), (weights or {}).get(key, 1.0), states.get(str(key), "free")) for key in values)
    return System(quantities, figures, tuple(relations))


def row(*values: int, weights: Mapping | None = None, **states) -> System:
    """A row of cells `a`, `b`, … and their total `sum`."""
    cells = dict(zip("abcdefgh", values, strict=False))
    return counted({**cells, "sum": sum(values)}, [total("sum", cells)], weights=weights, **states)


def crossed(*rows: Sequence[int], weights: Mapping | None = None) -> System:
    """A two-way table: cells `r0c0`, margins `r0` and `c0`, and the total `all`; a margin costs ten times a cell."""
    values = {f"r{i}c{j}": value for i, line in enumerate(rows) for j, value in enumerate(line)}
    values |= {f"r{i}": sum(line) for i, line in enumerate(rows)}
    values |= {f"c{j}": sum(column) for j, column in enumerate(zip(*rows, strict=True))}
    values["all"] = sum(map(sum, rows))
    lines, columns = range(len(rows)), range(len(rows[0]))
    relations = [total(f"r{i}", [f"r{i}c{j}" for j in columns]) for i in lines] + [
        total(f"c{j}", [f"r{i}c{j}" for i in lines]) for j in columns
    ]
    relations += [total("all", [f"r{i}" for i in lines]), total("all", [f"c{j}" for j in columns])]
    return counted(values, relations, weights={key: 1.0 if len(key) == 4 else 10.0 for key in values} | dict(weights or {}))


def secondary(protection: Protection) -> set:
    return {key for key, role in protection.hidden.items() if role == "secondary"}


def loss(system: System, protection: Protection) -> float:
    return sum(figure.weight for figure in system.figures if protection.hidden.get(figure.key) == "secondary")


def leak(system: System, shown: set | frozenset, *, told: bool = True) -> Leak:
    """What readers of these figures hold: sums and orders as they are, and what the reasons say of each blank."""
    values = {quantity.key: quantity.value for quantity in system.quantities}
    seen = {key for figure in system.figures if figure.key in shown or figure.state == "shown" for key in figure.quantities}
    sums = [(terms[0][0], [key for key, _ in terms[1:]]) for terms in (one.terms for one in system.relations if one.upper == 0)]
    growing = [(one.terms[0][0], one.terms[1][0]) for one in system.relations if one.upper > 0]
    reasoned = {key for figure in system.figures if figure.key not in shown and figure.state == "free" for key in figure.quantities} - seen
    sensitive = {quantity.key for quantity in system.quantities if quantity.sensitive}
    small = {key for key in reasoned & sensitive if 1 <= values[key] < THRESHOLD}
    protected = {key for key in reasoned if values[key] >= THRESHOLD or (values[key] == 0 and key not in sensitive)}
    return Leak({key: values[key] for key in seen}, sums, growing, small if told else (), protected if told else (), THRESHOLD)


def found_out(system: System, shown: set | frozenset) -> set:
    """The sensitive quantities that the attacker is certain of though no figure shows them."""
    sensitive = {quantity.key for quantity in system.quantities if quantity.sensitive}
    return sensitive & known(leak(system, shown)).keys()
