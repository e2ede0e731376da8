"""Where things are, how strict we are and who may be linked: one frozen object, the environment read once."""

import datetime as dt
import os
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pipelines.contracts.codes import SERVICES
from pipelines.contracts.limits import Limits
from pipelines.contracts.thresholds import LEAST, Thresholds
from pipelines.errors import CiiError

ROOT = Path(__file__).resolve().parent.parent
SETTINGS_FILE = ROOT / "cii.toml"

# What the committed file names is no law, and no law bears this word.
_INVENTED = "échantillon"
# What a line of the settings file looks like, for whoever wrote another.
_LINE = 'par exemple SEMP = "loi, article"'


@dataclass(frozen=True)
class Settings:
    """Paths, and the day and months a run looks at.

    Attributes:
        raw: the landing zone of the services' files.
        warehouse: what the runs make.
        key_file: the key of the pseudonyms, never inside the warehouse that others may get a copy of.
        as_of: the day the figures are known on; None is now.
        today: the current day.
        first: first month read; None is all.
        last: last month read, and the last one owed; None is the latest any file speaks of.
        wait: seconds to wait for another run to finish.
        limits: how much of a file is read, and from where on it is doubted.
        file: the settings file, where `linking` comes from.
        linking: the legal basis of each service whose persons may be linked with those of the others.
        thresholds: how few persons a pack may tell of.
        chromium: the browser that prints a PDF; None is the one that is installed.
    """

    raw: Path
    warehouse: Path
    key_file: Path
    today: dt.date = field(default_factory=dt.date.today)
    as_of: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    wait: float = 60.0
    limits: Limits = field(default_factory=Limits)
    file: Path = SETTINGS_FILE
    linking: Mapping[str, str] = field(default_factory=dict)
    thresholds: Thresholds = field(default_factory=Thresholds)
    chromium: Path | None = None

    @classmethod
    def load(
        cls,
        *,
        raw: Path | None = None,
        warehouse: Path | None = None,
        file: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> "Settings":
        """The settings from arguments, else the environment, else the repository's own folders and file.

        Raises:
            CiiError: the settings file or a variable of the environment says what cannot be.
        """
        env = os.environ if environment is None else environment
        home = (warehouse or Path(env.get("CII_WAREHOUSE_DIR") or ROOT / "warehouse")).absolute()
        path = (file or Path(env.get("CII_SETTINGS") or SETTINGS_FILE)).absolute()
        linking, thresholds = read_file(path)
        return cls(
            raw=(raw or Path(env.get("CII_RAW_DIR") or ROOT / "raw")).absolute(),
            warehouse=home,
            # Beside the warehouse rather than in it: whoever copies the warehouse must not get the key with it.
            key_file=Path(env.get("CII_KEY_FILE") or home.parent / f".{home.name}.key").absolute(),
            wait=_seconds(env.get("CII_WAIT", "60")),
            file=path,
            linking=linking,
            thresholds=thresholds,
            chromium=Path(env["CII_CHROMIUM"]) if env.get("CII_CHROMIUM") else None,
        )

    def but(self, **changes: Any) -> "Settings":
        """The same settings with some changed."""
        return replace(self, **changes)

    @property
    def known_on(self) -> dt.date:
        """The day from which deliveries are seen."""
        return self.as_of or self.today

    @property
    def asked(self) -> str:
        """The limits of this run in words; empty where it has none."""
        limits = (("dès", self.first), ("jusqu'à", self.last))
        months = [f"{word} {month:%Y-%m}" for word, month in limits if month]
        return "".join(f" {text}" for text in (*months, *([f"au {self.as_of:%d.%m.%Y}"] if self.as_of else [])))

    @property
    def linked(self) -> str:
        """The services whose persons may be linked, in words."""
        return ", ".join(service for service in SERVICES if service in self.linking) or "aucun"

    @property
    def for_sample_only(self) -> list[str]:
        """The linked services whose legal basis is that of invented persons."""
        return [service for service, basis in self.linking.items() if _INVENTED in basis.casefold()]

    @property
    def build(self) -> Path:
        """The writer's own database; an as-of run works on a copy of its own."""
        return self.workshop / (f"as-of_{self.as_of}.duckdb" if self.as_of else "cii.duckdb")

    @property
    def published(self) -> Path:
        """The copy that people open."""
        return self.warehouse / (f"cii_as-of_{self.as_of}.duckdb" if self.as_of else "cii.duckdb")

    @property
    def workshop(self) -> Path:
        """The writer's own folder."""
        return self.warehouse / ".build"

    @property
    def holder(self) -> Path:
        """Which run is at work, as long as one is."""
        return self.workshop / "run.json"

    @property
    def dagster_home(self) -> Path:
        """Dagster's store."""
        return self.warehouse / ".dagster"

    @property
    def reports(self) -> Path:
        """The reports by period; an as-of run has a folder of its own."""
        folder = self.warehouse / "reports"
        return folder / f"as-of_{self.as_of}" if self.as_of else folder

    def keep_out_of_raw(self, out: Path) -> None:
        """Nothing is written where the services deliver: the next run would take it for a delivery.

        Raises:
            CiiError: the path lies in the landing zone.
        """
        if out.resolve().is_relative_to(self.raw.resolve()):
            raise CiiError(f"--out {out.name}: rien ne s'écrit dans le dossier des envois; indiquez un autre dossier.")

    @property
    def receipts(self) -> Path:
        """The list of what came and left."""
        return self.raw / "receipts.csv"

    @property
    def acceptances(self) -> Path:
        """The list of held deliveries that somebody let into force."""
        return self.register / "acceptances.csv"

    @property
    def register(self) -> Path:
        """What people decided and said, for good: never touched by a rebuild."""
        return self.warehouse / "register"

    def environment(self) -> dict[str, str]:
        """The environment that makes another process load the same paths."""
        return {
            "CII_RAW_DIR": str(self.raw),
            "CII_WAREHOUSE_DIR": str(self.warehouse),
            "CII_KEY_FILE": str(self.key_file),
            "CII_SETTINGS": str(self.file),
            "CII_WAIT": str(self.wait),
            "DAGSTER_HOME": str(self.dagster_home),
        }


def read_file(file: Path) -> tuple[dict[str, str], Thresholds]:
    """What a settings file says: the legal bases of the services it names, and the thresholds; nothing where ours is not there.

    Raises:
        CiiError: the settings file cannot be read, or says what is no setting.
    """
    said = f"Le fichier de réglages «{file.name}»"
    try:
        # Some editors write a mark before the first letter.
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if file == SETTINGS_FILE:
            return {}, Thresholds()
        raise CiiError(f"{said} n'existe pas: vérifiez le chemin donné par --settings ou CII_SETTINGS.") from None
    except OSError:
        raise CiiError(f"{said} ne peut pas être lu: vérifiez que c'est un fichier, et que vous avez le droit de le lire.") from None
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" à la ligne {line[1]}" if line else ""
        raise CiiError(f"{said} n'est pas du TOML en UTF-8{where}: écrivez une ligne par service, {_LINE}.") from None
    if unknown := sorted(told.keys() - {"linking", "disclosure"}):
        raise CiiError(f"{said}: «{unknown[0]}» n'est pas un réglage; il n'y a que [linking] et [disclosure], supprimez le reste.")
    return _bases(told.get("linking", {}), f"{said}, [linking]"), _thresholds(told.get("disclosure", {}), f"{said}, [disclosure]")


def _thresholds(told: Any, said: str) -> Thresholds:
    names = [one.name for one in fields(Thresholds)]
    if not isinstance(told, dict):
        raise CiiError(f"{said}: c'est un titre, seul sur sa ligne; écrivez dessous, par exemple, count = 5.")
    for name, number in told.items():
        if name not in names:
            raise CiiError(f"{said}: «{name}» n'est pas un seuil; il y a {', '.join(names)}.")
        if type(number) is not int or number < LEAST:
            raise CiiError(f"{said}: {name} est un nombre entier de personnes, {LEAST} au moins; par exemple {name} = 5.")
    return Thresholds(**told)


def _bases(told: Any, said: str) -> dict[str, str]:
    if not isinstance(told, dict):
        raise CiiError(f"{said}: c'est un titre, seul sur sa ligne; écrivez dessous une ligne par service, {_LINE}.")
    for service, basis in told.items():
        if service not in SERVICES:
            raise CiiError(f"{said}: «{service}» n'est pas un service; écrivez {', '.join(SERVICES[:-1])} ou {SERVICES[-1]}.")
        if not isinstance(basis, str) or not basis.strip():
            raise CiiError(f"{said}: {service} n'a pas de base légale; nommez la loi ou l'article, {_LINE}, ou supprimez la ligne.")
    return {service: " ".join(unicodedata.normalize("NFC", told[service]).split()) for service in SERVICES if service in told}


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise CiiError(f"CII_WAIT vaut «{text}»: indiquez un nombre de secondes, par exemple 60.") from None
