"""On small random tables: the loss is the smallest there is, the audit and an attacker find nothing, and nothing hidden is superfluous."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.audit import Auditor, Seen, audit, guessed, narrow
from pipelines.disclosure.model import Figure, Quantity, Relation, System, order, total
from pipelines.disclosure.protect import protect
from tests.attack import reachable
from tests.unit.disclosure_tables import THRESHOLD, found_out, leak, loss, secondary

VALUES = st.sampled_from([0, 1, 1, 2, 3, 4, 5, 6, 8, 12, 30])
WEIGHTS = st.sampled_from([1.0, 1.0, 2.0, 3.0, 10.5])


@st.composite
def tables(draw) -> System:
    """A row or a two-way table with its margins; beside it, now and then, later months, a complement, a share, and other states."""
    lines, columns = draw(st.sampled_from([(1, 3), (1, 4), (2, 2), (2, 2), (2, 3)]))
    values = {(i, j): draw(VALUES) for i in range(lines) for j in range(columns)}
    relations: list[Relation] = []

    def add(whole, parts) -> None:
        values[whole] = sum(values[part] for part in parts)
        relations.append(total(whole, parts))

    for i in range(lines):
        add((i, "sum"), [(i, j) for j in range(columns)])
    if lines > 1:
        for j in range(columns):
            add(("sum", j), [(i, j) for i in range(lines)])
        add(("sum", "sum"), [("sum", j) for j in range(columns)])
        relations.append(total(("sum", "sum"), [(i, "sum") for i in range(lines)]))
    any_key = st.sampled_from(list(values))
    if draw(st.booleans()):
        one = draw(any_key)
        values["later"] = values[one] + draw(st.sampled_from([0, 1, 2, 6]))
        relations.append(order(one, "later"))
    if draw(st.booleans()):
        one = draw(any_key)
        values["rest"] = draw(st.sampled_from([0, 2, 7, 20]))
        add("of", [one, "rest"])
    # Small counts are of persons, but for a few of places; a 0 discloses now and then.
    sensitive = {key: value < THRESHOLD and draw(st.integers(0, 9)) > (0 if value else 8) for key, value in values.items()}
    states = st.sampled_from(["free"] * 10 + ["hidden", "shown"])
    figures = [Figure(("n", key), (key,), draw(WEIGHTS), draw(states)) for key in values if key != "rest"]
    if draw(st.booleans()):
        pair = draw(st.lists(st.sampled_from(list(values)), min_size=2, max_size=2, unique=True))
        figures.append(Figure("share", tuple(pair), draw(WEIGHTS)))
    return System(tuple(Quantity(key, value, sensitive[key]) for key, value in values.items()), tuple(figures), tuple(relations))


def smallest_loss(system: System) -> float | None:
    """What the cheapest set of figures costs that, hidden besides the necessary ones, leaves the audit nothing; none if there is none."""
    published = {key for figure in system.figures if figure.state == "shown" for key in figure.quantities}
    sensitive = {quantity.key for quantity in system.quantities if quantity.sensitive} - published
    open_figures = [figure for figure in system.figures if figure.state == "free" and sensitive.isdisjoint(figure.quantities)]
    necessary = {figure.key for figure in system.figures if figure.state != "shown" and figure not in open_figures}
    everything = {figure.key for figure in system.figures}
    sets = [chosen for size in range(len(open_figures) + 1) for chosen in combinations(open_figures, size)]
    for chosen in sorted(sets, key=lambda chosen: sum(figure.weight for figure in chosen)):
        if not audit(system, everything - necessary - {figure.key for figure in chosen}, THRESHOLD):
            return sum(figure.weight for figure in chosen)
    return None


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_loss_is_the_smallest_of_all_and_every_figure_hidden_for_others_is_needed(system) -> None:
    protection = protect(system, THRESHOLD)
    shown = protection.shown(system)
    breaches = audit(system, shown, THRESHOLD)
    least = smallest_loss(system)
    assert (least is None) == bool(breaches)
    if least is not None:
        assert protection.optimal and abs(loss(system, protection) - least) < 1e-6
        assert [key for key in secondary(protection) if not audit(system, shown | {key}, THRESHOLD)] == []


@settings(max_examples=60, deadline=None)
@given(tables())
def test_what_the_audit_lets_pass_the_attacker_cannot_find_out(system) -> None:
    shown = protect(system, THRESHOLD).shown(system)
    if not audit(system, shown, THRESHOLD):
        assert found_out(system, shown) == set()
        spans = reachable(leak(system, shown, told=False))
        for quantity in system.quantities:
            if quantity.sensitive and quantity.key in spans:
                low, high = quantity.needed(THRESHOLD)
                reached = spans[quantity.key]
                assert reached[0] <= low and (reached[1] is None or reached[1] >= high)


@settings(max_examples=60, deadline=None)
@given(tables(), st.data())
def test_an_auditor_who_was_shown_other_figures_before_finds_the_same(system, data) -> None:
    auditor = Auditor(system, THRESHOLD)
    figures = [figure.key for figure in system.figures]
    for shown in (frozenset(data.draw(st.lists(st.sampled_from(figures), unique=True))) for _ in range(4)):
        found = [*narrow(Seen(auditor, shown)), *guessed(Seen(auditor, shown))]
        anew = [breach for breach in audit(system, shown, THRESHOLD) if breach.rule != "width"]
        assert [(one.rule, one.quantity) for one in found] == [(one.rule, one.quantity) for one in anew]


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_makes_no_difference(system, dice) -> None:
    parts = [list(part) for part in (system.quantities, system.figures, system.relations)]
    for part in parts:
        dice.shuffle(part)
    assert protect(System(*map(tuple, parts)), THRESHOLD) == protect(system, THRESHOLD)
