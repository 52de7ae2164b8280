"""What loading says about the learner's own questions, and what it leaves to `tutor check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.bank.check import check
from tutor.bank.entry import adapter
from tutor.bank.load import load
from tutor.bank.nodes import Value
from tutor.bank.statics import MAY_FAIL, Named, is_plain, written_findings
from tutor.bank.texts import strings_of
from tutor.grading.formula import parse_formula
from tutor.text.markdown import MarkdownError, parse
from tutor.text.template import Slot, parse_template

HEADER = "format: 1\ntopic: notes\ntitle: Notes\nquestions:\n- id: notes.a\n  kind: numeric\n"
REST = """\
  draw: {{d: {{choose: [2, 4]}}}}
  compute: {{l: {{engine: {engine}, args: {{input_size: d, {size}: 3}}}}, v: {{value: "{value}"}}}}
  prompt: "{prompt}"
  answer: {answer}
  explain: z
"""
SOUND = {
    "engine": "lstm_params", "size": "hidden_size", "value": "d + l.total", "prompt": "{d} $x$",
    "answer": "v",
}  # fmt: skip


def problems(folder: Path, **changed: str) -> tuple[list[str], list[str]]:
    path = folder / "notes.yaml"
    path.write_text(HEADER + REST.format(**{**SOUND, **changed}), "utf-8")
    bank = load([path])
    return [str(p) for p in bank.problems], [str(p) for p in check(bank, range(3))]


def test_a_sound_question(tmp_path: Path) -> None:
    assert problems(tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("changed", "place", "piece"),
    [
        ({"engine": "lstm_parms"}, "8:25", "did you mean `lstm_params`"),
        ({"value": "d + e"}, "8:", "unknown name `e`"),
        ({"value": "v + 1"}, "8:", "unknown name `v`"),
        ({"answer": "k.total"}, "10:11", "unknown name `k.total`; did you mean `l.total`"),
        ({"answer": "l"}, "10:11", "unknown name `l`"),
        ({"prompt": "{d"}, "9:11", "a brace without its partner"),
        ({"prompt": "{d} + {dd}"}, "9:19", "unknown name `dd`; did you mean `d`"),
        ({"prompt": "$x"}, "9:11", "no partner"),
    ],
)
def test_what_cannot_be_asked_is_found_by_loading(
    tmp_path: Path, changed: dict[str, str], place: str, piece: str
) -> None:
    (found,), others = problems(tmp_path, **changed)
    assert f"notes.yaml:{place}" in found
    assert piece in found
    assert others == []


@pytest.mark.parametrize(
    ("changed", "piece"),
    [
        ({"size": "hiden_size"}, "hiden_size"),
        ({"answer": "1 / (d - d)"}, "division by zero"),
        ({"answer": "l.nothing"}, "unknown name `l.nothing`"),
        ({"answer": "exp(d)"}, "declare a `tolerance`"),
    ],
)
def test_what_only_computing_shows_is_left_to_the_proof(
    tmp_path: Path, changed: dict[str, str], piece: str
) -> None:
    found, others = problems(tmp_path, **changed)
    assert found == []
    assert any(piece in other for other in others)


PIECES = st.sampled_from(
    ["$", "$$", "|", "-", "- ", "1. ", "12.", "> ", ">", "*", "`", "\n", "\n\n", " ", "  ", "a", "|-|",
     "```", "#", "\\", "{", "\t", "\r"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_text_that_is_passed_over_is_sound(text: str) -> None:
    try:
        parse(text)
    except MarkdownError:
        assert MAY_FAIL.search(text)


def test_nesting_is_not_passed_over() -> None:
    for mark in ("- ", "1. ", "> ", "\t- "):
        text = mark + mark.lstrip() * 100 + "a"
        with pytest.raises(MarkdownError):
            parse(text)
        assert MAY_FAIL.search(text)


TEMPLATES = st.sampled_from(
    ["{", "}", "{d}", "{e}", "{d:,}", "{d:.3f}", "{d:x}", "{ d }", "{}", "{{", "}}", "{l.total}", "{d+1}",
     "{d:,.2f}", "\\", "$", "$x$", "|", "- ", "a", "\n", "{d\n}", "{1/0}", "{(}"]
)  # fmt: skip


@given(st.lists(TEMPLATES, max_size=6).map("".join))
def test_a_text_that_is_plain_is_sound(text: str) -> None:
    named = Named(["d"], ["l"])
    if is_plain(text, named):
        for part in parse_template(text):
            if isinstance(part, Slot):
                named.judge(parse_formula(part.expression))
        parse(text)


def test_usual_texts_are_plain() -> None:
    named = Named(["d"], ["l"])
    for text in ("Words.", "From {d} to {d+1}: {l.total:,}, {d:.2f}."):
        assert is_plain(text, named)
    assert not is_plain("{d}", None)


@given(st.lists(TEMPLATES, max_size=3).map("".join), st.lists(TEMPLATES, max_size=3).map("".join))
def test_looking_through_the_values_first_changes_no_finding(prompt: str, hint: str) -> None:
    value: Value = {
        "id": "notes.a", "kind": "numeric", "draw": {"d": {"choose": [2]}}, "answer": "d + 1",
        "compute": {"l": {"engine": "lstm_params", "args": {"input_size": "d", "hidden_size": 3}}},
        "prompt": {"en": f"y{prompt}", "ko": "y"}, "explain": f"{hint}y", "hints": [f"y{hint}"],
    }  # fmt: skip
    item = adapter("questions").validate_python(value)
    assert written_findings(item, value) == written_findings(item)


def test_every_text_of_a_file_is_looked_through() -> None:
    assert sorted(strings_of({"a": ["b", {"c": "d", "e": [["f"], 1, None, True]}], "g": "h"})) == [
        "b", "d", "f", "h",
    ]  # fmt: skip
