"""Dagster's history, as runs write it and the screens read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from sqlalchemy import Connection, Engine, StaticPool, create_engine

# How long to wait for the screens, which may be writing.
_SECONDS = 60


class KeptOpen(SqliteEventLogStorage):
    """Dagster's own SQLite files, each opened once by a process; Dagster opens them for every event, and a run tells six hundred."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "KeptOpen":
        """As Dagster makes it from its settings."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        # One at a time, whichever thread asks.
        with self._db_lock:
            if shard not in self._engines:
                kept = {"timeout": _SECONDS, "check_same_thread": False}
                self._engines[shard] = create_engine(self.conn_string_for_shard(shard), poolclass=StaticPool, connect_args=kept)
                self._initdb(self._engines[shard])
            with self._engines[shard].begin() as connection:
                yield connection

    def dispose(self) -> None:
        """Close what is open."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
