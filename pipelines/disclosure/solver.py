"""Linear and integer programs, and the only module that knows the solver."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import highspy
import numpy as np

# Smaller differences are the solver's own rounding.
EPSILON = 1e-6
# Where the search for the best choice ends; the best found until then is taken. Counted, not timed, so that runs are alike.
_NODES = 2000

Kind = Literal["real", "whole"]
_KINDS: dict[Kind, highspy.HighsVarType] = {
    "real": highspy.HighsVarType.kContinuous,
    "whole": highspy.HighsVarType.kInteger,
}


@dataclass(frozen=True)
class Row:
    """A weighted sum of columns and the bounds it keeps."""

    terms: tuple[tuple[int, float], ...]
    lower: float
    upper: float


@dataclass(frozen=True)
class Optimum:
    """The best value, a point where it is reached, what each row's bound is worth to it, and whether nothing is better."""

    value: float
    point: tuple[float, ...]
    multipliers: tuple[float, ...]
    proven: bool


def program(bounds: Sequence[tuple[float, float]], rows: Sequence[Row], *, kinds: Sequence[Kind] = ()) -> highspy.Highs:
    """A program over columns with these bounds, without an objective yet."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(bounds), len(rows)
    model.col_cost_ = np.zeros(len(bounds))
    model.col_lower_ = np.array([lower for lower, _ in bounds], dtype=float)
    model.col_upper_ = np.array([upper for _, upper in bounds], dtype=float)
    model.row_lower_ = np.array([row.lower for row in rows], dtype=float)
    model.row_upper_ = np.array([row.upper for row in rows], dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)], dtype=np.int32)
    model.a_matrix_.index_ = np.array([column for row in rows for column, _ in row.terms], dtype=np.int32)
    model.a_matrix_.value_ = np.array([factor for row in rows for _, factor in row.terms], dtype=float)
    if kinds:
        model.integrality_ = [_KINDS[kind] for kind in kinds]
    # highspy declares no types for this call.
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.passOptions(_options())
    solver.passModel(model)
    return solver


def farthest(solver: highspy.Highs, column: int, sign: int) -> Optimum:
    """How far a column goes up (sign 1) or down (sign -1), as a distance in that direction from 0."""
    solver.changeColCost(column, -float(sign))
    found = _solved(solver)
    solver.changeColCost(column, 0.0)
    if found is None:
        raise RuntimeError("no point keeps what the true values keep")
    return Optimum(sign * found.point[column], found.point, tuple(-worth for worth in found.multipliers), found.proven)


def cheapest(
    weights: Sequence[float], bounds: Sequence[tuple[float, float]], rows: Sequence[Row], *, kinds: Sequence[Kind]
) -> Optimum | None:
    """The point of least weight; nothing where none is found."""
    solver = program(bounds, rows, kinds=kinds)
    solver.changeColsCost(len(weights), np.arange(len(weights), dtype=np.int32), np.array(weights, dtype=float))
    return _solved(solver)


def _solved(solver: highspy.Highs) -> Optimum | None:
    solver.run()
    solution = solver.getSolution()
    if not solution.value_valid:
        return None
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return Optimum(solver.getInfo().objective_function_value, tuple(solution.col_value), tuple(solution.row_dual), proven)


@cache
def _options() -> highspy.HighsOptions:
    options = highspy.HighsOptions()
    options.output_flag = False
    options.threads, options.parallel, options.presolve = 1, "off", "off"
    options.mip_rel_gap, options.mip_max_nodes = 0.0, _NODES
    # A search for a first point by chance: it costs five times what the tiny programs of a table cost without it.
    # The option is there; highspy's declared types lack it.
    options.mip_heuristic_run_feasibility_jump = False  # type: ignore[attr-defined]
    return options
