"""What the cache gives is what reading gives, whatever happened to the files or to the cache."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rights import ordinary_user, reachable_folder
from tutor.bank import cache as cache_module
from tutor.bank import entry as entry_module
from tutor.bank.bank import Bank
from tutor.bank.cache import Cache, Stamp
from tutor.bank.entry import adapter
from tutor.bank.load import load
from tutor.kinds.choice import Choice
from tutor.kinds.cloze import Cloze
from tutor.labs.registry import open_controls

TAUGHT = Path(__file__).parent / "taught"
BROKEN = sorted((Path(__file__).parent / "broken").iterdir())
SOUND = """\
format: 1
topic: notes
title: {en: Notes, ko: 노트}
pages:
- {id: notes.p, title: P, body: x, ask: [notes.a]}
questions:
- {id: notes.a, aliases: [notes.old], kind: flashcard, page: notes.p, prompt: x, back: y, explain: z}
- id: notes.b
  kind: choice
  prompt: "$x^2$?"
  explain: z
  draw: {d: {choose: [1, 2.50, 1e300]}}
  options: [{text: "{d}", right: true}, {text: b, feedback: no}]
- {id: notes.g, aliases: [notes.f], kind: cloze, prompt: "[[x]], [[y|z]], [[w]]", explain: x}
- {id: notes.h, kind: cloze, prompt: "Just [[x]].", explain: x}
"""
LAB = "- {id: notes.l, kind: flashcard, prompt: x, back: y, explain: z, lab: {name: nowhere}}\n"


def saved(path: Path, text: str) -> Path:
    """A file that was saved long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (1e9, 1e9))
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return saved(tmp_path / "own" / "notes.yaml", SOUND)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def is_kept(cache: Cache, path: Path, *, own: bool = True, labs: bool = False) -> bool:
    stamp = Stamp.take(path, own=own, labs=labs)
    return stamp is not None and cache.find(stamp) is not None


def name_of(path: Path) -> str:
    stamp = Stamp.take(path, own=True, labs=False)
    assert stamp is not None
    return stamp.name


def kept(cache: Cache, path: Path) -> Path:
    """The file of the cache that stands for a file."""
    load([path], cache=cache)
    (found,) = (path.parent.parent / "cache").iterdir()
    return found


def assert_alike(cached: Bank, cold: Bank) -> None:
    assert cached == cold
    assert list(cached.questions.items()) == list(cold.questions.items())
    assert list(cached.pages.items()) == list(cold.pages.items())
    assert list(cached.references) == list(cached.questions)
    assert cached.aliases == cold.aliases
    assert cached.written == cold.written
    assert [card.id for card in cached.questions.values()] == list(cold.questions)
    assert [str(p) for p in cached.problems] == [str(p) for p in cold.problems]


def test_a_cached_bank_is_the_bank(notes: Path, cache: Cache) -> None:
    cold = load([TAUGHT, notes.parent])
    for _ in range(2):
        assert_alike(load([TAUGHT, notes.parent], cache=cache), cold)
    assert is_kept(cache, notes)
    cached = load([TAUGHT, notes.parent], cache=cache)
    assert isinstance(cached.questions["notes.b"], Choice)
    assert cached.questions["notes.b"] is cached.questions["notes.b"]
    assert "notes.c" not in cached.questions
    assert cached.aliases == {
        "notes.old": "notes.a", "notes.f": "notes.g#1", "notes.f#1": "notes.g#1",
        "notes.f#2": "notes.g#2", "notes.f#3": "notes.g#3", "notes.g": "notes.g#1",
        "notes.h#1": "notes.h",
    }  # fmt: skip
    second = cached.questions["notes.g#2"]
    assert isinstance(second, Cloze)
    assert second.asked == 2
    assert second is cached.questions["notes.g#2"]
    page = cached.page_for("notes.a")
    assert page is not None
    assert page.id == "notes.p"


def test_questions_are_made_when_they_are_asked_for(
    notes: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([TAUGHT, notes], cache=cache)
    made = []
    monkeypatch.setattr(
        entry_module, "adapter", lambda section: made.append(section) or adapter(section)
    )
    bank = load([notes], cache=cache)
    assert bank.aliases
    assert bank.written
    assert bank.page_for("notes.g#2") is None
    assert "questions" not in made
    assert bank.questions["notes.g#2"].id == "notes.g#2"
    assert bank.questions["notes.g#3"].id == "notes.g#3"
    assert made.count("questions") == 1


FILES = st.sampled_from(
    [SOUND, SOUND.replace("notes", "more"), SOUND.replace("right: true", "right: yes"),
     SOUND.replace("notes.p, prompt", "notes.q, prompt"), SOUND.replace("{d}", "{e}"), SOUND + LAB,
     SOUND.replace("1e300", ".inf"), "", SOUND.replace(", [[w]]", ""), SOUND.replace("[[y|z]], ", "[["), "format: 1\ntopic: notes\ntitle: T\n",
     *(path.read_bytes().decode("utf-8", "replace") for path in BROKEN)]
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from("abc"), FILES | st.none()), max_size=6)


@settings(deadline=None)  # it writes and reads files, on a busy machine
@given(STEPS, st.booleans())
def test_no_history_of_files_shows_in_the_bank(
    steps: list[tuple[str, str | None]], labs: bool
) -> None:
    open_lab = open_controls if labs else None
    folder = Path(tempfile.mkdtemp())
    try:
        cache = Cache(folder / "cache")
        for name, text in steps:
            path = folder / "own" / f"{name}.yaml"
            if text is None:
                path.unlink(missing_ok=True)
            else:
                saved(path, text)
            roots = [TAUGHT, *([folder / "own"] if (folder / "own").exists() else [])]
            assert_alike(load(roots, open_lab, cache), load(roots, open_lab))
            assert_alike(load(roots, open_lab, cache), load(roots, open_lab))
    finally:
        shutil.rmtree(folder)


def test_what_was_saved_again_is_read_again(notes: Path, cache: Cache) -> None:
    load([notes], cache=cache)
    text = SOUND.replace("back: y", "back: w")
    assert len(text) == len(SOUND)
    saved(notes, text)  # as long and as old as before
    assert load([notes], cache=cache).questions["notes.a"].back.en == "w"  # type: ignore[union-attr]


def test_what_was_saved_just_now_is_not_kept(notes: Path, cache: Cache) -> None:
    os.utime(notes)
    load([notes], cache=cache)
    assert not is_kept(cache, notes)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_file_with_problems_is_not_kept(path: Path, tmp_path: Path, cache: Cache) -> None:
    copy = tmp_path / "own" / path.name
    copy.parent.mkdir()
    shutil.copy(path, copy)
    os.utime(copy, (1e9, 1e9))
    cold = load([TAUGHT, copy])
    load([TAUGHT, copy], cache=cache)
    assert is_kept(cache, copy) == (not cold.problems)


def test_links_to_labs_are_followed_though_the_rest_is_known(notes: Path, cache: Cache) -> None:
    saved(notes, SOUND + LAB)
    assert load([notes], cache=cache).problems == ()
    (problem,) = load([notes], open_controls, cache).problems
    assert "There is no lab “nowhere”" in str(problem)


def test_what_is_right_in_content_may_be_wrong_in_an_own_file(tmp_path: Path, cache: Cache) -> None:
    text = SOUND.replace("{d}", "{e}")
    (tmp_path / "own").mkdir()
    manifest = saved(tmp_path / "own" / "content.yaml", "format: 1\nname: N\n")
    notes = saved(tmp_path / "own" / "notes.yaml", text)
    assert load([notes.parent], cache=cache).problems == ()
    assert is_kept(cache, notes, own=False)
    manifest.unlink()
    (problem,) = load([notes.parent], cache=cache).problems
    assert "unknown name `e`" in str(problem)


DAMAGES = {
    "empty": lambda _: b"",
    "cut": lambda data: data[: len(data) // 2],
    "cut in the last line": lambda data: data[:-9],
    "another byte": lambda data: data.replace(b'"back":"y"', b'"back":"w"'),
    "another index": lambda data: data.replace(b'"notes.h"]', b'"notes.h","notes.i"]'),
    "fewer parts": lambda data: data.replace(b'"parts":[0,', b'"parts":['),
    "another program": lambda data: data.replace(b'"program":"', b'"program":"0'),
    "another file": lambda data: data.replace(b"notes.yaml", b"other.yaml"),
    "foreign": lambda _: b"\x80\x05N.",
    "foreign lines": lambda _: b"[]\n{}\nnull\n",
    "deep": lambda _: b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_not_there_and_is_made_anew(
    notes: Path, cache: Cache, damage: str
) -> None:
    file = kept(cache, notes)
    data = file.read_bytes()
    broken = DAMAGES[damage](data)
    assert broken != data
    file.write_bytes(broken)
    assert not is_kept(cache, notes)
    assert_alike(load([notes], cache=cache), load([notes]))
    assert file.read_bytes() == data


def test_a_cache_that_cannot_be_written_is_no_error(notes: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none")):
        assert_alike(load([notes], cache=Cache(folder)), load([notes]))
    assert (tmp_path / "file").read_text() == ""


@pytest.fixture
def reachable() -> Iterator[Path]:
    with reachable_folder() as made:
        yield made


@pytest.mark.parametrize("mode", [0o000, 0o555])
def test_a_closed_cache_is_no_error(reachable: Path, mode: int) -> None:
    notes = saved(reachable / "own" / "notes.yaml", SOUND)
    notes.parent.chmod(0o755)
    cold = load([notes], cache=Cache(reachable / "cache"))
    (reachable / "cache").chmod(mode)
    with ordinary_user():
        assert_alike(load([notes], cache=Cache(reachable / "cache")), cold)
    (reachable / "cache").chmod(0o755)
    assert len(list((reachable / "cache").iterdir())) == 1


def test_nothing_half_written_is_left(notes: Path, cache: Cache, tmp_path: Path) -> None:
    kept(cache, notes).unlink()
    blocked = tmp_path / "cache" / name_of(notes)
    (blocked / "x").mkdir(parents=True)  # cannot be replaced by a file
    assert_alike(load([notes], cache=cache), load([notes]))
    assert list((tmp_path / "cache").iterdir()) == [blocked]


def test_the_oldest_go_when_there_are_too_many(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        saved(tmp_path / "own" / f"n{n}.yaml", SOUND.replace("notes", f"n{n}")) for n in range(4)
    ]
    load(files[:3], cache=cache)
    sizes = [path.stat().st_size for path in (tmp_path / "cache").iterdir()]
    for n, path in enumerate(files[:3]):
        os.utime(tmp_path / "cache" / name_of(path), (n, n))
    monkeypatch.setattr(cache_module, "MAX_BYTES", 2 * max(sizes) + 9)
    load(files, cache=cache)
    assert [is_kept(cache, path) for path in files] == [False, False, True, True]


def test_infinity_and_large_numbers_come_back(tmp_path: Path, cache: Cache) -> None:
    text = SOUND + (
        "- {id: notes.n, kind: flashcard, prompt: x, back: y, explain: z,"
        " lab: {name: a, controls: {a: .inf, b: -.inf, c: 1e300, d: 0.1, e: 123456789012345678901,"
        ' f: [1, {g: null}], h: true, i: "\\u2028"}}}\n'
    )
    notes = saved(tmp_path / "own" / "notes.yaml", text)
    cold = load([notes])
    load([notes], cache=cache)
    assert is_kept(cache, notes) == (not cold.problems)
    assert_alike(load([notes], cache=cache), cold)
