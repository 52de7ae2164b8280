"""Where content is found."""

from __future__ import annotations

from pathlib import Path

import tutor
from tutor.bank.manifest import MANIFEST
from tutor.errors import TutorError
from tutor.text.message import msg


def locate(content: Path | None, own: Path) -> tuple[Path, ...]:
    """Return the folders to load: what is taught, then the learner's own, if there are any.

    Args:
        content: the folder that `--content` or the environment names; None to find it.
        own: the learner's folder of question files; it need not exist.

    Raises:
        TutorError: the named folder is none, or the program came without its content.
    """
    taught = _named(content) if content is not None else find_content()
    return (taught, own) if own.is_dir() else (taught,)


def find_content() -> Path:
    """Return the checkout's `content/`, or the copy inside the installed package.

    Raises:
        TutorError: there is neither.
    """
    package = Path(tutor.__file__).parent
    for folder in (package.parent / "content", package / "_content"):
        if (folder / MANIFEST).is_file():
            return folder
    raise TutorError(
        msg("The program came without its content."),
        msg("Install it again, or name a folder with `--content`."),
    )


def _named(folder: Path) -> Path:
    if not folder.is_dir():
        raise TutorError(
            msg("There is no content folder `{folder}`.", folder=str(folder)),
            msg("Name a folder with `--content` or `TUTOR_CONTENT`, or leave both out."),
        )
    return folder
