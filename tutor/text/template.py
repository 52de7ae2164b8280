"""Templates: text with values in it, the same grammar for content and for messages."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from tutor.text.message import Message, msg
from tutor.text.words import Words

_SPEC = re.compile(r"[+]?(,)?(\.\d{1,2})?([defg%])?", re.ASCII)
_MARKUP = re.compile(r"([\\$*`{}\[\]#>|-])")


class TemplateError(Exception):
    """A template that cannot be read.

    Attributes:
        offset: where, in characters from the start of the template.
        message: what is wrong.
        hint: what to write instead.
    """

    def __init__(self, offset: int, message: Message, hint: Message) -> None:
        super().__init__(offset, message)
        self.offset = offset
        self.message = message
        self.hint = hint


class Slot(NamedTuple):
    """A place for a value: an expression and how to write its number."""

    expression: str
    spec: str
    offset: int
    in_maths: bool


def maths_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans (start, end) of maths between `$` or `$$`, delimiters included.

    A dollar after a backslash, or without a partner, is a plain dollar; code spans are not maths.
    """
    return tuple((m.start(), m.end()) for m in _TOKENS.finditer(text) if m.lastgroup == "maths")


_TOKENS = re.compile(
    r"(?P<escape>\\.)"
    r"|(?P<maths>\$\$(?:\\.|[^$\\])+\$\$|\$(?:\\.|[^$\\])+\$)"
    r"|(?P<open>\{\{)|(?P<close>\}\})"
    r"|(?P<slot>\{(?P<expr>[^{}:\n]*)(?::(?P<spec>[^{}\n]*))?\})"
    r"|(?P<stray>[{}])",
    re.DOTALL,
)
_VAL = re.compile(r"\\val\{(?P<expr>[^{}:]*)(?::(?P<spec>[^{}]*))?\}")


@lru_cache(maxsize=4096)
def parse_template(text: str) -> tuple[str | Slot, ...]:
    """Split a template into literal text and slots.

    Raises:
        TemplateError: an unpaired brace, an empty slot, an unknown number format, or `\\val`
            where there is no maths.
    """
    parts: list[str | Slot] = []
    at = 0
    for token in _TOKENS.finditer(text):
        kind = token.lastgroup
        if kind in {"expr", "spec"}:  # named groups inside `slot` close after it
            kind = "slot"
        if kind == "escape":
            continue
        parts.append(text[at : token.start()])
        at = token.end()
        if kind == "maths":
            parts.extend(_maths_parts(token.group(), token.start()))
        elif kind == "open":
            parts.append(r"\{")
        elif kind == "close":
            parts.append(r"\}")
        elif kind == "slot":
            if parts[-1:] and str(parts[-1]).endswith(r"\val"):
                raise TemplateError(
                    token.start() - len(r"\val"),
                    msg("`\\val` outside maths"),
                    msg("write `{{name}}` in words, and `\\val` between dollars"),
                )
            parts.append(_slot(token, token.start(), in_maths=False))
        else:
            raise TemplateError(
                token.start(),
                msg("a brace without its partner"),
                msg("write `{{{{` for a literal brace, or close the value"),
            )
    parts.append(text[at:])
    return tuple(part for part in parts if part != "")


def _maths_parts(maths: str, start: int) -> list[str | Slot]:
    parts: list[str | Slot] = []
    at = 0
    for token in _VAL.finditer(maths):
        parts.append(maths[at : token.start()])
        parts.append(_slot(token, start + token.start(), in_maths=True))
        at = token.end()
    parts.append(maths[at:])
    return parts


def _slot(token: re.Match[str], offset: int, *, in_maths: bool) -> Slot:
    expression = token["expr"].strip()
    spec = token["spec"] or ""
    if not expression:
        raise TemplateError(
            offset,
            msg("an empty value"),
            msg("name a value, or write `{{{{` and `}}}}` for literal braces"),
        )
    if not _SPEC.fullmatch(spec):
        raise TemplateError(
            offset,
            msg("`{spec}` is not a number format", spec=spec),
            msg("use `,` for grouped digits, `.3f`, `.2e` or `.1%`"),
        )
    return Slot(expression, spec, offset, in_maths)


def fill(text: str, lookup: Callable[[str], object]) -> str:
    """Return the template with every slot replaced by its value.

    Args:
        text: the template.
        lookup: gives the value of a slot's expression: a number or a string.

    Returns:
        Markdown-lite; strings are escaped, so that they show literally.

    Raises:
        TemplateError: the template cannot be read.
    """
    if "{" not in text and "}" not in text:
        return text
    return "".join(
        part if isinstance(part, str) else _write(lookup(part.expression), part)
        for part in parse_template(text)
    )


def _write(value: object, slot: Slot) -> str:
    if isinstance(value, Markdown):
        return value
    if isinstance(value, Writing):
        return value.markdown()
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, (int, float, Fraction)):
        text = write_number(value, slot.spec)
        return tex_number(text) if slot.in_maths else text.replace("-", "−")
    raise TypeError(f"a slot takes a number or a string, not {type(value).__name__}")


class Writing(ABC):
    """A value that is written when its sentence is said, such as a long sum."""

    __slots__ = ()

    @abstractmethod
    def markdown(self) -> str:
        """Return it as markdown-lite."""


class Markdown(str):
    """A string that is markdown-lite already and is not escaped again."""

    __slots__ = ()


def escape(text: str) -> str:
    """Return markdown-lite that shows the text literally."""
    return _MARKUP.sub(r"\\\1", text)


def labelled(label: Words) -> Words:
    """Return a term's label as words: a name is shown literally, `$…$` is maths."""
    return escape(label) if isinstance(label, str) and "$" not in label else label


def unescaped(words: Words) -> Words:
    """Return words that a message sets as they are, markdown-lite; it would escape a string."""
    return Markdown(words) if isinstance(words, str) else words


def write_number(value: float | Fraction, spec: str = "") -> str:
    """Write a number in plain ASCII; without a spec, integers in full and floats to 6 digits."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            value = value.numerator
        elif not spec:
            return f"{value.numerator}/{value.denominator}"
        else:
            value = float(value)
    if isinstance(value, float) and not spec:
        return f"{value:.6g}"
    if isinstance(value, float) and spec in {",", "+,", "d"} and value.is_integer():
        value = int(value)
    return format(value, spec)


def tex_number(text: str) -> str:
    """Return a written number as TeX: `1e-05` becomes a power of ten, grouping commas stay."""
    mantissa, e, exponent = text.partition("e")
    if not e:
        return text.replace("%", r"\%")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}"
