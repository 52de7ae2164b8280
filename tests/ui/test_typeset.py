from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.localized import Localized
from tutor.text.markdown import parse
from tutor.text.message import msg
from tutor.text.plain import render
from tutor.text.speaker import ENGLISH, Speaker
from tutor.text.width import cells
from tutor.ui.voice import Voice
from tutor.ui.widgets.meter import bar, sparkline
from tutor.ui.widgets.typeset import hanging, typeset
from tutor.ui.widgets.worked import line_bar

SAMPLES = [
    "One paragraph with **strong** words, `code`, and $h_t = \\tanh(W x_t)$ in it.",
    "게이트 세 개와 후보 하나로 블록이 네 개입니다. 블록마다 입력 가중치가 있습니다.",
    "# Heading\n\nText.\n\n- one\n- two, which is longer than the others by far\n\n> quoted words",
    "1. first\n2. second\n\n```\nx = 1\n```\n\n$$\\frac{a}{b}$$",
    "| layer | count |\n|---|---:|\n| LSTM | 3,456 |\n| 순환 신경망 | 864 |",
]


def lines(text: str, width: int) -> list[str]:
    return [line.plain.rstrip() for line in typeset(parse(text), width)]


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("width", [20, 40, 76])
def test_no_line_is_wider_than_the_column(text: str, width: int) -> None:
    assert max(map(cells, lines(text, width))) <= width


@pytest.mark.parametrize("text", [SAMPLES[0], SAMPLES[1]])
def test_paragraphs_break_as_in_plain_text(text: str) -> None:
    assert lines(text, 40) == render(parse(text), 40)


def test_a_table_aligns_its_numbers() -> None:
    assert lines(SAMPLES[4], 40) == [
        "layer         count",
        "───────────────────",
        "LSTM          3,456",
        "순환 신경망     864",
    ]


def test_a_table_without_room_becomes_records() -> None:
    assert lines("| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |".replace("1", "x" * 9), 12)[0] == (
        "a: xxxxxxxxx"
    )


def test_formulas_stand_on_lines_of_their_own() -> None:
    assert "─" in "".join(lines("$$\\frac{a}{b}$$", 40))


@given(st.text(max_size=80))
def test_any_text_can_be_said(text: str) -> None:
    voice = Voice(ENGLISH)
    said = voice.say(msg("{text}", text=text))
    assert not said.spans or "[" not in str(said.spans)
    voice.document(text)


def test_brackets_stay() -> None:
    assert Voice(ENGLISH).say(msg("{x}", x="arr[i][j] [/] [@click=app.quit]x[/]")).plain == (
        "arr[i][j] [/] [@click=app.quit]x[/]"
    )


def test_hangul_is_not_slanted() -> None:
    english, korean = (typeset(parse(text), 40)[0] for text in ("*and*", "*그리고*"))
    assert [str(span.style) for span in english.spans] == ["italic"]
    assert [str(span.style) for span in korean.spans] == ["bold"]


def test_hanging_lines_align() -> None:
    mark, text = typeset(parse("mark"), 40)[0], typeset(parse("one two three"), 9)
    assert [line.plain for line in hanging(mark, text)] == ["markone two", "    three"]


@pytest.mark.parametrize(
    ("share", "drawn"), [(0, "▱▱▱▱"), (0.5, "▰▰▱▱"), (1, "▰▰▰▰"), (7, "▰▰▰▰"), (-1, "▱▱▱▱")]
)
def test_bars_are_always_full_width(share: float, drawn: str) -> None:
    assert bar(share, 4).plain == drawn


def test_a_sparkline_shows_the_smallest_count_and_no_zero() -> None:
    assert sparkline([0, 1, 50, 100]).plain == "▁▂▅█"
    assert sparkline([0, 0]).plain == "▁▁"
    assert sparkline([]).plain == ""


def test_the_smallest_share_still_has_a_stub() -> None:
    assert [line_bar(share, 4).plain for share in (0, 0.001, 0.5, 1)] == ["", "╸", "━━", "━━━━"]


def test_a_voice_may_draw_maths_in_ascii() -> None:
    voice = Voice(Speaker("en", ascii=True))
    words = Localized.same("$\\sigma_t$ → \n\n$$\n\\frac{a}{\\sqrt{b}}\n$$")
    lines = [line.plain for line in typeset(voice.document(words), 40)]
    assert lines[0] == "sigma_t ->"
    assert all(line.isascii() for line in lines)
    assert len(lines) > 3  # the fraction is still a block
    assert voice.maths(r"4h \cdot d") == "4h * d"
