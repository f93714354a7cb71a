from dataclasses import replace
from pathlib import Path

import numpy as np
from numba import typeof

from tests.training_calendar.solver.instances import small
from training_calendar.solver import compiled
from training_calendar.solver.arrays import pins_of, problem_of
from training_calendar.solver.facts import Instance
from training_calendar.solver.instance import read_instance

MINI = Path(__file__).parents[2] / "data" / "planning" / "mini-1"


def test_kernels_are_kept_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))

    assert compiled._folder() == str(tmp_path / f"kernels-{compiled._stamp()}")


def test_kernels_are_not_kept_where_nothing_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file" / "below"))

    assert compiled._folder() == ""


def test_a_change_of_any_kernel_is_another_folder(tmp_path, monkeypatch):
    before = compiled._stamp()
    (tmp_path / "kernel_new.py").write_text("changed")
    monkeypatch.setattr(compiled, "HERE", tmp_path)

    assert compiled._stamp() != before


def test_an_instance_from_any_source_meets_the_kernels_that_are_compiled_already():
    read_only = small()
    read_only.horizon.budget.flags.writeable = False
    read_only.modules.duration.flags.writeable = False
    modules = small().modules
    turned = replace(
        small(), modules=replace(modules, audience=np.asfortranarray(modules.audience))
    )

    kinds = {_kind_of(one) for one in (read_instance(MINI), small(), read_only, turned)}

    assert len(kinds) == 1


def _kind_of(instance: Instance) -> object:
    return typeof(problem_of(instance, pins_of(instance)))
