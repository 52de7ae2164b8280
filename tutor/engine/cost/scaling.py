"""By what factor a cost grows when the sequence or the model does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from tutor.engine.arguments import Arguments
from tutor.engine.cost.whole import WholeSolution
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg

# the powers of N and of d, with f and the size of a state in a fixed proportion to d
_POWERS = {
    "scores": (2, 1),
    "score_memory": (2, 0),
    "projections": (1, 2),
    "ffn": (1, 2),
    "recurrent": (1, 2),
    "kv_cache": (1, 1),
    "parameters": (0, 2),
}


class Scaling(Arguments):
    """Arguments of `scaling`.

    `quantity` is the FLOPs of scores, projections, feed-forward part or a recurrent layer, the
    memory of scores or of the KV cache, or the weights of a layer; `grows` says what grows.
    """

    quantity: Literal[
        "scores", "score_memory", "projections", "ffn", "recurrent", "kv_cache", "parameters"
    ]
    factor: Annotated[int, Field(ge=2, le=1_000_000, strict=True)] = 2
    grows: Literal["seq_len", "embed_dim"] = "seq_len"


@register("scaling", Scaling)
def scaling(args: Scaling) -> Worked:
    """Compute the factor: a power of how much the length N or the width d grows.

    With N: scores 2, projections, feed-forward part, recurrence and KV cache 1, weights 0.
    With d (f and states in proportion): weights and their products 2, scores and cache 1. The
    number of heads stays, and with it the memory of the scores.
    """
    power = _power(args)
    total = args.factor**power
    return Worked(
        name="scaling",
        total=total,
        solution=WholeSolution(
            args,
            f"a^{power}",
            f"{args.factor:,}^{power}",
            total,
            msg("Factor"),
            _intro,
            _mistakes,
        ),
    )


def _power(args: Scaling) -> int:
    return _POWERS[args.quantity][args.grows == "embed_dim"]


def _intro(args: Scaling) -> Iterator[Message]:
    in_length = args.grows == "seq_len"
    match _power(args):
        case 0 if in_length:
            yield msg("The length does not occur: the same weights serve every position.")
        case 0:
            yield msg("The width does not occur: a score is one number, whatever it is made from.")
        case 1 if in_length:
            yield msg("Each position costs the same: the cost is linear in the length.")
        case 1:
            yield msg("The width occurs once: the cost is linear in it.")
        case _ if in_length:
            yield msg("Every position meets every other: the cost is quadratic in the length.")
        case _:
            yield msg(
                "A weight matrix has the width as rows and as columns: the cost is quadratic in it."
            )


def _mistakes(args: Scaling) -> Iterator[Mistake]:
    linear = msg(
        "{value:,} grows in proportion. Count how often what grows occurs in the cost.",
        value=args.factor,
    )
    square = msg(
        "{value:,} is the square. Only what meets itself, or a square matrix, is quadratic.",
        value=args.factor**2,
    )
    cube = msg(
        "{value:,} is the third power. Only one of length and width grows here.",
        value=args.factor**3,
    )
    for power, name, message in (
        (1, "linear", linear),
        (0, "no-growth", msg("1 is no growth. What grows does occur in this cost.")),
        (2, "quadratic", square),
        (3, "cubic", cube),
    ):  # fmt: skip
        if power != _power(args):
            yield Mistake(name, message, args.factor**power)
