"""One file, read part by part: what is sound is kept, the rest is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from tutor.bank.entry import Entry, Section, adapter
from tutor.bank.explain import explain
from tutor.bank.findings import Finding, Where, deepest, place_of
from tutor.bank.manifest import Manifest
from tutor.bank.nodes import Mapping, Scalar, Sequence
from tutor.bank.source import Source, TooManyProblems
from tutor.bank.topic import SLUG, Header, TopicFile
from tutor.bank.tree import parse_tree
from tutor.text.localized import Localized
from tutor.text.message import msg

T = TypeVar("T")
_ID = re.compile(rf"{SLUG}(\.{SLUG})+")
_SLUG = re.compile(SLUG)


@dataclass
class TopicContent:
    """What could be read of a topic file; the rest is among the source's problems.

    Attributes:
        header: None if the file does not say which topic it is on.
        entries: its sound pages and questions, in order.
    """

    header: Header | None = None
    entries: list[Entry] = field(default_factory=list)


def read_manifest(source: Source) -> Manifest | None:
    """Read a manifest; None if anything in it is wrong."""
    root = _root(source)
    if root is None:
        return None
    with suppress(TooManyProblems):
        return _Reader(source, root, Manifest).validated(TypeAdapter(Manifest), (), root.values)
    return None


def read_topic(source: Source) -> TopicContent:
    """Read a topic file; one bad entry does not lose the others."""
    content = TopicContent()
    root = _root(source)
    if root is None:
        return content
    reader = _Reader(source, root, TopicFile)
    with suppress(TooManyProblems):
        content.header = reader.header()
        topic = content.header.topic if content.header else None
        for section in ("pages", "questions"):
            content.entries.extend(reader.entries(section, topic))
    return content


def _root(source: Source) -> Mapping | None:
    """Return the tree of a file that must hold a mapping; report it if it does not."""
    root = parse_tree(source)
    if isinstance(root, Mapping):
        return root
    hint = msg("begin with `format: 1` and `topic: …`")
    if root is not None:
        source.report(root.start, msg("the file is not a mapping of keys to values"), hint)
    elif not source.problems:
        source.report(0, msg("the file is empty"), hint)
    return None


@dataclass
class _Reader:
    source: Source
    root: Mapping
    model: type[BaseModel]

    def report(self, finding: Finding) -> None:
        """Report a finding, unless what it is about has been reported as no YAML for us."""
        place = place_of(self.source, self.root, finding)
        node, _ = deepest(self.root, finding.where)
        if not (isinstance(node, Scalar) and self.source.damaged_in(place, place + 1)):
            self.source.report(place, finding.message, finding.hint)

    def validated(self, adapter: TypeAdapter[T], where: Where, value: Any) -> T | None:
        """Return the model of a value, or report what is wrong with it."""
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            for finding in explain(error, value, self.model, where):
                self.report(finding.under(*where))
            return None

    def header(self) -> Header | None:
        """Return the header; a topic without a good title goes by its slug."""
        values = self.root.values
        own = {key: value for key, value in values.items() if key not in {"pages", "questions"}}
        header = self.validated(TypeAdapter(Header), (), own)
        if header is not None:
            return header
        topic = own.get("topic")
        if own.get("format") != 1 or not (isinstance(topic, str) and _SLUG.fullmatch(topic)):
            return None
        return Header(format=1, topic=topic, title=Localized.same(topic))

    def entries(self, section: Section, topic: str | None) -> Iterator[Entry]:
        """Yield the sound entries of a list; report what is wrong with the others."""
        if section not in self.root.values:
            return
        items = self.root.child(section)
        if not isinstance(items, Sequence):
            self.report(
                Finding(
                    (section,),
                    msg("`{name}` must be a list", name=section),
                    msg("start each entry with `- id: …` in a line of its own"),
                )
            )
            return
        for index, value in enumerate(items.values):
            item = self.validated(adapter(section), (section, index), value)
            node = items.child(index)
            if item is None or not self._id_fits(item.id, topic, (section, index, "id")):
                continue
            if isinstance(node, Mapping) and not self.source.damaged_in(node.start, node.end):
                line, _ = self.source.position(node.start)
                yield Entry.of(item, section, index, line, value)

    def _id_fits(self, name: str, topic: str | None, where: Where) -> bool:
        if not _ID.fullmatch(name):
            self.report(
                Finding(
                    where,
                    msg("`{id}` cannot be an id", id=name),
                    msg(
                        "join parts of lower-case letters, digits and `-` by `.`, "
                        "as in `lstm.gates`"
                    ),
                )
            )
            return False
        if topic is not None and not name.startswith(f"{topic}."):
            self.report(
                Finding(
                    where,
                    msg("`{id}` does not begin with its topic", id=name),
                    msg("begin it with `{topic}.`", topic=topic),
                )
            )
            return False
        return True
