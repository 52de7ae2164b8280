"""What is picked or typed on the page is what the kinds read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.live.page.chromium import Tab
from tests.live.page.conftest import Seat
from tests.live.page.frames import FACES, OPTIONS, yours
from tutor.kinds import FormatError, parse
from tutor.kinds.blind import blind
from tutor.kinds.choice import Chosen
from tutor.kinds.cloze import TypedGap
from tutor.kinds.face import FACES as READ_FACE
from tutor.kinds.formula import TypedFormula
from tutor.kinds.match import Matched
from tutor.kinds.multi import Ticked
from tutor.kinds.numeric import TypedNumber
from tutor.kinds.order import Ordered
from tutor.kinds.text import TypedText
from tutor.kinds.trace import TypedCells
from tutor.kinds.truefalse import Judgement


def pick(tab: Tab) -> None:
    tab.click("#choice-2")


def tick(tab: Tab) -> None:
    tab.click("#multi-3")
    tab.click("#multi-1")


def judge(tab: Tab) -> None:
    tab.click("#truth-2")
    tab.click("#why-1")


def number(tab: Tab) -> None:
    tab.click("#answer")
    tab.type("3456")
    tab.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    tab.click(".symbols button")  # a phone's digits may have no minus


def word(tab: Tab) -> None:
    tab.click("#answer")
    tab.type("forget gate")


def formula(tab: Tab) -> None:
    tab.click("#answer")
    for sign in ("d", "×", "(", "h", "+"):
        tab.evaluate(
            "[...document.querySelectorAll('.symbols button')]"
            f".find((button) => button.textContent === '{sign}').click()"
        )
    tab.type("2)")


def arrange(tab: Tab) -> None:
    tab.click("#up-2")  # scale before scores
    tab.press("ArrowUp")  # and before softmax


def connect(tab: Tab) -> None:
    for left, right in (("1", "b"), ("2", "a")):
        tab.evaluate(f"document.querySelector('#left-{left}').focus()")
        tab.type(right)


def fill(tab: Tab) -> None:
    tab.click("#cell-1")
    tab.type("0.25")
    tab.press("Tab")
    tab.type("1/2")


@pytest.mark.parametrize(
    ("kind", "answer", "text", "response"),
    [
        ("choice", pick, "2", Chosen(1)),
        ("multi", tick, "1 3", Ticked(frozenset({0, 2}))),
        ("truefalse", judge, "f\n1", Judgement(truth=False, reason=0)),
        ("numeric", number, "-3456", TypedNumber(-3456)),
        ("text", word, "forget gate", TypedText("forget gate")),
        ("cloze", word, "forget gate", TypedGap("forget gate")),
        ("formula", formula, "d*(h+2)", TypedFormula),
        ("order", arrange, "3 1 2", Ordered((2, 0, 1))),
        ("match", connect, "1b 2a", Matched((1, 0))),
        ("trace", fill, "0.25\n1/2", TypedCells),
    ],
)
def test_an_answer_is_typed_as_its_kind_reads_it(
    player: Seat, kind: str, answer: Callable[[Tab], None], text: str, response: object
) -> None:
    round_ = 1 + list(FACES).index(kind)
    player.is_asked(kind, round_)
    answer(player.tab)
    vote = player.voted()
    assert vote == {
        "t": "vote", "round": round_, "ballot": 1, "text": text, "sure": None, "reason": ""
    }  # fmt: skip
    read = parse(blind(READ_FACE.validate_python(FACES[kind])), text)
    assert read == response if not isinstance(response, type) else isinstance(read, response)
    assert not isinstance(read, FormatError)


def test_every_kind_is_answered_here() -> None:
    (marker,) = test_an_answer_is_typed_as_its_kind_reads_it.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marker.args[1]} == set(FACES) - {"discuss"}


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        ("choice", "Pick one of the options."),
        ("multi", "Pick at least one option."),
        ("truefalse", "Pick true or false."),
        ("numeric", "Type an answer."),
        ("match", "Choose a letter for each."),
        ("trace", "Fill in every cell."),
    ],
)
def test_what_is_left_out_is_said_and_not_sent(player: Seat, kind: str, complaint: str) -> None:
    player.is_asked(kind, 100 + list(FACES).index(kind))
    player.tab.click("#send")
    player.tab.wait_for(complaint)
    player.tab.wait("document.activeElement.getAttribute('aria-invalid') === 'true'")
    assert player.server.heard_nothing()


def test_confidence_and_a_reason_go_with_the_answer_by_keys_alone(player: Seat) -> None:
    tab = player.tab
    player.is_asked("choice", 30)
    assert tab.focused() == "title"
    tab.press("Tab", " ", "ArrowDown", "Tab", " ", "ArrowDown", "ArrowDown", "Tab")
    tab.type("메모리 <b>")
    tab.press("Enter")
    vote = player.server.hears()
    assert (vote["text"], vote["sure"], vote["reason"]) == ("2", 3, "메모리 <b>")
    player.server.say(yours("2", OPTIONS[1], round=30, sure=3, reason="메모리 <b>"))
    tab.wait("document.activeElement.id === 'yours'")
    for text in ("It saves memory", "Certain", "메모리 <b>"):
        assert text in tab.text()


def test_a_sent_answer_is_shown_and_can_be_changed(player: Seat) -> None:
    tab = player.tab
    player.is_asked("match", 31)
    connect(tab)
    tab.click("#sure-2")
    player.voted()
    player.server.say(yours("1b 2a", OPTIONS[1], round=31, sure=2))
    tab.wait("document.querySelector('.yours button')")
    tab.click(".yours button")
    tab.wait("document.querySelector('#left-1')")
    assert tab.evaluate("document.querySelector('#left-1').value") == "b"
    assert tab.evaluate("document.querySelector('#sure-2').checked")
    tab.evaluate("document.querySelector('#left-2').focus()")
    tab.type("b")  # it is taken from the other
    tab.wait_for("1 is open again")
    assert tab.evaluate("document.querySelector('#left-1').value") == ""
    tab.evaluate("document.querySelector('#left-1').focus()")
    tab.type("c")
    assert player.voted()["text"] == "1c 2b"


def test_a_complaint_of_the_server_asks_again_with_what_was_typed(player: Seat) -> None:
    tab = player.tab
    player.is_asked("numeric", 32)
    tab.click("#answer")
    tab.type("10,24")
    tab.press("Enter")
    assert player.server.hears()["text"] == "10,24"
    message = {"en": "`10,24` could be read in two ways.", "ko": "`10,24`는 두 가지로 읽힙니다."}
    player.server.say({"t": "complaint", "round": 32, "ballot": 1, "message": message})
    tab.wait_for("10,24 could be read in two ways.")
    tab.wait("document.activeElement.id === 'answer'")
    assert tab.evaluate("document.activeElement.value") == "10,24"
    assert tab.evaluate("document.activeElement.getAttribute('aria-describedby')") == "complaint"


def test_the_gap_shows_what_is_typed_into_it(player: Seat) -> None:
    tab = player.tab
    player.is_asked("cloze", 33)
    assert tab.evaluate("document.querySelector('#prompt .gap').textContent") == "＿＿＿"
    tab.click("#answer")
    tab.type("σ")
    assert tab.evaluate("document.querySelector('#prompt').textContent") == (
        "The gates use σ as their activation."
    )


def test_a_reason_is_asked_for_after_the_verdict(player: Seat) -> None:
    player.is_asked("truefalse", 34)
    assert not player.tab.evaluate("document.querySelector('#why-1').offsetParent")
    player.tab.click("#truth-1")
    player.tab.click("#send")
    player.tab.wait_for("The reason is still missing.")
    assert player.server.heard_nothing()


def test_an_open_question_takes_no_answer(player: Seat) -> None:
    player.is_asked("discuss", 35, is_open_question=True)
    player.tab.wait_for("3 points should come up")
    assert not player.tab.evaluate("document.querySelector('form')")
    assert "1:00" in player.tab.text()


def test_the_language_changes_and_what_was_picked_stays(player: Seat) -> None:
    tab = player.tab
    player.is_asked("choice", 36)
    tab.click("#choice-4")
    tab.click("#language")
    tab.wait_for("문제 36/10")
    assert tab.evaluate("document.documentElement.lang") == "ko"
    assert tab.evaluate("document.querySelector('#choice-4').checked")
    assert "관례일 뿐입니다" in tab.text()
    tab.click("#language")
    tab.wait_for("Question 36 of 10")
