from __future__ import annotations

from typing import Any

import pytest

from tests.kinds import questions as make
from tutor.kinds import grade, parse, pose
from tutor.kinds.judged import judged_lines, slip_notes
from tutor.kinds.trace import PosedTrace
from tutor.text.width import cells


def judged(
    posed: PosedTrace, typed: str, labels: list[str], heads: list[str], width: int, **how: bool
) -> list[str]:
    verdict = grade(posed, parse(posed, typed))  # type: ignore[arg-type]  # numbers
    lines = judged_lines(posed, verdict.parts, labels, heads, width, **how)
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def trace(**fields: Any) -> PosedTrace:
    posed = pose(make.trace(**fields), 1, {"c_0": 0.8, "g_0": 0.9})
    assert isinstance(posed, PosedTrace)
    return posed


LABELS, HEADS = ["부분", "상태", "보임"], ["old", "new"]
SLIP = "0.8;0.225;1.025;0.7725"


def test_right_values_stand_beside_typed_ones() -> None:
    assert judged(trace(), SLIP, LABELS, HEADS, 74) == [
        "           old              new",
        "부분  ✗    0.8 →   0.4  ✓ 0.225",
        "상태       0.8          ↳ 1.025 → 0.625",
        "보임  ↳ 0.7725 → 0.555",
    ]


def test_where_there_is_no_room_they_stand_below() -> None:
    lines = judged(trace(), SLIP, LABELS, HEADS, 26)
    assert len(lines) == 7
    assert all(cells(line) <= 26 for line in lines)
    typed, below = lines[1], lines[2]
    assert typed.split() == ["부분", "✗", "0.8", "✓", "0.225"]
    assert below.split() == ["→", "0.4"]
    assert cells(typed[: typed.index("0.8") + 3]) == cells(below)


def test_ascii_has_no_other_signs_and_the_same_places() -> None:
    labels = ["parts", "states", "shown"]
    unicode = judged(trace(), SLIP, labels, HEADS, 74)
    ascii_lines = judged(trace(), SLIP, labels, HEADS, 74, ascii=True)
    assert all(line.isascii() for line in ascii_lines)
    assert [len(line) for line in unicode] == [len(line) for line in ascii_lines]


@pytest.mark.parametrize("width", range(20, 80, 7))
def test_columns_are_aligned_at_every_width(width: int) -> None:
    lines = judged(trace(), SLIP, LABELS, HEADS, width)
    signs = [cells(line[: line.index("✓")]) for line in lines if "✓" in line]
    follows = [cells(line[: line.index("↳")]) for line in lines if "상태" in line]
    assert signs == follows


def test_cells_with_the_same_cause_share_a_note() -> None:
    rows = [
        {"label": "a", "cells": [{"name": "a", "value": 1}]},
        {"label": "b", "cells": [{"name": "b", "value": 2, "follow": "2*a"}]},
        {"label": "c", "cells": [{"name": "c", "value": 3, "follow": "3*a"}]},
    ]
    posed = trace(columns=[], rows=rows)
    verdict = grade(posed, parse(posed, "10 20 30"))  # type: ignore[arg-type]  # numbers
    assert [str(note) for note in slip_notes(posed, verdict.parts)] == [
        "↳ b, c: ✓ follows from your a"
    ]
