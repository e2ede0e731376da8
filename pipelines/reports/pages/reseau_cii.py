"""The network for people with several problems (Réseau CII NE): its steps, its files, how long a plan takes and what comes of it."""

from pipelines.reports import theme
from pipelines.reports.basis import basis
from pipelines.reports.book import Book, in_list_order, label, latest, value_at, values
from pipelines.reports.cards import cards
from pipelines.reports.chart import Chart
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.funnel import funnel, shares_of
from pipelines.reports.incidence import ends
from pipelines.reports.language import later, tr
from pipelines.reports.series import by_code, total
from pipelines.reports.value import Value

_STEPS = {
    "reseau_detected": later("Détectées"),
    "reseau_accepted": later("Acceptées"),
    "reseau_assessed": later("Bilan fait"),
    "reseau_planned": later("Plan d'action"),
    "reseau_closed": later("Closes"),
}
_KEY_FIGURES = ("reseau_open", "reseau_days_to_plan", "reseau_reinsertion_rate", "reseau_physician_share")
_RATES = ("reseau_reinsertion_rate", "reseau_physician_share")
# A situation that is refused is closed without a plan.
_APART = ("reseau_closed",)
_CLOSED = later("Une situation refusée est close sans plan: les clôtures se lisent sur toutes les situations détectées.")


def _build(book: Book) -> tuple[Block, ...]:
    rests_on = Text(basis(book, "reseau_open", dataset="reseau_cii_dossiers"))
    if not values(book, "reseau_open"):
        return (rests_on,)
    return (
        rests_on,
        cards(book, tr("Chiffres clés"), indicators=_KEY_FIGURES),
        funnel(book, _STEPS, title=tr("Situations, de la détection à la clôture"), apart=_APART, notes=(tr(_CLOSED),)),
        _by_service(book),
        _open(book),
        _days(book),
        _rates(book),
        *ends(book, "RESEAU_CII", outcomes="reseau_outcome", rests_on="reseau_open", services="reseau_open"),
    )


def _by_service(book: Book) -> Table:
    """A row per detecting service, a column per step."""
    members = {indicator: latest(book, indicator, "detected_by") for indicator in _STEPS}
    detecting = set.intersection(*(set(found) for found in members.values()))
    rows = {
        label("reseau_partner", code): {indicator: members[indicator][code] for indicator in _STEPS}
        for code in in_list_order("reseau_partner", detecting)
    }
    whole = {tr("Toutes"): {indicator: value_at(book, indicator) for indicator in _STEPS}}
    return Table(
        slug="services",
        title=tr("Étapes par service détecteur"),
        columns=heads((tr("Détectées par"),), map(tr, _STEPS.values())),
        rows=tuple(_row(name, known) for name, known in (rows | whole).items()),
        notes=(tr("En petit: part de l'étape précédente; pour les clôtures, part de toutes les situations détectées."),),
        about=book.about(*_STEPS),
    )


def _row(name: str, known: dict[str, Value]) -> tuple[Cell, ...]:
    shares = shares_of(known, apart=_APART)
    stood = next((value.stood for value in known.values() if value.stood), "")
    return (Cell(name, stood, kind="text"), *(Cell(value.text, shares[indicator], shows=value) for indicator, value in known.items()))


def _open(book: Book) -> Chart:
    series = by_code(book, "reseau_open", "lead", code_list="reseau_partner")
    return Chart(slug="open", title=tr("Dossiers ouverts par service pilote"), about=book.about("reseau_open"), series=series)


def _days(book: Book) -> Chart:
    title, about = tr("Durée médiane jusqu'au plan d'action"), book.about("reseau_days_to_plan")
    return Chart(slug="days", title=title, about=about, series=(total(book, "reseau_days_to_plan"),))


def _rates(book: Book) -> Chart:
    series = tuple(total(book, indicator, colour=theme.nth(place)) for place, indicator in enumerate(_RATES))
    title = tr("Réinsertion et présence d'un médecin au bilan, douze mois")
    return Chart(slug="rates", title=title, about=book.about(*_RATES), series=series)


PAGE = Page(slug="reseau_cii", title=later("Réseau CII NE"), order=50, build=_build, packs=(GP_CII, LEGISLATURE))
