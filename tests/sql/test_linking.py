"""Links only where a law allows them: the same three persons with every service, linked, unlinked and linked again."""

import datetime as dt
from dataclasses import dataclass

import pytest

from pipelines.contracts.codes import SERVICES
from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.orchestration import fingerprint
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.make import make_layer
from pipelines.orchestration.workshop import lying, workshop
from pipelines.settings import SETTINGS_FILE, Settings, read_file
from tests.golden.avs import avs
from tests.golden.deliveries import cm_fp_dossiers, prestations, reseau_cii_dossiers
from tests.support import cii, linking, receipt, settings_in, small_sample

BENEFITS = {"semp": "AC_INDEMNITE", "saso": "AIDE_SOCIALE", "oai": "AI_MESURE", "sfpo": "FORMATION", "smig": "FORFAIT_INTEGRATION"}
PERSONS = (1, 2, 3)
FILES = {
    f"{service}/prestations_2017-01.csv": [
        prestations.HEADER,
        *(f"{avs(one)};0{one}.03.1990;1;6458;F+;{benefit};01.10.2016;;;100.00" for one in PERSONS),
    ]
    for service, benefit in BENEFITS.items()
} | {
    "sfpo/cm_fp_dossiers_2017-01.csv": [
        cm_fp_dossiers.HEADER,
        *(cm_fp_dossiers.line(f"D{one}", one, f"0{one}.03.1990", "1", 6458, "ECOLE", "05.12.2016") for one in PERSONS),
    ],
    "cii/reseau_cii_dossiers_2017-01.csv": [
        reseau_cii_dossiers.HEADER,
        *(reseau_cii_dossiers.line(f"R{one}", one, "ORP;05.12.2016") for one in PERSONS),
    ],
}


@dataclass(frozen=True)
class Ran:
    """What a run made of the landing zone, how many files it read, and what it told its user of that."""

    persons: dict[str, dict[str, set[str]]]
    tables: dict[str, list[tuple]]
    read: int
    said: list[str]


def ran(settings: Settings) -> Ran:
    said: list[str] = []
    with workshop(settings, tell=said.append) as shop:
        read = sum(len(load_pending(shop, dataset, progress=lambda *_: None)) for dataset in (*EXPORTS, None))
        decide(shop)
        for schema in ("core", "mart"):
            list(make_layer(shop, schema))
        names = [
            f"{schema}.{table}" for schema, table in shop.con.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        ]
        tables = {name: shop.con.execute(f"select * from {name} order by all").fetchall() for name in names if name != "stg.fingerprint"}
        held = (
            "select schema_name || '.' || table_name from duckdb_columns() where column_name in ('person_id', 'delivery_id') group by all"
        )
        of_persons = [name for (name,) in shop.con.execute(f"{held} having count(*) = 2").fetchall() if name in tables]
        persons = {
            name: {
                service: set(found)
                for service, found in shop.con.execute(
                    f"select d.service, list(t.person_id) from {name} t join stg.delivery d using (delivery_id) group by all"
                ).fetchall()
            }
            for name in of_persons
        }
        return Ran({name: found for name, found in persons.items() if found}, tables, read, said)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_in(tmp_path_factory.mktemp("linking"), today=dt.date(2017, 2, 20))
    (settings.raw / "receipts.csv").touch()
    for file, lines in FILES.items():
        (settings.raw / file).parent.mkdir(exist_ok=True)
        (settings.raw / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
        receipt(settings.raw, file, received_at="2017-02-05T08:00:00")
    return settings


@pytest.fixture(scope="module")
def runs(settings: Settings) -> list[Ran]:
    """All linked; the SFPO and the OAI not; other words for the bases of the rest; all linked again; nobody."""
    rest = ("SEMP", "SASO", "SMIG")
    return [
        ran(settings),
        ran(linking(settings, *rest)),
        ran(linking(settings, *rest, basis="loi inventée, art. 2")),
        ran(linking(settings, *SERVICES)),
        ran(linking(settings)),
    ]


def test_linked_services_know_a_person_by_one_pseudonym(runs: list[Ran]) -> None:
    found = {frozenset(persons) for tables in runs[0].persons.values() for persons in tables.values()}
    assert len(found) == 1 and len(*found) == len(PERSONS)
    assert runs[0].persons.keys() >= {"stg.prestations", "stg.cm_fp_dossiers", "core.spell", "core.cm_fp_case", "core.reseau_case"}
    assert runs[0].persons["stg.prestations"].keys() == set(SERVICES)


def test_no_join_finds_a_person_of_a_service_that_is_not_linked_with_any_other(runs: list[Ran]) -> None:
    (shared,) = {frozenset(persons) for tables in runs[0].persons.values() for persons in tables.values()}
    for number, apart in ((1, {"SFPO", "OAI"}), (4, set(SERVICES))):
        assert runs[number].persons.keys() == runs[0].persons.keys()
        everywhere: dict[str, set[str]] = {}
        for tables in runs[number].persons.values():
            for service, persons in tables.items():
                everywhere.setdefault(service, set()).update(persons)
        # Within a service a person is one, in whichever dataset; those that stay linked, and the coordination, keep theirs.
        assert {service: len(persons) for service, persons in everywhere.items()} == dict.fromkeys((*SERVICES, "CII"), len(PERSONS))
        assert {service for service, persons in everywhere.items() if persons == shared} == {*SERVICES, "CII"} - apart
        for service in apart:
            assert not [other for other, persons in everywhere.items() if other != service and persons & everywhere[service]]


def test_a_change_of_links_reads_every_file_anew_and_says_so(runs: list[Ran]) -> None:
    assert [one.read for one in runs] == [len(FILES), len(FILES), 0, len(FILES), len(FILES)]
    told = "Les services reliés ont changé (avant: {}; maintenant: {}): tous les fichiers sont relus."
    everyone, rest = "SEMP, SASO, OAI, SFPO, SMIG", "SEMP, SASO, SMIG"
    assert [one.said for one in runs] == [
        [],
        [told.format(everyone, rest)],
        [],
        [told.format(rest, everyone)],
        [told.format(everyone, "aucun")],
    ]


def test_links_put_back_give_the_tables_of_before(runs: list[Ran]) -> None:
    assert runs[3].tables == runs[0].tables != runs[1].tables
    assert [name for name, rows in runs[2].tables.items() if rows != runs[1].tables[name]] == ["core.linked_service"]


def test_the_linked_services_stand_in_a_table_with_their_legal_bases(runs: list[Ran]) -> None:
    assert runs[2].tables["core.linked_service"] == [(service, "loi inventée, art. 2") for service in ("SASO", "SEMP", "SMIG")]
    assert runs[4].tables["core.linked_service"] == []


def test_what_a_basis_is_called_is_published_anew_and_decides_neither_reading_nor_figures(settings: Settings) -> None:
    one, other, fewer = (settings.but(linking=linked) for linked in ({"SEMP": "a", "OAI": "b"}, {"OAI": "b", "SEMP": "c"}, {"SEMP": "a"}))
    published = [fingerprint.publication_fingerprint(each, lying(each), key_id="any") for each in (one, other, fewer)]
    assert len(set(published)) == 3
    reading = [fingerprint.made_of("any", each, sample=True)["reading"] for each in (one, other, fewer)]
    figures = [fingerprint.besides_deliveries(each)["settings"] for each in (one, other, fewer)]
    assert reading[0] == reading[1] != reading[2] and figures[0] == figures[1] != figures[2]


def committed(settings: Settings) -> Settings:
    return settings.but(file=SETTINGS_FILE, linking=read_file(SETTINGS_FILE)[0])


def test_the_basis_of_the_sample_lets_nobody_link_real_persons(tmp_path) -> None:
    settings = settings_in(tmp_path)
    with workshop(committed(settings)):
        pass  # nothing lies there, neither sample nor real
    for path in settings.warehouse.rglob("*.duckdb"):
        path.unlink()
    (settings.raw / "saso").mkdir()
    (settings.raw / "saso/prestations_2017-01.csv").write_text("\n".join(FILES["saso/prestations_2017-01.csv"]), encoding="utf-8")
    refused = cii(committed(settings), "run")
    said = " ".join(refused.stderr.split())
    assert refused.returncode == 1 and "Traceback" not in said and not settings.published.exists() and not settings.build.exists()
    assert "«cii.toml» ne donne pour SEMP, SASO, OAI, SFPO, SMIG qu'une base légale inventée" in said
    assert "nommez sous [linking] la loi ou l'article" in said and "supprimez la ligne" in said
    with pytest.raises(CiiError, match="pour OAI qu'une"), workshop(settings.but(linking={"SASO": "loi", "OAI": "échantillon"})):
        pass
    for linked in ({}, {"SASO": "loi"}):
        with workshop(settings.but(linking=linked)) as shop:
            assert not shop.sample


def test_the_basis_of_the_sample_links_the_sample(settings: Settings) -> None:
    with workshop(committed(settings)) as shop:
        assert shop.sample


def test_a_run_says_on_the_terminal_that_the_links_have_changed(tmp_path) -> None:
    settings = settings_in(tmp_path)
    small_sample(settings.raw, first=dt.date(2013, 1, 1))
    first = cii(settings, "run")
    assert first.returncode == 0 and "reliés" not in first.stderr, first.stderr
    again = cii(linking(settings, "SEMP"), "run")
    assert again.returncode == 0, again.stderr
    assert again.stderr.strip() == (
        "Les services reliés ont changé (avant: SEMP, SASO, OAI, SFPO, SMIG; maintenant: SEMP): tous les fichiers sont relus."
    )
    assert cii(settings, "run").stdout.startswith("Rien de nouveau")
