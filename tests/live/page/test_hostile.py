"""Names, reasons and texts that would be markup, and frames that are none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.live.page import frames
from tests.live.page.chromium import Tab
from tests.live.page.conftest import Seat
from tests.live.page.frames import FACES, both, for_page
from tests.live.page.scripted import Scripted

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"
JAVASCRIPT = "javascript:alert(3)"


def nothing_happened() -> str:
    """Return the condition that no text has become an element or an address."""
    return (
        "!document.querySelector('#scene img, #scene script, #scene a, #scene iframe, [onerror], [style*=url]')"
        " && document.querySelectorAll('script, link').length === 3"
    )


def with_face(face: dict[str, Any]) -> str:
    """Return a question that a page gets, with any face."""
    return json.dumps(json.loads(for_page(frames.asked(FACES["text"]))) | {"face": face})


def scenes(evil: str) -> Iterator[list[dict[str, Any]]]:
    """Give frames in which every text that a stranger can write is this one."""
    text, group, row = both(evil), frames.group, frames.row
    yield [frames.lobby(names=[evil, JAVASCRIPT])]
    yield [frames.asked(FACES["choice"] | {"prompt": text, "options": [text, both(JAVASCRIPT)]})]
    yield [frames.asked(FACES["match"] | {"lefts": [text, both("b")]}, round=4)]
    yield [frames.asked(FACES["order"] | {"steps": [text, both("b"), both("c")]}, round=5)]
    yield [frames.asked(FACES["text"], round=6), frames.yours("1", text, round=6, reason=evil)]
    yield [
        {"t": "talking", "round": 6, "talk": "pairs", "partners": [evil], "opposing": text,
         "reason": evil, "remaining_ms": None, "is_paused": False}
    ]  # fmt: skip
    yield [
        frames.revealed(
            prompt=text, answer=text, explain=text, conclusion=evil, closest=[evil],
            groups=[group(text, (evil,), mistake=text)],
            reasons=[{"name": evil, "words": text, "reason": evil, "is_right": False}],
        ),
        frames.result(diagnosis=text, question=JAVASCRIPT),
    ]  # fmt: skip
    disputes = [{"round": 1, "prompt": text, "groups": [group(text, (evil,))]}]
    yield [
        frames.board(rows=[row(1, evil, 1)], disputes=disputes),
        {"t": "standing", "row": row(1, evil, 1)},
        {"t": "ended"},
    ]


def test_what_strangers_write_stays_literal(seat: Seat) -> None:
    seat.come_in(name=EVIL, title=both(EVIL))
    evil = json.dumps(EVIL)
    for step, sent in enumerate(scenes(EVIL)):
        seat.server.say(*sent)
        seat.tab.wait(f"document.querySelector('#scene').textContent.includes({evil})")
        assert seat.tab.evaluate(nothing_happened()), step
        seat.server.say(frames.lobby(names=[f"after {step}"]))
        seat.tab.wait_for(f"after {step}")


def test_a_name_of_the_other_direction_does_not_turn_its_line(seat: Seat) -> None:
    seat.come_in(frames.lobby(names=["שלום", "Jun"]))
    seat.tab.wait_for("שלום")
    assert seat.tab.evaluate("document.querySelectorAll('.people bdi').length") == 2
    assert seat.tab.evaluate(
        "getComputedStyle(document.querySelector('.people bdi')).unicodeBidi"
    ) in {"isolate", "plaintext"}


def test_frames_that_are_none_change_nothing(seat: Seat) -> None:
    seat.come_in()
    for message in (
        "", "{", "null", "[]", "3", '"lobby"', '{"t": "constructor"}', '{"t": "__proto__"}',
        '{"t": "panel"}', '{"t": 7}', '{"__proto__": {"t": "ended"}}',
    ):  # fmt: skip
        seat.server.say_raw(message)
    seat.server.say(frames.lobby(names=["도윤"]))
    seat.tab.wait_for("도윤")
    assert "You are in" in seat.tab.text()


def test_a_kind_and_a_block_that_a_newer_server_has_are_no_error(seat: Seat) -> None:
    seat.come_in()
    block = {"b": "iframe", "src": "https://example.org", "x": "y"}
    text = {"en": [block, {"b": "p", "s": [{"x": "still read", "k": ["blink"]}]}], "ko": []}
    seat.server.say_raw(with_face({"kind": "constructor", "prompt": text}))
    seat.tab.wait_for("still read")
    assert "does not know this kind of question" in seat.tab.text()
    assert not seat.tab.evaluate("document.querySelector('iframe, form, blink')")


def test_tables_lists_quotes_and_code_are_elements(seat: Seat) -> None:
    seat.come_in()
    cell = [{"x": "c"}]
    blocks = [
        {"b": "h", "n": 2, "s": [{"x": "head", "k": ["strong", "em"]}]},
        {"b": "ol", "i": [[{"b": "p", "s": [{"x": "one"}]}], [{"b": "ul", "i": [[]]}]]},
        {"b": "code", "x": "x <b>\n  y"},
        {"b": "quote", "c": [{"b": "p", "s": [{"x": "said"}]}]},
        {"b": "table", "a": ["left", "right"], "h": [cell, cell], "r": [[cell, cell]]},
    ]
    seat.server.say_raw(with_face({"kind": "text", "prompt": {"en": blocks, "ko": blocks}}))
    seat.tab.wait_for("said")
    found = "[...document.querySelectorAll('#prompt *')].map((node) => node.localName)"
    assert seat.tab.evaluate(found) == [
        "div", "h4", "em", "strong", "ol", "li", "p", "li", "ul", "li", "pre", "code", "blockquote",
        "p", "div", "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td",
    ]  # fmt: skip
    assert seat.tab.evaluate("document.querySelector('pre code').textContent") == "x <b>\n  y"
    assert seat.tab.evaluate("document.querySelector('td.to-right').textContent") == "c"


def test_what_the_policy_refuses_is_noticed(tab: Tab) -> None:
    with Scripted.running() as server:
        tab.open(server.url)
        assert tab.trouble() == []
        tab.evaluate("document.body.setAttribute('style', 'color: red')")
        tab.evaluate("setTimeout(() => { throw new Error('on purpose') }, 0)")
        tab.evaluate(
            "(() => { const code = document.createElement('script');"
            "code.textContent = 'document.title = 1'; document.body.append(code); })()"
        )
        tab.wait("window.refusedByPolicy.length === 2")
        said = "\n".join(tab.trouble())
        tab.leave()
    for found in ("style-src-attr", "script-src-elem", "on purpose"):
        assert found in said
