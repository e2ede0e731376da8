"""The settings file: who may be linked, what is refused and how, and that every process reads the same."""

import gc
import unicodedata
from pathlib import Path

import pytest

from pipelines import cli, settings
from pipelines.contracts.codes import SERVICES
from pipelines.contracts.thresholds import LEAST, Thresholds
from pipelines.settings import SETTINGS_FILE, Settings, read_file


def written(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "reglages.toml"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_committed_file_links_all_five_for_the_sample_only() -> None:
    committed = Settings.load(environment={})
    assert committed.file == SETTINGS_FILE
    assert committed.linking == dict.fromkeys(SERVICES, "échantillon – données inventées")
    assert committed.linked == "SEMP, SASO, OAI, SFPO, SMIG" and committed.for_sample_only == list(SERVICES)


def test_a_service_is_linked_by_its_line_whatever_the_order_the_blanks_and_the_editor(tmp_path: Path) -> None:
    file = written(tmp_path, '[linking]\r\nOAI = " LAI,\\tart. 99 "\r\nSEMP = "LACI, art. 99"\r\n', encoding="utf-8-sig")
    assert list(read_file(file)[0].items()) == [("SEMP", "LACI, art. 99"), ("OAI", "LAI, art. 99")]
    assert Settings.load(file=file, environment={}).linked == "SEMP, OAI"


@pytest.mark.parametrize("text", ["", "[linking]\n", "# rien\n"], ids=repr)
def test_a_file_that_names_no_service_links_none(tmp_path: Path, text: str) -> None:
    none = Settings.load(file=written(tmp_path, text), environment={})
    assert none.linking == {} and none.linked == "aucun"


def test_thresholds_are_those_of_the_issue_unless_a_file_says_others(tmp_path: Path) -> None:
    assert Settings.load(environment={}).thresholds == Thresholds() == Thresholds(count=5, share=20, median=10)
    assert Settings.load(file=written(tmp_path, ""), environment={}).thresholds == Thresholds()
    said = Settings.load(file=written(tmp_path, "[disclosure]\nmedian = 12\ncount = 3\n"), environment={})
    assert said.thresholds == Thresholds(count=LEAST, share=20, median=12) and said.linking == {}


def test_without_the_project_s_own_file_nobody_is_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SETTINGS_FILE", tmp_path / "cii.toml")
    assert Settings.load(environment={}).linking == {} and Settings.load(environment={}).thresholds == Thresholds()


@pytest.mark.parametrize(
    ("basis", "invented"),
    [
        ("échantillon – données inventées", True),
        ("Échantillon - donnees inventees", True),
        (unicodedata.normalize("NFD", "échantillon"), True),
        ("LACI, art. 99", False),
    ],
)
def test_what_the_committed_file_says_is_known_however_it_is_copied(tmp_path: Path, basis: str, invented: bool) -> None:
    one = Settings.load(file=written(tmp_path, f'[linking]\nSASO = "loi"\nSMIG = "{basis}"\n'), environment={})
    assert one.for_sample_only == (["SMIG"] if invented else [])


def test_the_command_line_comes_before_the_environment_and_every_other_process_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('[linking]\nSFPO = "loi"\n')
    environment = {"CII_SETTINGS": str(tmp_path / "other.toml")}
    assert Settings.load(environment=environment).linked == "SFPO"
    here = Settings.load(file=written(tmp_path, '[linking]\nSEMP = "loi"\n'), environment=environment)
    assert here.linked == "SEMP"
    there = Settings.load(environment=here.environment())
    assert (there.file, there.linking) == (here.file, here.linking)


def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: Path) -> str:
    """What a command says that ends with 1 because of its settings file: one sentence."""
    monkeypatch.setattr("sys.argv", ["cii", "--settings", str(file), "status"])
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr().err
    assert end.value.code == 1 and "Traceback" not in said and "Erreur interne" not in said
    assert said.count("\n") == 1 and said.startswith(f"Échec. Le fichier de réglages «{file.name}»") and said.endswith(".\n")
    return said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[linking]\nSEPM = "loi"\n', "«SEPM» n'est pas un service; écrivez SEMP, SASO, OAI, SFPO ou SMIG."),
        ('[linking]\nCII = "loi"\n', "«CII» n'est pas un service"),
        ('[linking]\nsemp = "loi"\n', "«semp» n'est pas un service"),
        ('[linking]\nSEMP = ""\n', "SEMP n'a pas de base légale"),
        ('[linking]\nSEMP = "loi"\nOAI = " \\t"\n', "OAI n'a pas de base légale"),
        ("[linking]\nSEMP = true\n", "SEMP n'a pas de base légale"),
        ('[liens]\nSEMP = "loi"\n', "«liens» n'est pas un réglage; il n'y a que [linking] et [disclosure]"),
        ("disclosure = 5\n", "[disclosure]: c'est un titre"),
        ("[disclosure]\ncuont = 5\n", "«cuont» n'est pas un seuil; il y a count, share, median."),
        ("[disclosure]\ncount = 2\n", "count est un nombre entier de personnes, 3 au moins"),
        ("[disclosure]\nshare = 20.0\n", "share est un nombre entier de personnes"),
        ("[disclosure]\nmedian = true\n", "median est un nombre entier de personnes"),
        ("attente = 3\n[linking]\n", "«attente» n'est pas un réglage"),
        ('linking = "oui"\n', "[linking]: c'est un titre"),
        ("[linking]\nSEMP = loi\n", "n'est pas du TOML en UTF-8 à la ligne 2"),
        ('[linking]\nSEMP = "loi"\nSEMP = "loi"\n', "n'est pas du TOML en UTF-8 à la ligne 3"),
        ('[linking]\nSEMP = "loi', "n'est pas du TOML en UTF-8"),
    ],
)
def test_what_is_no_setting_is_refused_in_one_sentence(tmp_path: Path, monkeypatch, capsys, text: str, told: str) -> None:
    assert told in refusal(monkeypatch, capsys, written(tmp_path, text))


def test_a_file_in_another_encoding_a_folder_and_no_file_at_all_are_refused_in_one_sentence(tmp_path: Path, monkeypatch, capsys) -> None:
    file = written(tmp_path, '[linking]\nSEMP = "échéance"\n', encoding="cp1252")
    assert "UTF-8" in refusal(monkeypatch, capsys, file)
    (tmp_path / "dossier").mkdir()
    assert "ne peut pas être lu" in refusal(monkeypatch, capsys, tmp_path / "dossier")
    assert "n'existe pas: vérifiez le chemin donné par --settings" in refusal(monkeypatch, capsys, tmp_path / "absent.toml")
