"""Exported forms judged by ODK's own converter, in an environment of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from diagnostics.library import forms_out, read
from diagnostics.library.content import QuestionnaireContent
from tests.diagnostics.make_contents import contents

pytestmark = pytest.mark.long
CONVERTER = "pyxform==4.5.0"  # it pins readers of ours exactly, so it can't stand in our own locks
CONVERT = """
import json, sys
from pyxform.xls2xform import xls2xform_convert
told = {}
for path in sys.argv[1:]:
    try:
        told[path] = xls2xform_convert(path, path + ".xml", validate=False, pretty_print=False)
    except Exception as error:
        told[path] = [repr(error)]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def converter(tmp_path_factory):
    """A Python with the converter; skipped where the package index can't be reached."""
    folder = tmp_path_factory.mktemp("odk")
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, env=clean)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", CONVERTER]
    done = subprocess.run(install, capture_output=True, text=True, env=clean)
    if done.returncode:
        pytest.skip("the package index can't be reached, so that there is no converter")
    return python


def told(converter: Path, *paths: Path) -> dict[str, list[str]]:
    """Errors and warnings of the converter, by file; files of which it has none are left out."""
    run = [converter, "-c", CONVERT, *paths]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    return {Path(path).name: said for path, said in json.loads(done.stdout).items() if said}


def translated() -> QuestionnaireContent:
    """The shipped diagnostic with a second language here and there, conditions, a scale from 0."""
    data = forms_out.plain(read.questionnaire(read.HR_DIAGNOSTIC))
    for row in data["scale"]:
        row["level"] -= 1
    data["existence"][0]["caps_at"], data["use"][0]["caps_at"] = 0, 1
    for domain in data["domains"]:
        domain["translations"] = {"fr": {"title": f"Domaine {domain['code']}"}}
        first, *others = domain["questions"]
        for question in domain["questions"]:
            for anchor in question["anchors"]:
                anchor["level"] -= 1
        first["translations"] = {"fr": {"text": "Y a-t-il?", "anchors": {"0": "Rien."}}}
        tests = (("existence", "is", "approved"), ("use", "is_not", "never"))
        tests += (("level", "at_least", 2), ("level", "is_not", 0))
        for question, (of, test, value) in zip(others, tests, strict=True):
            said = {"question": first["code"], "of": of, "test": test, "value": value}
            question["relevant"] = said
    return read.from_data(data, "translated")


def test_the_shipped_questionnaires_pass_without_a_warning(converter, tmp_path):
    forms = {
        "diagnostic": read.questionnaire(read.HR_DIAGNOSTIC),
        "baseline": read.baseline_form(read.BASELINE),
        "translated": translated(),
    }
    paths = [tmp_path / f"{name}.xlsx" for name in forms]
    for path, content in zip(paths, forms.values(), strict=True):
        forms_out.write_content(content, path)

    assert told(converter, *paths) == {}
    form = (tmp_path / "translated.xlsx.xml").read_text(encoding="utf-8")
    assert "relevant=\" /data/D1/D1_1_existence  = 'approved'\"" in form
    assert "x_weight" not in form


@given(drawn=st.lists(contents, min_size=20, max_size=20))
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_any_questionnaire_passes(converter, drawn, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    paths = [folder / f"{number}.xlsx" for number, _content in enumerate(drawn)]
    for path, content in zip(paths, drawn, strict=True):
        forms_out.write_content(content, path)

    assert told(converter, *paths) == {}
