"""The next version of the framework, begun as a draft: what the workshop found missing."""

from competencies import frames
from competencies.models import Crosswalk
from competencies.usecases import framework_rows, versions
from hrplan.core.models import Administration, Member, Role
from hrplan.demonstration.texts import text


def begin_next_framework(administration: Administration) -> None:
    """Begin the draft with one more competency, which overlaps with one of today."""
    officer = Member.objects.get(administration=administration, role=Role.HR_OFFICER)
    held = frames.current_framework(administration)
    if held is None:
        raise RuntimeError("the framework is taken in before its next version")
    content = text("framework")
    draft = versions.begin_version(
        administration, version=content["version"], title=held.title, by=officer
    )
    new = dict(content["competency"])
    texts = new.pop("texts")
    group = draft.groups.get(code=new.pop("group"))
    row = framework_rows.add_competency(administration, group=group, by=officer, **new)
    said = {int(level): dict(one) for level, one in texts.items()}
    framework_rows.change_competency(row, texts=said, by=officer)
    framework_rows.add_pair(
        administration,
        source=held.competencies.get(code=content["overlaps"]),
        target=row,
        relation=Crosswalk.Relation.OVERLAPS,
        note=content["note"],
        by=officer,
    )
