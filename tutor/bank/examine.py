"""The examination of some question files, among all that they may refer to."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.bank.bank import Bank
from tutor.bank.check import DEFAULT_SEEDS, check
from tutor.bank.lab_links import OpenLab
from tutor.bank.load import load
from tutor.bank.manifest import MANIFEST
from tutor.bank.problems import Problem, in_order


@dataclass(frozen=True, slots=True)
class Report:
    """What an examination found.

    Attributes:
        problems: in order.
        questions: how many were examined.
        pages: how many were examined.
        bank: all that they were judged among.
        names: the questions that were examined, by id.
    """

    problems: tuple[Problem, ...]
    questions: int
    pages: int
    bank: Bank
    names: tuple[str, ...]


def examine(
    paths: Sequence[Path],
    around: Sequence[Path],
    seeds: Iterable[int] = DEFAULT_SEEDS,
    open_lab: OpenLab | None = None,
    jobs: int = 1,
) -> Report:
    """Load and prove question files, and report what is wrong in them alone.

    Files are judged among what they may refer to: a file of a content folder by that content,
    any other by all that is around it.

    Args:
        paths: files or folders; everything around, if empty.
        around: the folder that is taught, then the learner's own folders.
        seeds: the seeds to pose each question with.
        open_lab: sets the controls of a lab; None leaves links to labs unchecked.
        jobs: how many processes to use where there is much to do.
    """
    taught, own = around[:1], around[1:]
    contents = [_content_of(path) for path in paths]
    found = tuple(dict.fromkeys(folder for folder in contents if folder is not None))
    alone = bool(paths) and None not in contents
    bank = load([*(found or taught), *(() if alone else own), *paths], open_lab)
    asked = _Asked(paths or around)
    proved = check(bank, seeds, open_lab, within=asked.holds, jobs=jobs)
    problems = (asked.named(p) for p in (*bank.problems, *proved) if asked.holds(p.file))
    names = tuple(name for name in bank.questions if asked.holds(bank.places[name].file))
    return Report(
        in_order(problems),
        sum(asked.holds(bank.places[cards[0]].file) for cards in bank.written.values()),
        sum(asked.holds(bank.places[name].file) for name in bank.pages),
        bank,
        names,
    )


def _content_of(path: Path) -> Path | None:
    """Return the content folder that a path is, or whose unit or topic file it is."""
    path = _real(path)
    near = (path, *path.parents[:2])
    return next((p for p in near if os.path.isfile(p / MANIFEST)), None)  # noqa: PTH113 - a closed folder is no error


def _real(path: Path) -> Path:
    """Resolve a path as `Path.resolve` does, but bear links in a loop."""
    return Path(os.path.realpath(path))


class _Asked:
    """The files that were asked about."""

    def __init__(self, paths: Collection[Path]) -> None:
        # a manifest stands for its folder, as when it is loaded
        folders = [path.parent if path.name == MANIFEST else path for path in paths]
        self._roots = [(folder, _real(folder)) for folder in folders]
        self._names: dict[Path, Path | None] = {}

    def holds(self, file: Path) -> bool:
        """Return whether a file was asked about."""
        return self._named(file) is not None

    def named(self, problem: Problem) -> Problem:
        """Return a problem with its file called as it was asked for."""
        return replace(problem, file=self._named(problem.file) or problem.file)

    def _named(self, file: Path) -> Path | None:
        if file not in self._names:
            # where it lies, though it may be a link out of there; else what it is a link to
            full = (_real(file.parent) / file.name, _real(file))
            self._names[file] = next(
                (
                    root / place.relative_to(at)
                    for place in full
                    for root, at in self._roots
                    if place.is_relative_to(at)
                ),
                None,
            )
        return self._names[file]
