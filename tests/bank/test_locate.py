from __future__ import annotations

from pathlib import Path

import pytest

from tutor.bank.locate import find_content, locate, watched
from tutor.errors import TutorError


def test_the_checkout_has_its_content() -> None:
    assert (find_content() / "content.yaml").is_file()


def test_the_named_folder_and_the_learners_own(tmp_path: Path) -> None:
    own = tmp_path / "questions"
    assert locate(tmp_path, own) == (tmp_path,)
    own.mkdir()
    assert locate(tmp_path, own) == (tmp_path, own)
    assert locate(None, own) == (find_content(), own)


def test_a_named_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TutorError, match="no content folder"):
        locate(tmp_path / "missing", tmp_path)


def test_what_is_watched_need_not_be_there(tmp_path: Path) -> None:
    content, own = tmp_path / "content", tmp_path / "own"
    assert watched(content, own) == (content, own)
    assert watched(None, own) == (find_content(), own)
