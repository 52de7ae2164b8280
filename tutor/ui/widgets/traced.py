"""The table of a trace in its verdict."""

from __future__ import annotations

from textual.content import Content

from tutor.grading.trace import Mark
from tutor.kinds.judged import judged_lines, slip_notes
from tutor.kinds.posed import Verdict
from tutor.kinds.trace import PosedTrace
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, typeset

_STYLES = {
    Mark.RIGHT: "$text-success",
    Mark.FOLLOWS: "$text-success",
    Mark.WRONG: "$text-error",
    None: "",
}


def traced(posed: PosedTrace, verdict: Verdict, voice: Voice, width: int) -> list[Content]:
    """Return the table with a sign at each cell and the right values, and what follows."""
    table = judged_lines(
        posed,
        verdict.parts,
        [voice.text(row.label) for row in posed.rows],
        [voice.text(head) for head in posed.columns],
        width - 2,
        ascii=voice.speaker.ascii,
    )
    lines = [
        Content("  ") + Content.assemble(*((text, _STYLES[mark]) for text, mark in line))
        for line in table
    ]
    for note in slip_notes(posed, verdict.parts):
        lines += [Content("  ") + line for line in typeset(voice.document(note), width - 2, MUTED)]
    return lines
