"""Writing the invented world: every dataset's deliveries and the receipts beside them."""

import csv
import hashlib
import importlib
import pkgutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from pipelines import sample
from pipelines.sample.delivery import CSV, XLSX, SampleDelivery, content
from pipelines.sample.world import World

_RECEIPTS = "receipts.csv"
_COLUMNS = ("file", "sha256", "size", "received_at", "sample")
_SAMPLE = "oui"
_FORMATS = {"csv": CSV, "xlsx": XLSX}

Receipt = dict[str, str]


def generate(out: Path, world: World, *, progress: Callable[[str], None] | None = None) -> list[Path]:
    """Writes the sample deliveries and their receipts, in place of an earlier sample.

    Args:
        out: The landing zone to fill.
        world: What to write.
        progress: Called with each file's name, relative to `out`, once it is made.

    Returns:
        The deliveries written, in order of receipt.

    Raises:
        ValueError: `out` holds deliveries that are not a sample.
    """
    out.mkdir(parents=True, exist_ok=True)
    earlier = _earlier_sample(out)
    with tempfile.TemporaryDirectory(dir=out, prefix=".sample-") as staging:
        receipts = []
        for delivery in every_delivery(world):
            receipts.append(_write(Path(staging), delivery))
            if progress:
                progress(delivery.file)
        receipts.sort(key=lambda receipt: (receipt["received_at"], receipt["file"]))
        for path in earlier:
            path.unlink()
        # Receipts before files: at no moment may an invented person pass for a real one.
        _write_receipts(out, receipts)
        for receipt in receipts:
            _move(receipt["file"], Path(staging), to=out)
    return [out / receipt["file"] for receipt in receipts]


def every_delivery(world: World) -> Iterator[SampleDelivery]:
    """Yields the deliveries of every dataset wanted, by the name of its module in this package."""
    for name, module in datasets().items():
        if world.datasets is None or name in world.datasets:
            for delivery in module.deliveries(world):
                manner = _FORMATS[world.format] if world.format else delivery.manner
                yield replace(delivery, manner=manner)


def datasets() -> dict[str, ModuleType]:
    """The datasets that can be written: the modules of this package that yield deliveries."""
    names = sorted(module.name for module in pkgutil.iter_modules(sample.__path__))
    modules = {name: importlib.import_module(f"{sample.__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "deliveries")}


def _write(folder: Path, delivery: SampleDelivery) -> Receipt:
    path = folder / delivery.file
    path.parent.mkdir(exist_ok=True)
    data = content(delivery)
    path.write_bytes(data)
    values = (
        delivery.file,
        hashlib.sha256(data).hexdigest(),
        str(len(data)),
        delivery.received_at.isoformat(timespec="seconds"),
        _SAMPLE,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _move(file: str, folder: Path, *, to: Path) -> None:
    (to / file).parent.mkdir(exist_ok=True)
    (folder / file).replace(to / file)


def _write_receipts(out: Path, receipts: list[Receipt]) -> None:
    unfinished = out / f".{_RECEIPTS}.tmp"
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(receipts)
    unfinished.replace(out / _RECEIPTS)


def _earlier_sample(out: Path) -> list[Path]:
    """Lists the deliveries of an earlier sample; refuses a folder that holds any other."""
    receipts = _read_receipts(out)
    files = [path for path in out.glob("[!.]*/*") if path.is_file() and not _passed_over(path)]
    real = {receipt["file"] for receipt in receipts if receipt.get("sample") != _SAMPLE}
    # A file whose bytes have changed since its receipt is somebody's, whatever its name.
    invented = {(receipt["file"], receipt["sha256"]) for receipt in receipts}
    real |= {name for path in files if ((name := path.relative_to(out).as_posix()), _sha256(path)) not in invented}
    if real:
        raise ValueError(
            f"Le dossier {out} contient des livraisons qui ne sont pas des exemples ({min(real)}; en tout {len(real)}): "
            "choisissez un autre dossier pour les données d’exemple."
        )
    return files


def _read_receipts(out: Path) -> list[Receipt]:
    path = out / _RECEIPTS
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _passed_over(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.suffix in {".tmp", ".part"}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
