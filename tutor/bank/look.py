"""A look at question files while they are written: what is wrong, and the cards there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.bank.bank import Place
from tutor.bank.card_name import CardName, id_before, parse_card_name
from tutor.bank.examine import Report, examine
from tutor.bank.lab_links import OpenLab
from tutor.bank.problems import Problem
from tutor.bank.source import Unreadable, read_source
from tutor.errors import TutorError
from tutor.kinds import Question


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it could be read last.

    Attributes:
        place: where it stood then.
        current: whether its file still says so; False while it is broken.
    """

    question: Question
    place: Place
    current: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to see.

    Attributes:
        report: what is wrong.
        drafts: the questions by id, in the order of their files.
        subjects: for each problem, the card that shows it, as far as that can be told.
        saved: the question whose text differs from the look before; the first of several.
        changed: the question whose text changed last, None if none has.
    """

    report: Report
    drafts: Mapping[str, Draft]
    subjects: tuple[CardName | None, ...]
    saved: str | None
    changed: str | None

    @property
    def first(self) -> str | None:
        """The question to show where nothing else is chosen: what changed last, or the first."""
        return self.changed or next(iter(self.drafts), None)


def look(
    paths: Sequence[Path],
    around: Sequence[Path],
    seeds: Iterable[int],
    open_lab: OpenLab | None = None,
    before: Look | None = None,
) -> Look:
    """Examine question files, and keep what is broken now as it was before.

    Args:
        paths: the files and folders that are looked at; everything around, if empty.
        around: the folder that is taught, then the learner's own folders.
        seeds: the seeds to prove each question with.
        open_lab: sets the controls of a lab.
        before: the look before this one.
    """
    report = examine(paths, around, seeds, open_lab)
    bank, old = report.bank, before.drafts if before is not None else {}
    drafts = {name: Draft(bank.questions[name], bank.places[name]) for name in report.names}
    broken = {os.path.realpath(problem.file) for problem in report.problems}
    for name, draft in old.items():
        if name not in drafts and os.path.realpath(draft.place.file) in broken:
            drafts[name] = Draft(draft.question, draft.place, current=False)
    drafts = dict(sorted(drafts.items(), key=lambda item: (item[1].place.file, item[1].place.line)))
    saved = _saved(drafts, before)
    kept = before.changed if before is not None and before.changed in drafts else None
    texts = {file: _text(file) for file in {problem.file for problem in report.problems}}
    return Look(
        report,
        drafts,
        tuple(_subject(problem, texts[problem.file], drafts) for problem in report.problems),
        saved,
        saved or kept,
    )


def _saved(drafts: Mapping[str, Draft], before: Look | None) -> str | None:
    if before is None:
        return None
    for name, draft in drafts.items():
        known = before.drafts.get(name)
        if draft.current and (known is None or known.question != draft.question):
            return name
    return None


def _subject(problem: Problem, text: str, drafts: Mapping[str, Draft]) -> CardName | None:
    if problem.subject is not None:
        try:
            return parse_card_name(problem.subject).known_in(drafts)
        except TutorError:
            return None
    written = id_before(text, problem.line)
    return None if written is None else CardName(written).known_in(drafts)


def _text(file: Path) -> str:
    try:
        return read_source(file).text
    except (OSError, Unreadable):
        return ""
