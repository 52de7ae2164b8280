"""One entry of the sinusoidal positions."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size, SizeOrZero
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_attention.shared import Positive, number_worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown, tex_number, write_number

FORMULA_SINE = r"\sin\left(\frac{pos}{b^{2i/d}}\right)"
FORMULA_COSINE = r"\cos\left(\frac{pos}{b^{2i/d}}\right)"


class PositionalEncodingArguments(Arguments):
    """A position and a column, both counted from 0 as in the paper."""

    position: SizeOrZero
    column: SizeOrZero
    d_model: Size
    base: Positive = 10000.0


@register("positional_encoding", PositionalEncodingArguments)
def positional_encoding(args: PositionalEncodingArguments) -> Worked:
    """Compute one entry: PE(pos, 2i) = sin(pos / base^(2i/d)), PE(pos, 2i + 1) its cosine.

    Raises:
        EngineError: a column past the last.

    Source: Vaswani et al. 2017, 3.5.
    """
    if args.column >= args.d_model:
        raise EngineError(
            msg("`column` is `{column:,}`.", column=args.column),
            msg(
                "With `d_model` = {d:,} the columns are 0 to {last:,}.",
                d=args.d_model,
                last=args.d_model - 1,
            ),
            argument="column",
        )
    pair = args.column - args.column % 2
    angle = _angle(args, pair)
    value = _wave(args.column, angle)
    fraction = rf"\frac{{{args.position:,}}}{{{base_tex(args.base)}^{{{pair:,}/{args.d_model:,}}}}}"
    function = r"\cos" if args.column % 2 else r"\sin"
    answer = Term(
        "value",
        r"$\operatorname{PE}$",
        FORMULA_COSINE if args.column % 2 else FORMULA_SINE,
        rf"{function}\left({fraction}\right)",
        value,
    )

    def terms() -> tuple[Term, ...]:
        return (
            Term("angle", msg("angle in radians"), r"\frac{pos}{b^{2i/d}}", fraction, angle),
            answer,
        )

    return number_worked(
        "positional_encoding",
        args,
        answer,
        terms=terms,
        lines=lambda: _lines(args, pair, angle, value),
        mistakes=lambda: _mistakes(args, pair, angle),
    )


def base_tex(base: float) -> str:
    """Return the base as TeX that can have an exponent."""
    text = tex_number(write_number(base))
    return f"({text})" if "^" in text else text


def _angle(args: PositionalEncodingArguments, exponent: float) -> float:
    return float(args.position / args.base ** (exponent / args.d_model))


def _wave(column: int, angle: float) -> float:
    return math.cos(angle) if column % 2 else math.sin(angle)


def _lines(
    args: PositionalEncodingArguments, pair: int, angle: float, value: float
) -> Iterator[Message]:
    values = {"column": args.column, "pair": pair, "value": value, "angle": angle}
    if args.column % 2:
        yield msg(
            r"Column {column:,} is odd, the second of the pair $2i = \val{pair:,}$ and $2i + 1$: it"
            " holds the cosine.",
            **values,
        )
    else:
        yield msg(
            r"Column {column:,} is even, the first of the pair $2i = \val{pair:,}$ and $2i + 1$: it"
            " holds the sine.",
            **values,
        )
    yield msg(
        r"Both have the angle $\frac{pos}{b^{2i/d}} ="
        r" \frac{\val{position:,}}{\val{base}^{\val{pair:,}"
        r" / \val{d:,}}} = \val{angle:.4g}$ radians.",
        position=args.position,
        base=Markdown(base_tex(args.base)),
        d=args.d_model,
        pair=pair,
        angle=angle,
    )
    if args.column % 2:
        yield msg(r"So the entry is $\cos \val{angle:.4g} = \val{value:.4g}$.", **values)
    else:
        yield msg(r"So the entry is $\sin \val{angle:.4g} = \val{value:.4g}$.", **values)


def _mistakes(args: PositionalEncodingArguments, pair: int, angle: float) -> Iterator[Mistake]:
    value = _wave(args.column + 1, angle)
    yield Mistake(
        "sine-cosine-swapped",
        msg(
            r"$\val{value:.4g}$ swaps sine and cosine. Even columns, counted from 0, hold the"
            " sine.",
            value=value,
        ),
        value,
    )
    value = _wave(args.column, _angle(args, pair / 2))
    yield Mistake(
        "pair-number-in-exponent",
        msg(
            r"$\val{value:.4g}$ has $i / d$ in the exponent, $i$ the number of the pair. It is"
            r" $2i / d$.",
            value=value,
        ),
        value,
    )
    value = _wave(args.column, _angle(args, 2 * args.column))
    yield Mistake(
        "column-doubled",
        msg(
            r"$\val{value:.4g}$ doubles the column number in the exponent. The column of the sine"
            r" is $2i$ already.",
            value=value,
        ),
        value,
    )
    if args.column % 2:
        value = _wave(args.column, _angle(args, args.column))
        yield Mistake(
            "odd-column-in-exponent",
            msg(
                r"$\val{value:.4g}$ has the odd column itself in the exponent. The cosine shares"
                r" the angle of its sine, $2i = \val{pair:,}$.",
                value=value,
                pair=pair,
            ),
            value,
        )
    value = _wave(args.column, float(args.position))
    yield Mistake(
        "frequency-forgotten",
        msg(
            r"$\val{value:.4g}$ takes the position itself as the angle. Only the first pair does;"
            " later ones turn slower.",
            value=value,
        ),
        value,
    )
    value = _wave(args.column, angle + 1 / args.base ** (pair / args.d_model))
    yield Mistake(
        "position-from-one",
        msg(
            r"$\val{value:.4g}$ counts positions from 1. The first one is 0, so its row is"
            r" $(0, 1, 0, 1, \dots)$.",
            value=value,
        ),
        value,
    )
    yield Mistake(
        "angle-instead",
        msg(
            r"$\val{value:.4g}$ is the angle. The entry is its sine in even columns, its cosine in"
            " odd ones.",
            value=angle,
        ),
        angle,
    )
