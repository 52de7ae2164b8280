"""The notes of sessions that were held on this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path

from pydantic import ValidationError

from tutor.errors import ExitCode, TutorError
from tutor.session.room.journal import read
from tutor.session.room.markdown import to_markdown
from tutor.session.room.report import Say, SessionReport, make_report
from tutor.text.message import msg
from tutor.text.speaker import Speaker

_CODE = re.compile(r"[0-9A-Z]{8}")
MOST_BYTES = 64_000_000  # of a file of notes that is read again


def write_notes(
    report: SessionReport, folder: Path, speaker: Speaker, tz: tzinfo, to: Path | None = None
) -> tuple[Path, ...]:
    """Write the notes of a session: Markdown, and JSON beside it.

    Args:
        report: the session.
        folder: of the sessions of this machine, where the JSON is kept in any case.
        speaker: the language of the Markdown.
        tz: of its day and hour.
        to: the Markdown file; in the folder, by day and code, if None.

    Returns:
        The files, the Markdown first.

    Raises:
        TutorError: a file cannot be written; where it is not that of the folder, that one is.
    """
    began = report.began.astimezone(tz)
    code = report.code if _CODE.fullmatch(report.code) else "room"  # a server may say anything
    kept = folder / f"{began:%Y-%m-%d}-{code}.json"
    markdown = kept.with_suffix(".md") if to is None else to
    if markdown.suffix == ".json":
        markdown = markdown.with_suffix(".md")
    text = report.model_dump_json(indent=2) + "\n"
    files = {markdown: to_markdown(report, speaker, tz), markdown.with_suffix(".json"): text}
    write_file(kept, text)  # before anything that may fail: `tutor report` finds it
    for path, content in files.items():
        try:
            write_file(path, content)
        except TutorError as error:
            again = msg("The notes are kept: `tutor report --to FILE` writes them.")
            raise TutorError(error.message, again) from error
    return tuple(files)


def write_file(path: Path, text: str) -> None:
    """Write a file as a whole: what was in it stays if there is no room for the new text.

    Raises:
        TutorError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # such as /dev/stdout; a folder is refused
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        place = path.resolve()  # a link stays one
        part = place.with_name(f"{place.name}.part")
        try:
            part.write_text(text, encoding="utf-8", newline="\n")
            part.replace(place)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise not_writable(path, error.strerror or "") from error


def not_writable(path: Path, reason: str) -> TutorError:
    """Return that a file cannot be written."""
    return TutorError(
        msg("{path} cannot be written: {reason}", path=str(path), reason=reason),
        msg("Name another file with `--to`."),
    )


def session_of(journal: Path, say: Say) -> SessionReport:
    """Return the notes of a room from the file of its events.

    Args:
        journal: the file; the room may still be open.
        say: gives words in both languages.

    Raises:
        TutorError: it cannot be read, or is no such file.
    """
    try:
        lines = journal.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise TutorError(
            msg("{path} cannot be read: {reason}", path=str(journal), reason=reason),
            exit_code=ExitCode.DATA,
        ) from error
    room = read(lines)
    return make_report(room, _last_instant(lines) or room.created, say)


def _last_instant(lines: list[str]) -> datetime | None:
    """Return when the last event was that was written down whole."""
    for line in reversed(lines[1:]):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            return datetime.fromisoformat(json.loads(line)["at"])
    return None


def kept_sessions(folder: Path) -> Iterator[SessionReport]:
    """Give the sessions whose notes are in a folder; what is no such file is passed over."""
    try:
        paths = sorted(folder.glob("*.json"))
    except OSError:
        return
    for path in paths:
        with suppress(OSError, ValidationError):
            if path.stat().st_size <= MOST_BYTES:
                yield SessionReport.model_validate_json(path.read_bytes())
