from __future__ import annotations

from pathlib import Path

import pytest

from tutor.errors import TutorError
from tutor.ui.editor import editor_command, run_editor

FILE = Path("/home/me/my notes.yaml")


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vi", ["vi", "+12", "/home/me/my notes.yaml"]),
        ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+12", "/home/me/my notes.yaml"]),
        ("vim", ["vim", "+12", "/home/me/my notes.yaml"]),
        ("nano", ["nano", "+12,3", "/home/me/my notes.yaml"]),
        ("emacs -nw", ["emacs", "-nw", "+12:3", "/home/me/my notes.yaml"]),
        ("micro", ["micro", "+12:3", "/home/me/my notes.yaml"]),
        ("code --wait", ["code", "--wait", "--goto", "/home/me/my notes.yaml:12:3"]),
        ("hx", ["hx", "/home/me/my notes.yaml:12:3"]),
        ("subl -w", ["subl", "-w", "/home/me/my notes.yaml:12:3"]),
        ("Code.exe", ["Code.exe", "--goto", "/home/me/my notes.yaml:12:3"]),
        ("ed", ["ed", "/home/me/my notes.yaml"]),
        ("'/opt/my editor/hx'", ["/opt/my editor/hx", "/home/me/my notes.yaml:12:3"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(editor: str, command: list[str]) -> None:
    assert editor_command({"EDITOR": editor}, FILE, 12, 3) == command


def test_visual_comes_before_editor() -> None:
    environ = {"VISUAL": "hx", "EDITOR": "ed"}
    assert editor_command(environ, FILE, 1)[0] == "hx"


def test_without_either_the_first_that_there_is() -> None:
    there = {"vim", "vi"}
    found = editor_command({}, FILE, 4, which=lambda name: name if name in there else None)
    assert found == ["vim", "+4", str(FILE)]


@pytest.mark.parametrize("environ", [{}, {"EDITOR": "'unclosed"}, {"EDITOR": "  "}])
def test_no_editor_says_how_to_name_one(environ: dict[str, str]) -> None:
    with pytest.raises(TutorError, match="There is no editor"):
        editor_command(environ, FILE, 1, which=lambda _: None)


def test_an_editor_that_is_not_there_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(TutorError, match=r"nosucheditor.*No such file"):
        run_editor([str(tmp_path / "nosucheditor"), "x"])
