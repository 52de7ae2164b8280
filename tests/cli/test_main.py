from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tutor import __version__
from tutor.cli.language import choose_language
from tutor.cli.main import main
from tutor.errors import ExitCode

HEAVY = ("textual", "numpy", "pydantic", "yaml", "rich", "fsrs", "sqlite3")


def loaded_after(arguments: list[str]) -> set[str]:
    """Return the modules that a command line has imported when it is done."""
    code = (
        "import sys\nfrom tutor.cli.main import main\n"
        f"sys.argv = ['tutor', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    loaded = loaded_after(arguments)
    assert "click" in loaded
    assert not loaded.intersection(HEAVY)


def test_version(run: Run) -> None:
    assert __version__ in run("--version").out


def test_help_lists_every_command_in_either_language(run: Run) -> None:
    english, korean = run("--help").out, run("--help", LANG="ko_KR.UTF-8").out
    for command in ("study", "read", "lab", "params", "stats", "check", "schema"):
        assert f"\n  {command}" in english
        assert f"\n  {command}" in korean
    assert "terminal tutor" in english
    assert "학습" in korean
    assert korean == run("--lang", "ko", "--help").out


@pytest.mark.parametrize(
    "arguments", [(), ("params",), ("stats",), ("--lang",), ("--content",), ("params", "lstm")]
)
def test_no_argument_reaches_the_terminal_raw(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, "\x1b]0;title\x07\x9b31m\u202e")
    assert ran.code == 2
    assert not re.search("[\x07\x1b\x9b\u202e]", ran.out + ran.err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "compute", "gpt_params", "--json", "{}"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "Error: There is no room left to write to.\n"


def test_streams_may_be_closed_from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    monkeypatch.setattr(sys, "argv", ["tutor", "join", "--plain", "ABC"])
    for name in ("LANG", "LANGUAGE", "TEXTUAL_DISABLE_KITTY_KEY", "OPENBLAS_NUM_THREADS"):
        monkeypatch.setenv(name, "1" if name[0] in "TO" else "en_US.UTF-8")  # put back afterwards
    with pytest.raises(SystemExit) as ended:
        main()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()
    assert ended.value.code == ExitCode.USAGE


def test_an_unknown_command_names_the_nearest(run: Run) -> None:
    ran = run("studdy")
    assert ran.code == 2
    assert "studdy" in ran.err
    assert "tutor study" in ran.err


def test_the_app_without_a_terminal_says_what_to_do(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert "tutor study --plain" in ran.err
    assert "Traceback" not in ran.err


def test_a_content_folder_that_is_not_there(run: Run) -> None:
    ran = run("--content", "/nowhere/at/all", "stats")
    assert ran.code == 2
    assert "/nowhere/at/all" in ran.err


def test_a_data_folder_that_is_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    ran = run("stats", TUTOR_HOME=str(file / "home"))
    assert ran.code == 3
    assert str(file) in ran.err.replace("\n", "")  # a long path is broken over lines
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("argv", "environ", "lang"),
    [
        ([], {}, "en"), ([], {"LANG": "ko_KR.UTF-8"}, "ko"), (["--lang", "en"], {"LANG": "ko_KR"}, "en"),
        (["--lang=ko"], {}, "ko"), ([], {"LC_ALL": "en_US", "LANG": "ko_KR"}, "en"), ([], {"LANG": "C"}, "en"),
        (["--lang", "fr"], {"LANG": "ko"}, "ko"), (["--lang"], {}, "en"),
    ],
)  # fmt: skip
def test_the_language_is_that_of_the_option_then_of_the_locale(
    argv: list[str], environ: dict[str, str], lang: str
) -> None:
    assert choose_language(argv, environ) == lang


@pytest.mark.parametrize(
    "arguments",
    [
        ("params", "lstm", "--input-size", "10", "--hidden-size", "24"),
        ("params", "gpt"),
        ("lab", "parameters", "--plain"),
        ("read", "attention.lookup"),
    ],
)
def test_maths_can_be_drawn_in_ascii(run: Run, arguments: tuple[str, ...]) -> None:
    unicode, option = run(*arguments).out, run("--ascii", *arguments).out
    assert not unicode.isascii()
    assert option.isascii()
    assert option == run(*arguments, TUTOR_ASCII="1").out
    assert unicode == run(*arguments, TUTOR_ASCII="0").out


def test_korean_words_stay_beside_ascii_maths(run: Run) -> None:
    said = run("--ascii", "--lang", "ko", "read", "lstm.gates").out
    assert "망각 게이트" in said
    assert "f_t = sigma(W_f x_t" in said
