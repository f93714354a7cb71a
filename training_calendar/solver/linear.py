"""Solving the bound's linear programme with HiGHS, and turning any duals into a proven bound."""

from dataclasses import dataclass

import numpy as np

from training_calendar.solver.classes import Rows


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The bound, the price of each row (>= 0), and whether the solver ended by itself."""

    bound: float
    price: np.ndarray
    optimal: bool


def solve_linear(rows: Rows, seconds: float | None = None, method: str = "ipm") -> Answer:
    """The largest value of the programme, by duals that prove it.

    For any prices p >= 0: limit . p + sum of upper x max(0, gain - p A) bounds the value from
    above (weak duality), whether or not the solver came to its end.
    """
    import highspy  # noqa: PLC0415 -- slow import

    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    highs.setOptionValue("solver", method)
    highs.setOptionValue("run_crossover", "off")
    if seconds is not None:
        highs.setOptionValue("time_limit", max(0.1, float(seconds)))
    gain = np.array(rows.gain)
    limit = np.array(rows.limit)
    start = np.array(rows.start, dtype=np.int32)
    index, value = np.array(rows.index, dtype=np.int32), np.array(rows.value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = gain.size, limit.size
    model.sense_ = highspy.ObjSense.kMinimize
    model.col_cost_ = -gain
    model.col_lower_, model.col_upper_ = np.zeros(gain.size), np.full(gain.size, np.inf)
    model.row_lower_, model.row_upper_ = np.full(limit.size, -np.inf), limit
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = start, index, value
    highs.passModel(model)
    highs.run()
    optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    dual = np.array(highs.getSolution().row_dual)
    if dual.size != limit.size:
        dual = np.zeros(limit.size)
    price = np.maximum(0.0, -dual)
    used = np.repeat(price, np.diff(start)) * value
    reduced = gain - np.bincount(index, weights=used, minlength=gain.size)
    bound = float(limit @ price + np.maximum(0, reduced) @ np.array(rows.upper))
    return Answer(bound, price, optimal)
