from __future__ import annotations

import pytest

from tutor.cli.language import catalogue
from tutor.engine import compute
from tutor.text.speaker import Speaker
from tutor.text.width import cells
from tutor.text.words import LANGS, Lang
from tutor.ui.voice import Voice
from tutor.ui.widgets.worked import worked_lines


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [40, 44, 56, 76])
def test_a_solution_keeps_to_its_column(lang: Lang, width: int) -> None:
    sizes = {"input_size": 8, "hidden_size": 24}
    worked = compute("lstm_params", sizes)
    lines = worked_lines(worked, Voice(Speaker(lang, catalogue(lang))), width)
    assert [line.plain for line in lines if cells(line.plain) > width] == []
    text = "\n".join(line.plain for line in lines)
    assert "3,264" in text
    assert "3,168" in text
