from training_calendar.solver import compiled


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
