"""How many layer applications a signal passes between the two ends of a sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from tutor.engine.arguments import LARGEST_SIZE, Arguments
from tutor.engine.cost.whole import WholeSolution
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg, msgs

Positions = Annotated[int, Field(ge=2, le=LARGEST_SIZE, strict=True)]  # two, to have a path


class PathLength(Arguments):
    """Arguments of `path_length`; `dilated` is a convolution whose dilation grows as k^layer."""

    layer: Literal["recurrent", "convolution", "dilated", "attention"]
    seq_len: Positions
    kernel_size: Annotated[int, Field(ge=2, le=LARGEST_SIZE, strict=True)] = 3


@register("path_length", PathLength)
def path_length(args: PathLength) -> Worked:
    """Compute the longest path between two positions: N, ⌈N / k⌉, ⌈log_k N⌉ or 1.

    A stack of causal convolutions joins the two ends from ⌈(N − 1) / (k − 1)⌉ layers on, a
    dilated one from ⌈log_k N⌉.

    Source: Vaswani et al. 2017, Table 1, which gives orders of growth: O(n), O(n / k),
    O(log_k n), O(1). They are taken literally here, and rounded up.
    """
    total = _length(args.layer, args.seq_len, args.kernel_size)
    N, k = f"{args.seq_len:,}", f"{args.kernel_size:,}"
    match args.layer:
        case "recurrent":
            symbol, numbers = "N", N
        case "convolution":
            symbol, numbers = r"\lceil N / k \rceil", rf"\lceil {N} / {k} \rceil"
        case "dilated":
            symbol, numbers = r"\lceil \log_k N \rceil", rf"\lceil \log_{{{k}}} {N} \rceil"
        case "attention":
            symbol, numbers = "O(1)", "1"
    return Worked(
        name="path_length",
        total=total,
        unit=msgs("step", "steps", total),
        solution=WholeSolution(
            args, symbol, numbers, total, msg("Longest path"), _intro, _mistakes
        ),
    )


def _length(layer: str, n: int, k: int) -> int:
    match layer:
        case "recurrent":
            return n
        case "convolution":
            return -(-n // k)
        case "dilated":
            layers, reach = 0, 1
            while reach < n:
                layers, reach = layers + 1, reach * k
            return layers
        case _:
            return 1


def _causal_layers(n: int, k: int) -> int:
    """Return how many causal layers join the ends: the least L with 1 + L(k − 1) ≥ N."""
    return -(-(n - 1) // (k - 1))


def _intro(args: PathLength) -> Iterator[Message]:
    n, k = args.seq_len, args.kernel_size
    match args.layer:
        case "recurrent":
            yield msg("What the first position says reaches the last through every state between.")
        case "convolution":
            yield msg(
                "A layer sees {k:,} positions side by side, so the path grows as $N / k$. To be"
                r" exact, $L$ causal layers see $1 + L \cdot (k - 1)$ positions:"
                r" $1 + \val{layers:,} \cdot (\val{k:,} - 1) = \val{field:,}$. With centred"
                " kernels it takes about twice the layers to join the two ends.",
                k=k,
                layers=_causal_layers(n, k),
                field=1 + _causal_layers(n, k) * (k - 1),
            )
        case "dilated":
            yield msg(
                "The dilation grows by the factor {k:,} from layer to layer, and so does the"
                " field.",
                k=k,
            )
        case "attention":
            yield msg("Every position reads every other in one layer, however far away.")


def _mistakes(args: PathLength) -> Iterator[Mistake]:
    n, k = args.seq_len, args.kernel_size
    if args.layer == "convolution":
        value = _causal_layers(n, k)
        yield Mistake(
            "exact-layers",
            msg(
                r"{value:,} is how many causal layers join the two ends, from $1 + L \cdot (k - 1)"
                r" \ge N$. That is exact; this path is counted as in the table of orders of growth,"
                r" $N / k$.",
                value=value,
            ),
            value,
        )
    if args.layer != "recurrent":
        yield Mistake(
            "as-recurrent",
            msg(
                "{value:,} is the path in a recurrent layer, through every position between.",
                value=n,
            ),
            n,
        )
    if args.layer != "attention":
        yield Mistake(
            "as-attention",
            msg("1 is the path in attention, where all positions meet in one layer."),
            1,
        )
    if args.layer != "convolution":
        value = _length("convolution", n, k)
        yield Mistake(
            "as-convolution",
            msg(
                "{value:,} is the path through convolutions with a kernel of {k:,}.",
                value=value,
                k=k,
            ),
            value,
        )
    else:
        value = _length("dilated", n, k)
        yield Mistake(
            "as-dilated",
            msg(
                "{value:,} is the path through dilated convolutions, whose field grows"
                " exponentially.",
                value=value,
            ),
            value,
        )
    squared = n * n
    yield Mistake(
        "operations-as-path",
        msg(
            "{value:,} is the number of pairs: work, not the length of a path.",
            value=squared,
        ),
        squared,
    )
