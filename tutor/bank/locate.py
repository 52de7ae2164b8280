"""Where content is found."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR

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
    return (taught, own) if _may_be_there(own) else (taught,)


def watched(content: Path | None, own: Path) -> tuple[Path, ...]:
    """Return the folders in which files may change or appear, whether they are there or not."""
    if content is None:
        try:
            content = find_content()
        except TutorError:  # reading says so
            return (own,)
    return (content, own)


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


def _may_be_there(folder: Path) -> bool:
    """Return whether a folder is there, or hidden by rights: loading says what is wrong then."""
    try:
        return S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _named(folder: Path) -> Path:
    if not _may_be_there(folder):
        raise TutorError(
            msg("There is no content folder `{folder}`.", folder=str(folder)),
            msg("Name a folder with `--content` or `TUTOR_CONTENT`, or leave both out."),
        )
    return folder
