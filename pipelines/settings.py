"""Where things are and how strict we are: one frozen object, the environment read once."""

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipelines.contracts.limits import Limits
from pipelines.errors import CiiError

ROOT = Path(__file__).resolve().parent.parent


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

    @classmethod
    def load(
        cls,
        *,
        raw: Path | None = None,
        warehouse: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> "Settings":
        """The settings from arguments, else the environment, else the repository's own folders."""
        env = os.environ if environment is None else environment
        home = (warehouse or Path(env.get("CII_WAREHOUSE_DIR") or ROOT / "warehouse")).absolute()
        return cls(
            raw=(raw or Path(env.get("CII_RAW_DIR") or ROOT / "raw")).absolute(),
            warehouse=home,
            # Beside the warehouse rather than in it: whoever copies the warehouse must not get the key with it.
            key_file=Path(env.get("CII_KEY_FILE") or home.parent / f".{home.name}.key").absolute(),
            wait=_seconds(env.get("CII_WAIT", "60")),
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
        return self.warehouse / "register" / "acceptances.csv"

    def environment(self) -> dict[str, str]:
        """The environment that makes another process load the same paths."""
        return {
            "CII_RAW_DIR": str(self.raw),
            "CII_WAREHOUSE_DIR": str(self.warehouse),
            "CII_KEY_FILE": str(self.key_file),
            "CII_WAIT": str(self.wait),
            "DAGSTER_HOME": str(self.dagster_home),
        }


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise CiiError(f"CII_WAIT vaut «{text}»: indiquez un nombre de secondes, par exemple 60.") from None
