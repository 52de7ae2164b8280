from __future__ import annotations

from pathlib import Path

import pytest

from tutor.bank.examine import examine

TAUGHT = Path(__file__).parent / "taught"
HEADER = "format: 1\ntopic: {topic}\ntitle: Mine\nquestions:\n"
CARD = "- {{id: {id}, kind: flashcard, prompt: {id}?, back: y, explain: z{more}}}\n"


def write(path: Path, name: str, **more: str) -> Path:
    rest = "".join(f", {key}: {value}" for key, value in more.items())
    text = HEADER.format(topic=name.partition(".")[0]) + CARD.format(id=name, more=rest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def copy_of_the_course(folder: Path) -> Path:
    for path in TAUGHT.rglob("*.yaml"):
        copy = folder / path.relative_to(TAUGHT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text("utf-8"), "utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_a_file_may_refer_to_what_is_taught_and_to_other_own_files(
    own: Path, tmp_path: Path
) -> None:
    write(own / "notes.yaml", "notes.a")
    file = write(tmp_path / "a.yaml", "lstm.b", objective="lstm.gates", page="lstm.gates")
    assert examine([file], [TAUGHT, own], range(2)).problems == ()


def test_a_file_is_held_against_what_is_taught(own: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.yaml", "lstm.params")
    (taken,) = examine([file], [TAUGHT, own], range(2)).problems
    assert "is taken" in str(taken)
    file = write(tmp_path / "a.yaml", "lstm.b", objective="lstm.gatse")
    (unknown,) = examine([file], [TAUGHT, own], range(2)).problems
    assert "did you mean `lstm.gates`" in str(unknown)


def test_only_what_was_asked_about_is_reported_and_counted(own: Path, tmp_path: Path) -> None:
    write(own / "broken.yaml", "lstm.c", page="nowhere")
    file = write(tmp_path / "a.yaml", "lstm.b")
    report = examine([file], [TAUGHT, own], range(2))
    assert (report.problems, report.questions, report.pages) == ((), 1, 0)
    everything = examine([], [TAUGHT, own], range(2))
    assert [problem.file.name for problem in everything.problems] == ["broken.yaml"]
    assert (everything.questions, everything.pages) == (3, 1)


def test_a_file_that_is_around_already_is_called_as_it_was_asked_for(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own / "a.yaml", "lstm.b", page="nowhere")
    monkeypatch.chdir(own)
    for path, name in ((Path("a.yaml"), "a.yaml"), (Path(), "a.yaml"), (own, f"{own}/a.yaml")):
        (problem,) = examine([path], [TAUGHT, own], range(2)).problems
        assert str(problem.file) == name


def test_a_hidden_file_is_examined_when_it_is_named(own: Path) -> None:
    file = write(own / ".draft.yaml", "lstm.b")
    assert examine([file], [TAUGHT, own], range(2)).questions == 1
    assert examine([own], [TAUGHT, own], range(2)).questions == 0


def test_a_content_folder_is_judged_by_itself(own: Path, tmp_path: Path) -> None:
    copy = copy_of_the_course(tmp_path / "copy")
    write(own / "broken.yaml", "lstm.params")
    for path in (copy, copy / "content.yaml"):
        report = examine([path], [TAUGHT, own], range(2))
        assert (report.problems, report.questions, report.pages) == ((), 2, 1)


def test_a_file_of_a_content_folder_is_judged_as_content(own: Path, tmp_path: Path) -> None:
    copy = copy_of_the_course(tmp_path / "copy")
    file = copy / "unit" / "rnn.yaml"
    assert examine([file], [TAUGHT, own], range(2)).problems == ()
    file.write_text(file.read_text("utf-8").replace("  source: Test\n", ""), "utf-8")
    (problem,) = examine([file], [TAUGHT, own], range(2)).problems
    assert problem.file == file
    assert "`source` is missing" in str(problem)
