"""Pseudonyms and the key they depend on."""

import hmac
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from pipelines.errors import CiiError
from pipelines.ingest.pseudonym import Pseudonyms, read_or_make_key
from tests.unit.ingest_cases import avs


@pytest.mark.parametrize("length", [1, 32, 63, 64, 65, 200])
def test_a_pseudonym_is_the_first_half_of_the_hmac_for_keys_of_any_length(length: int) -> None:
    key = os.urandom(length)
    numbers = [avs(number) for number in range(20)]
    assert Pseudonyms(key).of(pl.Series(numbers)).to_list() == [hmac.digest(key, one.encode(), "sha256").hex()[:32] for one in numbers]


def test_linked_services_and_the_coordination_share_the_key_and_any_other_has_its_own_made_from_it() -> None:
    key, number = os.urandom(32), pl.Series([avs(1)])

    def of(service: str, *linked: str) -> str:
        return Pseudonyms(key).of_service(service, linked=linked).of(number)[0]

    assert of("SEMP", "SEMP", "OAI") == of("OAI", "SEMP", "OAI") == of("CII") == Pseudonyms(key).of(number)[0]
    assert of("SEMP", "OAI") == Pseudonyms(hmac.digest(key, b"cii-monitor: key of SEMP", "sha256")).of(number)[0]
    assert len({of("SEMP"), of("SASO"), of("OAI"), of("SFPO"), of("SMIG"), of("CII")}) == 6


def test_no_number_has_no_pseudonym() -> None:
    assert Pseudonyms(b"k").of(pl.Series([None, avs(1)], dtype=pl.String)).is_null().to_list() == [True, False]
    assert Pseudonyms(b"k").of(pl.Series([], dtype=pl.String)).dtype == pl.String


def test_the_name_of_a_key_differs_by_key_and_is_no_part_of_it() -> None:
    key = os.urandom(32).hex().encode()
    name = Pseudonyms(key).key_id
    assert name == Pseudonyms(key).key_id != Pseudonyms(key + b"0").key_id
    assert name not in key.decode()
    assert name != Pseudonyms(key).of(pl.Series([key.decode()]))[0][:12]


def test_the_key_is_made_on_first_use_for_its_owner_only_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "beside" / "key"
    key = read_or_make_key(path, False)
    assert len(bytes.fromhex(key.decode())) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_make_key(path, False) == read_or_make_key(path, True) == key
    assert [file.name for file in path.parent.iterdir()] == ["key"]


def test_a_missing_key_beside_a_warehouse_is_an_error_and_never_a_new_key(tmp_path: Path) -> None:
    with pytest.raises(CiiError, match="sauvegarde"):
        read_or_make_key(tmp_path / "key", True)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b" " * 64])
def test_an_empty_or_short_key_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(CiiError, match="trop courte"):
        read_or_make_key(path, False)
    assert path.read_bytes() == content


def test_a_key_that_cannot_be_read_or_made_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CiiError, match="ne peut pas être lue"):
        read_or_make_key(tmp_path, False)
    (tmp_path / "file").write_text("")
    with pytest.raises(CiiError, match="ne peut pas être"):
        read_or_make_key(tmp_path / "file" / "key", False)


def test_first_runs_at_once_all_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: read_or_make_key(tmp_path / "key", False), range(40)))
    assert len(set(keys)) == 1


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("0f" * 32)
    path.chmod(0o640)
    with pytest.raises(CiiError, match="chmod 600"):
        read_or_make_key(path, False)
