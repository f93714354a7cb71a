"""A process of its own for HiGHS, whose library cannot live in one process with that of OR-Tools.

Reads a linear programme (npz) from standard input and writes its row duals and whether it was
solved to the end (npz) to standard output.
"""

import io
import sys

import highspy
import numpy as np


def duals(data: dict[str, np.ndarray], seconds: float) -> tuple[np.ndarray, bool]:
    """Duals of: minimise -gain . x, rows <= limit, x >= 0; interior point, without crossover."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    highs.setOptionValue("solver", "ipm")
    highs.setOptionValue("run_crossover", "off")
    if seconds > 0:
        highs.setOptionValue("time_limit", seconds)
    columns, rows = data["gain"].size, data["limit"].size
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = -data["gain"]
    model.col_lower_, model.col_upper_ = np.zeros(columns), np.full(columns, np.inf)
    model.row_lower_, model.row_upper_ = np.full(rows, -np.inf), data["limit"]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = data["start"]
    model.a_matrix_.index_ = data["index"]
    model.a_matrix_.value_ = data["value"]
    highs.passModel(model)
    highs.run()
    optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = np.array(highs.getSolution().row_dual)
    return (found if found.size == rows else np.zeros(rows)), optimal


def main() -> None:
    """One programme in, its duals out."""
    with np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False) as file:
        data = {name: file[name] for name in file.files}
    found, optimal = duals(data, float(data["seconds"]))
    out = io.BytesIO()
    np.savez(out, dual=found, optimal=np.array(optimal))
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
