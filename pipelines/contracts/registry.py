"""All exports, code lists and columns, gathered from the files that declare them."""

import importlib
import pkgutil
from types import ModuleType

from pipelines.contracts import codes, exports
from pipelines.contracts.codes import CodeList
from pipelines.contracts.columns import SHARED, Column
from pipelines.contracts.export import Export


def _modules() -> list[ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(exports.__path__))
    return [importlib.import_module(f"{exports.__name__}.{name}") for name in names]


def _columns() -> dict[str, Column]:
    columns = dict(SHARED)
    for export in EXPORTS.values():
        for column in [field.column for field in export.fields] + [age.column for age in export.ages]:
            if columns.setdefault(column.name, column) != column:
                raise ValueError(f"column {column.name} has two meanings; {export.name} gives the second")
    return columns


def _code_lists() -> dict[str, CodeList]:
    lists = {code_list.name: code_list for code_list in codes.SHARED}
    for module in _MODULES:
        for code_list in getattr(module, "CODE_LISTS", ()):
            if lists.setdefault(code_list.name, code_list) != code_list:
                raise ValueError(f"code list {code_list.name} is declared twice")
    return lists


_MODULES = _modules()
EXPORTS: dict[str, Export] = {module.EXPORT.name: module.EXPORT for module in _MODULES}
COLUMNS: dict[str, Column] = _columns()
CODE_LISTS: dict[str, CodeList] = _code_lists()
