"""From folders of question files to the bank."""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISDIR

from tutor.bank.bank import Bank, Place, Topic
from tutor.bank.cache import Cache, Stamp
from tutor.bank.changes import question_files
from tutor.bank.entry import Entry, Shelf
from tutor.bank.findings import Finding, problem_in
from tutor.bank.lab_links import OpenLab
from tutor.bank.manifest import MANIFEST, Manifest
from tutor.bank.problems import Problem, in_order
from tutor.bank.reader import TopicContent, read_manifest, read_topic
from tutor.bank.references import reference_problems
from tutor.bank.source import Unreadable, read_source
from tutor.bank.statics import written_findings
from tutor.bank.topic import Header
from tutor.text.message import msg


def load(
    roots: Sequence[Path], open_lab: OpenLab | None = None, cache: Cache | None = None
) -> Bank:
    """Load question files.

    Args:
        roots: folders or files. A folder with a manifest is content to be taught; every other
            one is the learner's own, and needs none. In a folder, names that begin with a dot are
            passed over. A file that is in several of them is read once, as part of the first.
        open_lab: sets the controls of a lab, for links to be checked; None leaves them unchecked.
        cache: gives what reading gave before, and keeps what it gives now; None for neither.

    Returns:
        What could be read, with the problems of what could not.
    """
    with _without_collector():
        loading = _Loading(cache, labs=open_lab is not None)
        for root in roots:
            loading.add_root(root)
        bank = loading.bank()
        found = reference_problems(bank, open_lab, loading.remembered)
        problems = in_order((*loading.problems, *found))
        loading.keep({problem.file for problem in problems})
        return replace(bank, problems=problems)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the garbage collector: it would walk the growing bank again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@dataclass
class _OpenTopic:
    """A topic to which files still add."""

    header: Header
    own: bool
    files: list[Path] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def closed(self) -> Topic:
        return Topic(
            id=self.header.topic,
            title=self.header.title,
            requires=self.header.requires,
            pages=tuple(self.pages),
            questions=tuple(self.questions),
            files=tuple(self.files),
            own=self.own,
        )


@dataclass
class _Loading:
    """The bank as it grows."""

    cache: Cache | None
    labs: bool
    manifests: dict[Path, Manifest] = field(default_factory=dict)
    topics: dict[str, _OpenTopic] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    written: dict[str, Place] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read: set[Path] = field(default_factory=set)
    remembered: set[Path] = field(default_factory=set)
    to_keep: dict[Path, tuple[Stamp, TopicContent]] = field(default_factory=dict)

    def add_root(self, root: Path) -> None:
        try:
            is_folder = S_ISDIR(root.stat().st_mode)
        except OSError as error:
            self.problems.append(_unreadable(root, error))
            return
        if not is_folder and root.name != MANIFEST:
            self._add_file(root, own=True)
            return
        folder = root if is_folder else root.parent
        manifest = folder / MANIFEST
        try:
            taught = not S_ISDIR(manifest.stat().st_mode)
        except FileNotFoundError:
            taught = False
        except OSError as error:
            self.problems.append(_unreadable(folder, error))
            return
        if taught:
            self._add_manifest(manifest)
        closed: list[OSError] = []
        files = question_files(folder, closed.append)
        self.problems += [_unreadable(Path(error.filename), error) for error in closed]
        for path in files:
            if path != manifest:
                self._add_file(path, own=not taught)

    def _is_new(self, path: Path) -> bool:
        """Return whether a file has not been read yet; from now on it has."""
        count = len(self.read)
        self.read.add(Path(os.path.realpath(path)))  # unlike `resolve`, it bears links in a loop
        return len(self.read) > count

    def _add_manifest(self, path: Path) -> None:
        if not self._is_new(path):
            return
        try:
            source = read_source(path)
        except Unreadable as error:
            self.problems.append(error.problem)
            return
        manifest = read_manifest(source)
        self.problems += source.problems
        if manifest is not None:
            self.manifests[path] = manifest

    def _add_file(self, path: Path, *, own: bool) -> None:
        if not self._is_new(path):
            return
        content = self._content(path, own=own)
        if content is None or content.header is None:
            return
        topic = self._topic(content.header, path, own=own)
        for entry in content.entries:
            self._add_entry(topic, entry, path, own=own)

    def _content(self, path: Path, *, own: bool) -> TopicContent | None:
        """Read a file, or remember what reading it gave; None if it cannot be read."""
        stamp = Stamp.take(path, own=own, labs=self.labs) if self.cache is not None else None
        if self.cache is not None and stamp is not None:
            remembered = self.cache.find(stamp)
            if remembered is not None:
                self.remembered.add(path)
                return remembered
        try:
            source = read_source(path)
        except Unreadable as error:
            self.problems.append(error.problem)
            return None
        content = read_topic(source)
        self.problems += source.problems
        if stamp is not None and stamp == Stamp.take(path, own=own, labs=self.labs):
            self.to_keep[path] = (stamp, content)
        return content

    def keep(self, wrong: Collection[Path]) -> None:
        """Keep in the cache what was read, but for files with problems."""
        if self.cache is not None and self.to_keep:
            for path, (stamp, content) in self.to_keep.items():
                if path not in wrong:
                    self.cache.keep(stamp, content)
            self.cache.tidy()
        for entry in self.entries.values():
            entry.let_go()

    def _topic(self, header: Header, path: Path, *, own: bool) -> _OpenTopic:
        """Return the file's topic; the learner's own files may add to any topic."""
        topic = self.topics.setdefault(header.topic, _OpenTopic(header, own))
        if topic.files and not own:
            self._report(
                path,
                Finding(
                    ("topic",),
                    msg(
                        "the topic `{topic}` is in {file} already",
                        topic=header.topic,
                        file=str(topic.files[0]),
                    ),
                    msg("keep a topic in one file"),
                ),
            )
        topic.files.append(path)
        return topic

    def _add_entry(self, topic: _OpenTopic, entry: Entry, path: Path, *, own: bool) -> None:
        place = Place(path, entry.line, entry.section, entry.index, own)
        if (first := self.written.get(entry.id)) is not None:
            self._report(
                path,
                Finding(
                    (*place.where, "id"),
                    msg(
                        "the id `{id}` is taken, in {file}:{line}",
                        id=entry.id,
                        file=str(first.file),
                        line=first.line,
                    ),
                    msg("give each page and question an id of its own"),
                ),
            )
            return
        if own and not isinstance(entry.written, bytes):  # what the cache remembers was sound
            findings = written_findings(entry.item, entry.written)
            # what only computing shows, `tutor check` says; such a question is passed over
            for finding in findings:
                self._report(path, finding.under(*place.where))
            if findings:
                return
        self.written[entry.id] = place
        cards = entry.cards
        for card in cards:
            self.places[card] = place
            self.entries[card] = entry
        (topic.pages if entry.section == "pages" else topic.questions).extend(cards)

    def _report(self, path: Path, finding: Finding) -> None:
        self.problems.append(problem_in(path, finding))

    def bank(self) -> Bank:
        manifests = tuple(self.manifests.values())
        units = tuple(unit for manifest in manifests for unit in manifest.units)
        rank = {topic: at for at, topic in enumerate(t for unit in units for t in unit.topics)}
        topics = sorted(
            (topic.closed() for topic in self.topics.values()),
            key=lambda topic: (rank.get(topic.id, len(rank)), topic.own, topic.id),
        )
        entries = self.entries
        pages = {page: entries[page] for topic in topics for page in topic.pages}
        questions = {name: entries[name] for topic in topics for name in topic.questions}
        return Bank(
            manifest=next(iter(self.manifests), None),
            name=manifests[0].name if manifests else None,
            units=units,
            topics=tuple(topics),
            objectives={goal.id: goal for manifest in manifests for goal in manifest.objectives},
            pages=Shelf(pages),
            questions=Shelf(questions),
            references={name: entry.refers for name, entry in questions.items()},
            places=self.places,
        )


def _unreadable(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        message, hint = msg("there is no such file or folder"), msg("check the spelling")
    else:
        reason = error.strerror or type(error).__name__
        message = msg("cannot be read: {reason}", reason=reason)
        hint = msg("check that you may read it")
    return Problem(path, 1, 1, message, hint)
