"""The two runs that the tests disturb: the first of all, and one to which a month and a correction come."""

import pytest

from tests.durability.scenes import Scene, published, scene, small


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Nothing was published yet."""
    folder = tmp_path_factory.mktemp("first")
    return scene(small(folder), folder / "kept")


@pytest.fixture(scope="session")
def incremental_run(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Something was, and more has come."""
    folder = tmp_path_factory.mktemp("incremental")
    settings = small(folder)
    published(settings, folder / "aside")
    return scene(settings, folder / "kept")
