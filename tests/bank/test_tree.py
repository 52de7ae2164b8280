from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bank.bank_reading import places, problems, read, values
from tutor.bank.nodes import Mapping, Scalar, Sequence, plain
from tutor.bank.offsets import key_offset
from tutor.bank.source import Unreadable


def test_a_document_becomes_lists_mappings_and_scalars() -> None:
    text = "a: 1\nb: [x, 'no', {c: no}]\nd:\n- |\n  two\n  lines\n- ~\n"
    assert values(text) == {"a": 1, "b": ["x", "no", {"c": "no"}], "d": ["two\nlines\n", None]}


def test_nodes_know_where_they_stand() -> None:
    text = "a: 1\n가나: {b: [셋]}\n"
    root, source = read(text)
    assert isinstance(root, Mapping)
    inner = root.child("가나")
    assert isinstance(inner, Mapping)
    items = inner.child("b")
    assert isinstance(items, Sequence)
    scalar = items.child(0)
    assert isinstance(scalar, Scalar)
    assert source.position(key_offset(source, inner)) == (2, 1)
    assert source.position(key_offset(source, items)) == (2, 6)
    assert source.position(scalar.start) == (2, 10)
    assert scalar.value == "셋"
    assert text[inner.start : inner.end] == "{b: [셋]}"


def test_an_empty_document_is_no_tree() -> None:
    for text in ("", "# only a comment\n", "\n\n"):
        root, source = read(text)
        assert root is None
        assert source.problems == []


@pytest.mark.parametrize("style", ["'no'", '"no"', "|-\n no", ">-\n no"])
def test_only_plain_scalars_are_resolved(style: str) -> None:
    assert values(f"a: {style.replace('no', 'true')}") == {"a": "true"}


def test_byte_order_mark_and_carriage_returns_are_accepted() -> None:
    assert values(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n") == {"a": 1, "b": "x\ny\n"}
    assert places(problems(b"\xef\xbb\xbfa: 1\r\nb: 012\r\n")) == [(2, 4)]


def test_decomposed_hangul_is_composed() -> None:
    assert values("a: \u1112\u1161\u11ab") == {"a": "한"}
    assert values('a: "\\u1112\\u1161\\u11ab"') == {"a": "한"}


# Text, and for each problem its line, column and a piece of what it says.
RECOVERABLE = [
    ("a: 1\nb: 2\na: 3", [(3, 1, "`a` is there already, in line 1")]),
    ("a: {x: 1, x: 2}", [(1, 11, "`x` is there already")]),
    ("a: &x 1\nb: *x", [(1, 4, "anchors"), (2, 4, "anchors")]),
    ("a: !!str 1", [(1, 4, "tags")]),
    ("a: !python/object:os.system [x]", [(1, 4, "tags")]),
    ("<<: {a: 1}", [(1, 1, "merge keys")]),
    ("1: x\ntrue: y\n~: z", [(1, 1, "not text"), (2, 1, "not text"), (3, 1, "not text")]),
    ("? [a, b]\n: c\nd: 1", [(1, 3, "not text")]),
    ("a: 012\nb: .inf\na: 1", [(1, 4, "octal"), (2, 4, "number"), (3, 1, "already")]),
    ("a: \x1b[31m\nb: \u202e", [(1, 4, "U+001B"), (2, 4, "RIGHT-TO-LEFT OVERRIDE")]),
    ('a: "x\\e[31m"', [(1, 6, "U+001B")]),
    ('한: "가\\u200b"', [(1, 6, "ZERO WIDTH SPACE")]),
    (r'a: "$\tanh x$"', [(1, 6, "tab")]),
    (r'a: "is $\nabla$"', [(1, 9, "new line")]),
]


@pytest.mark.parametrize(("text", "expected"), RECOVERABLE)
def test_what_is_refused_is_reported_at_its_place(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    found = problems(text)
    assert places(found) == [(line, column) for line, column, _ in expected]
    for problem, (_, _, piece) in zip(found, expected, strict=True):
        assert piece in str(problem).replace("\\", "")


FINAL = [
    ("a: 1\n\tb: 2", 2, 1, "a tab in the indentation; indent with spaces"),
    ("a:\n\t- x", 2, 1, "a tab in the indentation"),
    ('a: "x\n', 1, 4, "this quote is not closed"),
    ('a: "\\sigma"', 1, 5, "backslash"),
    ('a: "\\xi"', 1, 5, "backslash"),
    ("a: x: y", 1, 5, "second colon"),
    ("a: *bold* word", 1, 4, "cannot start with"),
    ("a: @home", 1, 4, "cannot start with"),
    ("a: [1, 2\nb: 3", 2, 2, "after the `[` in line 1"),
    ("a: {en: b, ko: c: d}", 1, 17, "closing brace"),
    ("a: 1\nb\nc: 2", 2, 1, "no colon"),
    ("a: 1\n---\nb: 2", 2, 1, "second document"),
    ("a: |x\n  y", 1, 5, "next line"),
    ("a: 1\n- b", 2, 1, "does not fit"),
    ("a: [1,,2]", 1, 7, "value is missing"),
    ("a: !<x", 1, 7, "tags"),
    ("a: \ufffe", 1, 4, "U+FFFE"),
    ("[" * 900, 1, 33, "more than 32 levels"),
    ("{a: " * 100_000, 1, 129, "more than 32 levels"),
    ("- " * 100_000, 1, 65, "more than 32 levels"),
]


@pytest.mark.parametrize(("text", "line", "column", "piece"), FINAL)
def test_what_is_no_yaml_is_explained(text: str, line: int, column: int, piece: str) -> None:
    root, source = read(text)
    assert root is None
    assert places(source.problems) == [(line, column)]
    assert piece in str(source.problems[0]).replace("\\", "")


def test_endless_brackets_are_explained() -> None:
    root, source = read("[" * 100_000)  # where they are refused depends on how far libyaml reads
    assert root is None
    assert "more than 32 levels" in str(source.problems[0])


def test_a_refused_key_leaves_its_neighbours() -> None:
    root, _ = read("? {a: [b]}\n: {c: d}\ne: f\n1: g\nh: i")
    assert root is not None
    assert plain(root) == {"e": "f", "h": "i"}


def test_an_alias_bomb_is_not_unfolded() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    found = problems(f"a0: &a0 lol\n{levels}")
    assert len(found) == 101
    assert "more than 100 problems" in str(found[-1])


def test_bytes_that_are_not_utf8() -> None:
    for data, line, column, piece in [
        ("a: 1\nb: caf\xe9".encode("latin-1"), 2, 7, "byte 0xE9 at offset 11"),
        (b"\xef\xbb\xbfa: \xea\xb0\x80\xe9", 1, 5, "byte 0xE9 at offset 9"),
        ("a: 1".encode("utf-16"), 1, 1, "UTF-16"),
    ]:
        with pytest.raises(Unreadable) as caught:
            read(data)
        assert (caught.value.problem.line, caught.value.problem.column) == (line, column)
        assert piece in str(caught.value.problem)
        assert "save the file as UTF-8" in str(caught.value.problem)


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        _, source = read(data)
    except Unreadable:
        return
    for problem in source.problems:
        assert 1 <= problem.line <= source.text.count("\n") + 1
        assert 1 <= problem.column <= len(problem.line_text) + 1


YAML_PIECES = [
    "a", "b: ", "- ", "[", "]", "{", "}", ",", ":", "\n", "\n  ", '"', "'", "|\n ", ">", "&x", "*x",
    "!t", "? ", "<<", "012", "#", "%", "\\n", "\t", "가", "---\n", "\x1b", "~",
]  # fmt: skip


@given(st.lists(st.sampled_from(YAML_PIECES), max_size=40).map("".join))
def test_no_yaml_like_text_raises_anything(text: str) -> None:
    root, source = read(text)
    assert (
        root is not None
        or source.problems
        or not text.strip()
        or "#" in text
        or "%" in text
        or "---" in text
    )
