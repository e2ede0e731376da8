"""How the layers are made: with no more of the engine than the rows need."""

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.orchestration.make import make_layer
from tests.support import built, settings_in


def test_a_layer_is_made_with_the_threads_that_the_rows_of_stg_keep_busy(tmp_path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(duck, "share", lambda con, *, rows: asked.append(rows))
    monkeypatch.setattr(duck, "count", lambda con, table: 7 if table.startswith("stg.") else 0)
    with built(settings_in(tmp_path)) as shop:
        asked.clear()
        next(make_layer(shop, "core"))
    assert asked == [7 * len(EXPORTS)]
