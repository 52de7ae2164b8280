"""The length from which the scores of attention cost more than everything else in a layer."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.whole import WholeSolution
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg


class ScoresCrossover(Arguments):
    """Arguments of `scores_crossover`; without `dim_feedforward` it is 4 times the width."""

    d_model: Size
    dim_feedforward: Size | None = None


@register("scores_crossover", ScoresCrossover)
def scores_crossover(args: ScoresCrossover) -> Worked:
    """Compute N = 2d + f, where 2N²d multiply-adds equal 4Nd² + 2Ndf.

    The left side is scores and weighted sum, the right side projections and feed-forward part.
    For f = 4d it is 6d.
    """
    d, f = args.d_model, _inner(args)
    return Worked(
        name="scores_crossover",
        total=2 * d + f,
        unit=msg("tokens"),
        solution=WholeSolution(
            args,
            "2 d + f",
            rf"2 \cdot {d:,} + {f:,}",
            2 * d + f,
            msg("Crossover"),
            _intro,
            _mistakes,
        ),
    )


def _inner(args: ScoresCrossover) -> int:
    return 4 * args.d_model if args.dim_feedforward is None else args.dim_feedforward


def _intro(args: ScoresCrossover) -> Iterator[Message]:
    yield msg(
        r"Scores and weighted sum take $2 N^2 d$ multiply-adds, the projections $4 N d^2$, the"
        r" feed-forward part $2 N d f$."
    )
    yield msg(r"They are equal where $2 N^2 d = 4 N d^2 + 2 N d f$; divide by $2 N d$.")
    if args.dim_feedforward is None or args.dim_feedforward == 4 * args.d_model:
        yield msg(r"With $f = 4 d$ that is $N = 6 d$.")


def _mistakes(args: ScoresCrossover) -> Iterator[Mistake]:
    d, f = args.d_model, _inner(args)
    total = 2 * d + f
    yield Mistake(
        "width-itself",
        msg(
            "{value:,} compares the length with the width alone. Projections and feed-forward part"
            " are several products of that width.",
            value=d,
        ),
        d,
    )
    yield Mistake(
        "ffn-forgotten",
        msg(
            "{value:,} leaves the feed-forward part out: there the scores overtake the projections"
            " only.",
            value=2 * d,
        ),
        2 * d,
    )
    yield Mistake(
        "projections-forgotten",
        msg(
            "{value:,} leaves the projections out: there the scores overtake the feed-forward part"
            " only.",
            value=f,
        ),
        f,
    )
    yield Mistake(
        "weighted-sum-forgotten",
        msg(
            "{value:,} counts the scores but not the weighted sum, a product of the same size.",
            value=2 * total,
        ),
        2 * total,
    )
    three = f + 3 * d // 2 if d % 2 == 0 else f + 1.5 * d
    yield Mistake(
        "no-output-projection",
        msg(
            "{value:,} counts three projections. The output has one too.",
            value=three,
        ),
        three,
    )
