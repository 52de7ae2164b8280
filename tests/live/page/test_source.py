"""The page's files, read without a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files
from typing import get_args

import pytest

from tutor.kinds.face import FACES
from tutor.live.site import Site
from tutor.live.wire import FromPlayer, FromServer, Panel, Report, Why

PAGE = files("tutor.live").joinpath("page")
SCRIPTS = {
    file.name: file.read_text(encoding="utf-8")
    for file in PAGE.iterdir()
    if file.name.endswith(".js")
}
SCRIPT = "\n".join(SCRIPTS.values())
STYLE, MARKUP = (
    PAGE.joinpath(name).read_text(encoding="utf-8") for name in ("style.css", "index.html")
)
WORDS: dict[str, list[str]] = json.loads(
    re.search(r"^export const WORDS = (\{.*?^\});", SCRIPT, re.M | re.S)[1]
)  # type: ignore[index]
SLOT = re.compile(r"\{[a-z]+\}")


PARSE = """
const { SourceTextModule } = require("vm");
for (const [name, script] of Object.entries(JSON.parse(require("fs").readFileSync(0, "utf8"))))
  new SourceTextModule(script, { identifier: name });
"""


def test_the_scripts_parse() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here; the browser parses the scripts as well")
    command = [node, "--experimental-vm-modules", "--no-warnings", "-e", PARSE]
    subprocess.run(command, input=json.dumps(SCRIPTS), text=True, check=True)


def test_a_script_takes_only_what_another_one_of_the_page_gives() -> None:
    for name, script in SCRIPTS.items():
        taken = re.findall(r"^import \{([^}]*)\} from \"\./([a-z]+\.js)\";$", script, re.M)
        assert len(taken) == script.count("import "), name
        for names, other in taken:
            given = re.findall(r"^export (?:const|let|function) ([\w$]+)", SCRIPTS[other], re.M)
            wanted = {word.strip() for word in names.split(",") if word.strip()}
            assert wanted <= set(given), (name, other)
            rest = re.sub(r"^import .*?;$", "", script, flags=re.M | re.S)
            for word in wanted:
                assert re.search(rf"(?<![\w$]){re.escape(word)}(?![\w$])", rest), (name, word)


def test_every_file_of_the_page_is_served() -> None:
    site = Site()
    for file in PAGE.iterdir():
        path = "/" if file.name == "index.html" else f"/{file.name}"
        assert site.get(path).body == file.read_bytes()


@pytest.mark.parametrize(
    "danger",
    [
        r"innerHTML", r"outerHTML", r"insertAdjacentHTML", r"document\.write", r"\beval\b",
        r"new Function", r"DOMParser", r"createContextualFragment", r"srcdoc", r"import\(",
        r"fetch\(", r"XMLHttpRequest", r"sendBeacon", r"\.href =", r"\.src =", r"setTimeout\(\s*[\"'`]",
    ],
)  # fmt: skip
def test_the_script_makes_no_markup_and_asks_nobody_else(danger: str) -> None:
    assert not re.search(danger, SCRIPT)


def test_nothing_is_asked_of_another_host() -> None:
    for text in (SCRIPT, STYLE, MARKUP):
        assert not re.search(r"https?://|wss?://|@import|url\(|//[a-z]+\.[a-z]", text)


def test_the_markup_needs_no_exception_from_the_policy() -> None:
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", MARKUP)
    assert re.findall(r"<script[^>]*>(.*?)</script>", MARKUP, re.S) == [""]


def test_all_words_are_there_in_both_languages() -> None:
    for key, (english, korean) in WORDS.items():
        assert english.strip(), key
        assert korean.strip(), key
        assert set(SLOT.findall(english)) == set(SLOT.findall(korean)), key
        if key not in {"language", "language.lang"}:
            assert re.search("[가-힣]", korean), key
            assert not re.search("[가-힣]", english), key
        assert "!" not in english + korean, key
        assert not re.search(r"\}[은는이가을를과와]", korean), key  # a particle that may not fit


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    table = re.search(r"^export const WORDS = \{.*?^\};", SCRIPT, re.M | re.S)
    assert table is not None
    rest = SCRIPT[: table.start()] + SCRIPT[table.end() :]
    named = set(re.findall(r"\"([a-z-]+(?:\.[a-z0-9-]+)*)\"", rest))
    begun = set(re.findall(r"[\"`]([a-z]+(?:\.[a-z-]+)*\.)(?:\"|\$\{)", rest))
    unused = {
        key for key in WORDS if key not in named and not any(key.startswith(b) for b in begun)
    }
    assert unused == set()
    said = set(re.findall(r"say\(\"([^\"]+)\"[,)]", rest))
    assert said
    assert said - set(WORDS) == set()


def test_every_frame_of_a_player_is_handled() -> None:
    handlers = re.search(r"^const FRAMES = \{(.*?)^\};", SCRIPT, re.M | re.S)
    assert handlers is not None
    handled = set(re.findall(r"^  ([a-z]+)\(", handlers[1], re.M))
    names = {frame.model_fields["t"].default for frame in get_args(FromServer)}
    hosts = {frame.model_fields["t"].default for frame in (Panel, Report)}
    assert handled == names - hosts


def test_every_frame_of_a_player_is_sent() -> None:
    sent = set(re.findall(r"\{ t: \"([a-z]+)\"", SCRIPT))
    assert sent == {frame.model_fields["t"].default for frame in get_args(FromPlayer)}


def test_every_kind_of_face_can_be_answered() -> None:
    widgets = re.search(r"^export const FACES = \{(.*?)^\};", SCRIPT, re.M | re.S)
    assert widgets is not None
    kinds = set(FACES.json_schema()["discriminator"]["mapping"])
    assert set(re.findall(r"^  ([a-z]+)\(", widgets[1], re.M)) == kinds


def test_every_refusal_has_words() -> None:
    assert {key.removeprefix("why.") for key in WORDS if key.startswith("why.")} == set(
        get_args(Why)
    )


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_that_of_a_yardstick() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # WCAG's example


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_and_controls_stand_out_in_light_and_dark(theme: int) -> None:
    themes = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", themes[theme]))
    for paper in ("paper", "soft"):
        for ink in ("ink", "dim", "right", "partly", "wrong", "accent"):
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["field"], colours["paper"]) >= 3


def test_what_moves_stands_still_where_that_is_wished() -> None:
    guarded = re.search(
        r"@media \(prefers-reduced-motion: no-preference\) \{(.*?)^\}", STYLE, re.M | re.S
    )
    assert guarded is not None
    assert "transition" not in STYLE.replace(guarded[0], "")
    assert "animation" not in STYLE
