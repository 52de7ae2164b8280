"""A YAML document as a tree that knows where each of its nodes stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from yaml import CSafeLoader
from yaml._yaml import Mark as CMark
from yaml.error import Mark, MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from tutor.bank.nodes import Mapping, Node, Scalar, Sequence, Value, plain
from tutor.bank.offsets import Written, solid_offset
from tutor.bank.scalars import NUMBER_STARTS, WORDS, Plain, ScalarError, resolve
from tutor.bank.source import Source, TooManyProblems, unsafe_message
from tutor.bank.yaml_errors import MAX_DEPTH, TOO_DEEP, explain_yaml_error
from tutor.text.message import msg
from tutor.text.safe import UnsafeText, clean, scrub

MAX_TEXT = 20_000  # characters of one text
_ENDS = frozenset({MappingEndEvent, SequenceEndEvent})
_REFUSED = "<<"  # stands for a key that was refused; merge keys are refused themselves
# TeX commands of which YAML eats the backslash and the first letter in double quotes
_EATEN_NEWLINE = re.compile(r"(?<!\\)(?:\\\\)*\\n(?:abla|u|e|eq|eg|ot|otin)(?![A-Za-z])")


def parse_tree(source: Source) -> Node | None:
    """Return the tree of a source's one document.

    What is refused (duplicate keys, anchors, aliases, tags, ambiguous numbers, keys that are
    no text, unsafe escapes) is reported to the source; the tree goes on around it. None if
    there is no document, or if the text is not YAML.
    """
    return _Builder(source).build()


class _Stop(Exception):
    """The rest of the file cannot be read; the reason has been reported."""


class _Builder:
    """Turns parser events into nodes, one by one, without recursion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.outer: list[tuple[Sequence | Mapping | None, str | None]] = []

    def build(self) -> Node | None:
        loader = CSafeLoader(self.source.text)
        try:
            self._take_all(loader.get_event)
        except (_Stop, TooManyProblems):
            return None
        except MarkedYAMLError as error:
            self.source.report(*explain_yaml_error(error, self.source))
            return None
        except ReaderError as error:
            before = self.source.text.encode()[: error.position]
            at = len(before.decode(errors="ignore"))
            self.source.report(at, unsafe_message(ord(self.source.text[at])), msg("delete it"))
            return None
        finally:
            loader.dispose()
        return self.root

    def _take_all(  # noqa: C901, PLR0912, PLR0915 - a call costs more than a branch, a million times
        self, next_event: Callable[[], Event | None]
    ) -> None:
        """Take events until there are no more; what is usual is put in its place right here."""
        parent: Sequence | Mapping | None = None
        key: str | None = None  # of the value that comes next; None where a key comes next
        names: dict[str, str] = {}  # each key that stood plain, once: a bank has few different ones
        outer = self.outer
        while (event := next_event()) is not None:
            if type(event) is ScalarEvent:
                text, style = event.value, event.style
                value: Plain = text
                start: int = event.start_mark.index  # type: ignore[union-attr]  # the parser marks all
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                elif key is None and not style and type(parent) is Mapping:
                    name = names.get(text)
                    if name is not None and name not in parent.values:
                        key = name
                        continue
                if len(text) > MAX_TEXT:
                    self._refuse_length(event)
                if not style:
                    if text[:1] in NUMBER_STARTS:
                        value = self._number(event)
                    elif text in WORDS:
                        value = WORDS[text]
                elif style == '"' and len(text) != event.end_mark.index - start - 2:  # type: ignore[union-attr]  # as above
                    value = self._unescaped(event)
                if type(parent) is Mapping:
                    if key is None:
                        if type(value) is str and value not in parent.values and value != _REFUSED:
                            key = value if style else names.setdefault(value, value)
                        else:
                            key = self._refuse_key(parent, value, start)
                        continue
                    if key is not _REFUSED:
                        parent.values[key] = value
                        parent.children.append(start)
                    key = None
                elif type(parent) is Sequence:
                    parent.values.append(value)
                    parent.children.append(start)
                else:
                    self.root = Scalar(value, start)
            elif type(event) is MappingStartEvent or type(event) is SequenceStartEvent:
                start = event.start_mark.index  # type: ignore[union-attr]  # as above
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                if len(outer) == MAX_DEPTH:
                    self._refuse_depth(start)
                outer.append((parent, key))
                parent = Mapping(start) if type(event) is MappingStartEvent else Sequence(start)
                key = None
            elif parent is not None and type(event) in _ENDS:
                node = parent
                node.end = event.end_mark.index  # type: ignore[union-attr]  # as above
                parent, key = outer.pop()
                if type(parent) is Mapping and key is not None and key is not _REFUSED:
                    parent.values[key] = node.values
                    parent.children.append(node)
                    key = None
                else:
                    key = self._place(parent, key, node)
            else:
                key = self._unusual(event, parent, key)

    def _unusual(
        self, event: Event, parent: Sequence | Mapping | None, key: str | None
    ) -> str | None:
        """Refuse an alias and a second document; return the key of the value that comes next."""
        start = _index(event.start_mark)
        if isinstance(event, AliasEvent):
            self._refuse_extras(event)
            return self._place(parent, key, Scalar(None, start))
        if isinstance(event, DocumentStartEvent) and self.root is not None:
            self.source.report(
                start,
                msg("a second document in one file"),
                msg("delete the line `---`, or make two files"),
            )
            raise _Stop
        return key

    def _place(self, parent: Sequence | Mapping | None, key: str | None, node: Node) -> str | None:
        """Put a node in its place; return the key of the value that comes next."""
        child = node.start if isinstance(node, Scalar) else node
        if parent is None:
            self.root = node
        elif isinstance(parent, Sequence):
            parent.values.append(plain(node))
            parent.children.append(child)
        elif key is None:
            return self._refuse_key(parent, None, node.start)
        elif key is not _REFUSED:
            parent.values[key] = plain(node)
            parent.children.append(child)
        return None

    def _refuse_depth(self, start: int) -> NoReturn:
        self.source.report(start, *TOO_DEEP)
        raise _Stop

    def _refuse_length(self, event: ScalarEvent) -> NoReturn:
        self.source.report(
            _index(event.start_mark),
            msg("a text of more than {limit:,} characters", limit=MAX_TEXT),
            msg("split it, or look for a quote that is not closed"),
        )
        raise _Stop

    def _number(self, event: ScalarEvent) -> Plain:
        try:
            return resolve(event.value)
        except ScalarError as error:
            self.source.report(_index(event.start_mark), error.message, error.hint)
            return None

    def _unescaped(self, event: ScalarEvent) -> str:
        """Return a text in double quotes; check what its escapes have brought into it."""
        text, start, end = event.value, _index(event.start_mark), _index(event.end_mark)
        hint = msg("in double quotes double each backslash of TeX, or use single quotes or `|`")
        if "\t" in text:
            tab = self.source.text.find("\\t", start, end)
            self.source.report(max(tab, start), msg("`\\\\t` is a tab here, not TeX"), hint)
            return text
        if "$" in text and (eaten := _EATEN_NEWLINE.search(self.source.text, start, end)):
            at = eaten.end() - len(eaten.group().lstrip("\\")) - 1
            self.source.report(at, msg("`\\\\n` is a new line here, not TeX"), hint)
            return text
        try:
            return clean(text)
        except UnsafeText as unsafe:
            at = solid_offset(self.source.text, Written(start, end, '"'), text, unsafe.offset)
            self.source.report(at, unsafe_message(unsafe.codepoint), hint)
            return scrub(text)

    def _refuse_key(self, parent: Mapping, key: Value, start: int) -> str:
        """Report a key that is no text, a merge, or there already."""
        if not isinstance(key, str):
            if not self.source.damaged_in(start, start + 1):
                self.source.report(
                    start, msg("a key that is not text"), msg("put the key in quotes")
                )
        elif key in parent.values:
            line, _ = self.source.position(parent.child(key).start)
            self.source.report(
                start,
                msg("the key `{key}` is there already, in line {line}", key=key, line=line),
                msg("delete one of the two"),
            )
        else:
            self.source.report(
                start, msg("merge keys are not used here"), msg("write the entries out")
            )
        return _REFUSED

    def _refuse_extras(self, event: NodeEvent) -> None:
        start = _index(event.start_mark)
        if event.anchor is not None:
            self.source.report(
                start,
                msg("anchors (`&`) and aliases (`*`) are not used here"),
                msg("write the value out, or put a text that starts with `&` or `*` in quotes"),
            )
        if getattr(event, "tag", None) is not None:
            self.source.report(
                start, msg("tags such as `!name` are not used here"), msg("delete the tag")
            )


def _index(mark: Mark | CMark | None) -> int:
    assert mark is not None  # noqa: S101 - the parser marks every event
    return mark.index
