from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.bank.load import load
from tutor.bank.proof import proof_findings
from tutor.bank.reader import read_topic
from tutor.bank.source import MAX_BYTES, Unreadable, decode_source
from tutor.bank.statics import static_findings
from tutor.bank.topic import Page
from tutor.kinds.choice import Choice
from tutor.kinds.flashcard import Flashcard
from tutor.labs.registry import open_controls

HERE = Path(__file__).parent
TAUGHT, FINE, BROKEN = HERE / "taught", HERE / "fine", HERE / "broken"
HEADER = "format: 1\ntopic: notes\ntitle: Notes\nquestions:\n"


def card(name: str, prompt: str = "x") -> str:
    return f"- {{id: {name}, kind: flashcard, prompt: {prompt}, back: y, explain: z}}\n"


def test_topics_come_in_the_order_of_the_manifest() -> None:
    bank = load([TAUGHT])
    assert bank.problems == ()
    assert [topic.id for topic in bank.topics] == ["rnn", "lstm"]
    assert list(bank.questions) == ["rnn.weights", "lstm.params"]
    assert bank.name is not None
    assert bank.name.ko == "작은 강의"
    assert bank.topic_of("lstm.params").requires == ("rnn",)
    assert bank.topic_of("lstm.gates").pages == ("lstm.gates",)
    assert not bank.topics[0].own


def test_a_question_knows_its_place_and_its_page() -> None:
    bank = load([TAUGHT])
    place = bank.places["lstm.params"]
    assert place.file == TAUGHT / "unit" / "lstm.yaml"
    assert place.file.read_text("utf-8").splitlines()[place.line - 1] == "- id: lstm.params"
    page = bank.page_for("lstm.params")
    assert page is not None
    assert page.id == "lstm.gates"


def test_own_files_come_after_by_name_and_need_no_manifest(tmp_path: Path) -> None:
    for topic in ("zoo", "ant", "lstm"):
        text = HEADER.replace("notes", topic) + card(f"{topic}.own")
        (tmp_path / f"{topic}.yml").write_text(text)
    bank = load([TAUGHT, tmp_path])
    assert bank.problems == ()
    assert [topic.id for topic in bank.topics] == ["rnn", "lstm", "ant", "zoo"]
    assert bank.topic_of("lstm.own").questions == ("lstm.params", "lstm.own")
    assert bank.topic_of("lstm.own").title.en == "LSTM"
    assert bank.topic_of("ant.own").own
    assert load([tmp_path]).problems == ()


def test_fine_files_have_no_problems() -> None:
    bank = load([FINE / "words.yaml"])
    assert bank.problems == ()
    question = bank.questions["notes.sum"]
    assert isinstance(question, Choice)
    assert (question.prompt.en, question.explain.en) == ("no", "on")
    assert [option.text.ko for option in question.options] == ["no", "yes"]


def test_a_folder_is_read_without_its_hidden_files() -> None:
    bank = load([FINE])
    assert {problem.file.name for problem in bank.problems} == {"markup.yaml", "words.yaml"}
    assert all("is taken" in str(problem) for problem in bank.problems)


def test_markup_stays_literal() -> None:
    question = load([FINE / "markup.yaml"]).questions["notes.sum"]
    assert question.prompt.en == "Is [dim]this[/] `[/]` or [@click=app.quit]that[/]?"


def test_byte_order_mark_and_carriage_returns() -> None:
    bank = load([FINE / "bom-crlf.yaml"])
    assert bank.problems == ()
    question = bank.questions["notes.sum"]
    assert isinstance(question, Flashcard)
    assert question.explain.en == "Two\nlines.\n"
    assert question.back.ko == "넷"


def test_a_bad_entry_does_not_lose_the_others() -> None:
    bank = load([BROKEN / "several.yaml"])
    assert list(bank.questions) == ["notes.b"]
    assert len(bank.problems) == 3


def test_a_bad_file_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("[")
    (tmp_path / "b.yaml").write_text(HEADER + card("notes.b"))
    bank = load([TAUGHT, tmp_path])
    assert len(bank.questions) == 3
    assert [problem.file.name for problem in bank.problems] == ["a.yaml"]


def test_an_entry_with_an_alias_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEADER + card("notes.a", "&x x") + card("notes.b", "*x") + card("notes.c"))
    bank = load([path])
    assert list(bank.questions) == ["notes.c"]
    assert [(problem.line, problem.column) for problem in bank.problems] == [(5, 42), (6, 42)]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(10 * MAX_BYTES)
    (problem,) = load([path]).problems
    assert "larger than 5,000,000 bytes" in str(problem)
    assert "split it" in str(problem)


def test_a_hopeless_file_is_given_up(tmp_path: Path) -> None:
    for name, text in {
        "aliases": "a: &a x\nb: [" + "*a," * 300_000 + "]",
        "entries": HEADER + "- 1\n" * 300_000,
        "keys": HEADER + "- {kind: cloze, " + ", ".join(f"k{n}: 1" for n in range(100_000)) + "}",
        "controls": "\x01" * 100_000,
        "tags": "!a [" + "!b c," * 100_000 + "]",
    }.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(text)
        found = load([path]).problems
        assert len(found) == 101, name
        assert any("more than 100 problems" in str(problem) for problem in found), name


def test_an_endless_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEADER + card("notes.a", '"' + "[[x]]" * 5_000 + '"'))
    (problem,) = load([path]).problems
    assert (problem.line, problem.column) == (5, 42)
    assert "more than 20,000 characters" in str(problem)


def test_a_missing_root_is_a_problem(tmp_path: Path) -> None:
    (problem,) = load([tmp_path / "missing"]).problems
    assert "no such file or folder" in str(problem)


def test_topics_that_require_each_other(tmp_path: Path) -> None:
    (tmp_path / "content.yaml").write_text(
        "format: 1\nname: N\nunits: [{id: u, title: U, topics: [a, b]}]\n"
    )
    for topic, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{topic}.yaml").write_text(
            f"format: 1\ntopic: {topic}\ntitle: T\nrequires: [{other}, nope]\n"
        )
    found = load([tmp_path]).problems
    assert [(p.file.name, p.line, p.column) for p in found] == [
        ("a.yaml", 4, 12), ("a.yaml", 4, 15), ("b.yaml", 4, 12), ("b.yaml", 4, 15),
    ]  # fmt: skip
    assert "`b` requires `a` itself" in str(found[0])
    assert "no topic `nope`" in str(found[1])


def test_a_topic_is_taught_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "content.yaml").write_text(
        "format: 1\nname: N\nunits: [{id: u, title: U, topics: [notes]}]\n"
    )
    (tmp_path / "a.yaml").write_text(HEADER + card("notes.a"))
    (tmp_path / "b.yaml").write_text(HEADER + card("notes.b"))
    (problem,) = load([tmp_path]).problems
    assert (problem.file.name, problem.line, problem.column) == ("b.yaml", 2, 8)


def test_a_broken_manifest_is_reported(tmp_path: Path) -> None:
    (tmp_path / "content.yaml").write_text("format: 1\nunits: 3\n")
    found = load([tmp_path]).problems
    assert [(p.line, p.column) for p in found] == [(1, 1), (2, 8)]


def test_links_to_labs_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    lab = "lab: {name: parameters, controls: {layer: lsmt, hidden_sise: 4, input_size: 3}}"
    path.write_text(HEADER + card("notes.a").replace("back", f"{lab}, back"))
    assert load([path]).problems == ()
    found = load([path], open_controls).problems
    assert [(problem.line, problem.column) for problem in found] == [(5, 87), (5, 106)]
    assert "`layer` cannot be `lsmt`" in str(found[0])
    assert "hidden_size" in str(found[1])
    path.write_text(HEADER + card("notes.a").replace("back", "lab: {name: parametres}, back"))
    (problem,) = load([path], open_controls).problems
    assert "Did you mean “parameters”" in str(problem)
    assert (problem.line, problem.column) == (5, 57)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(*, enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        load([TAUGHT])
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


SCALARS = st.sampled_from(
    ["1", "0", "-2", "1e300", "0.1", "x", "d", "'{d}'", "'{d:.1%}'", "4*d", "1/d", "log(d)", "d^d"]
)
TEXTS = st.sampled_from(
    ["x", "'{d}'", "'{1/d}'", "'[[x|{d}]]'", "'$x^{d}$'", "'$d'", "'[[a]] [[b]]'"]
)
DRAWS = st.sampled_from(
    ["{}", "{d: {choose: [0, 1]}}", "{d: {from: 0, to: 1, step: 0.1}}", "{d: {choose: [1e300]}}",
     "{d: {from: 1, to: 1e300}}", "{d: {from: -5, to: 5}}", "3"]
)  # fmt: skip
COMPUTES = st.sampled_from(
    ["{}", "{e: {value: 1/d}}", "{e: {engine: lstm_params, args: {input_size: d, hidden_size: 4}}}",
     "{e: {engine: nope}}", "{e: {engine: dense_params, args: {layer_sizes: [d, d]}}}", "{e: {}}"]
)  # fmt: skip
FIELDS = {
    "prompt": TEXTS, "explain": TEXTS, "back": TEXTS, "draw": DRAWS, "compute": COMPUTES,
    "answer": SCALARS | st.sampled_from(["e.total", "true"]), "unit": TEXTS,
    "tolerance": st.sampled_from(["{abs: 0.1}", "{rel: 0.5}", "{rel: 1e-320}"]),
    "mistakes": SCALARS.map("[{{id: m, value: {}, say: x}}]".format),
    "options": TEXTS.map("[{{text: a, right: true}}, {{text: {}, feedback: b}}]".format),
    "reasons": TEXTS.map("[{{text: a, right: true}}, {{text: {}, feedback: b}}]".format),
    "reason": TEXTS.map("{{accept: {{en: [{0}], ko: [{0}, b]}}}}".format),
    "distractors": st.sampled_from(["1", "8", "9"]), "shuffle": st.just("false"),
}  # fmt: skip
NEEDED = {
    "numeric": ["answer"], "choice": ["options"], "cloze": [], "flashcard": ["back"], "quizz": [],
    "multi": ["options"], "truefalse": ["answer"],
}  # fmt: skip


@st.composite
def questions(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(list(NEEDED)))
    usual = ["prompt", "explain", "draw", "compute", *NEEDED[kind]]
    keys = dict.fromkeys([*usual, *draw(st.lists(st.sampled_from(list(FIELDS)), max_size=2))])
    lines = [f"  {key}: {draw(FIELDS[key])}\n" for key in keys]
    return f"- id: notes.a\n  kind: {kind}\n{''.join(lines)}"


@given(questions())
def test_no_question_raises_anything(text: str) -> None:
    source = decode_source(Path("x.yaml"), (HEADER + text).encode())
    content = read_topic(source)
    assert len(content.entries) == (0 if source.problems else 1)
    for problem in source.problems:
        assert "mend this value" not in str(problem), "pydantic's own words"
    for entry in content.entries:
        if not static_findings(entry.item) and not isinstance(entry.item, Page):
            list(proof_findings(entry.item, range(3)))


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything(data: bytes) -> None:
    try:
        source = decode_source(Path("x.yaml"), data)
    except Unreadable:
        return
    content = read_topic(source)
    # what is no topic file says so, at a place that is there
    assert content.header is not None or source.problems
    lines = source.text.splitlines() or [""]
    assert all(1 <= problem.line <= len(lines) + 1 for problem in source.problems)
