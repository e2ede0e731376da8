"""The published sample: the main job run once for all tests that look at what it made."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.settings import ROOT, Settings
from tests.support import cii, settings_in


@dataclass(frozen=True)
class Published:
    """A warehouse made from the committed sample by `cii run`, and what the run printed."""

    settings: Settings
    printed: str


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The sample, published; tests must not change it."""
    folder: Path = tmp_path_factory.mktemp("published")
    settings = settings_in(folder)
    shutil.copytree(ROOT / "raw", settings.raw, dirs_exist_ok=True)
    ran = cii(settings, "run")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return Published(settings, ran.stdout)
