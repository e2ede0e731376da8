"""A dataset that never came: the run goes on without it, and the reports say what they lack."""

import datetime as dt
from html import unescape

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.sample.generate import generate
from pipelines.sample.world import World
from tests.packs import write_packs
from tests.support import built, settings_in

MARCH = dt.date(2017, 3, 1)
NOTHING = "aucun envoi en vigueur jusqu'à fin mars 2017; ce qui en dépend reste vide."
# The sentence that stands in for each dataset, on the page that rests on it most.
SAID = {
    "actions_axes": f"Actions des sept axes: {NOTHING}",
    "actions_correctives": "La liste des actions correctives n'est pas reçue.",
    "budgets": "Aucun budget 2017 reçu: SEMP, SASO, SMIG.",
    "cm_fp_dossiers": "CM-FP, mars 2017: non reçu.",
    "conventions": f"Conventions bilatérales: {NOTHING}",
    "formations_cii": f"Formations CII: {NOTHING}",
    "interventions_precoces": f"Interventions précoces au secondaire I: {NOTHING}",
    "mesures": "Mars 2017: l'inventaire des mesures n'est pas reçu.",
    "ne_eso_candidatures": f"Candidatures et contrats NE-ESO: {NOTHING}",
    "observations": "Aucune participation terminée n'a été observée deux fois",
    "participations": "Participations non reçues: SEMP (rien reçu), SASO (rien reçu), SMIG (rien reçu); ce qui a été utilisé alors est incomplet.",
    "prestations": "prestations et périodes de soutien, mars 2016 à mars 2017, ",
    "pset_places": "Places PSET, mars 2017: non reçu.",
    "reseau_cii_dossiers": f"Dossiers du Réseau CII NE: {NOTHING}",
}
# … and on others.
ALSO_SAID = {
    "prestations": (f"Prestations et périodes de soutien: {NOTHING}",),
    "reseau_cii_dossiers": ("Passages sans dossier commun: rien à montrer jusqu'à fin mars 2017, faute d'envois ou de cas.",),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The last months of the sample, from the one that the last agreements were told in."""
    settings = settings_in(tmp_path_factory.mktemp("whole"))
    generate(settings.raw, World(format="csv", first=dt.date(2016, 12, 1)))
    return settings.raw


def reports(raw, folder, *, without: str) -> dict[str, str]:
    """The texts of the reports made without a dataset, by file."""
    settings = settings_in(folder)
    for path in raw.glob("*/*"):
        if not path.name.startswith(f"{without}_"):
            target = settings.raw / path.relative_to(raw)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    lines = (raw / "receipts.csv").read_text().splitlines(keepends=True)
    settings.receipts.write_text("".join(line for line in lines if f"/{without}_" not in line))
    with built(settings) as shop:
        assert shop.con.execute("select count(*) from stg.delivery where status = 'in_force'").fetchone() > (10,)
        written = write_packs(shop.con, settings.reports, period=MARCH)
    return {path.name: path.read_text() for path in written}


@pytest.fixture(scope="module")
def whole(files, tmp_path_factory):
    return reports(files, tmp_path_factory.mktemp("all"), without="nothing")


@pytest.mark.parametrize("dataset", EXPORTS)
def test_without_a_dataset_every_page_is_there_and_its_lack_is_said(files, whole, tmp_path, dataset: str) -> None:
    made = reports(files, tmp_path, without=dataset)
    for pack in ("gp-cii-interne.fr.html", "coordination-interne.fr.html", "gp-cii.fr.html"):
        assert made[pack].count('<section class="page"') == whole[pack].count('<section class="page"') > 3
    for lacks in (SAID[dataset], *ALSO_SAID.get(dataset, ())):
        with_it, without_it = (sum(lacks in " ".join(unescape(text).split()) for text in texts.values()) for texts in (whole, made))
        assert without_it > with_it, lacks
