"""Operations of a self-attention layer."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import as_macs, batch_forgotten, one_layer
from tutor.engine.cost.part import CostSolution, Factor, Part, cost_worked, repeated
from tutor.engine.registry import register
from tutor.engine.scalars import head_dim
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg


class AttentionFlops(Arguments):
    """Arguments of `attention_flops`.

    `causal` counts allowed pairs only, N(N + 1)/2 of N²; without it all are, masked or not, as
    a plain matrix product computes them. `num_heads` changes nothing; mistakes need it.
    """

    seq_len: Size
    embed_dim: Size
    num_heads: Size = 1
    num_layers: Size = 1
    batch_size: Size = 1
    causal: bool = False


@register("attention_flops", AttentionFlops)
def attention_flops(args: AttentionFlops) -> Worked:
    """Count 8Nd² + 2N²d + 2N²d: four projections, the scores, the weighted sum.

    A multiply-add is 2 FLOPs; softmax, scaling and biases are left out. N tokens of size d.

    Raises:
        EngineError: heads that do not divide the width.

    Source: Vaswani et al. 2017, Table 1; `torch.utils.flop_counter` counts the same.
    """
    head_dim(args.num_heads, args.embed_dim)
    return cost_worked("attention_flops", CostSolution(args, _parts(args), None, _intro, _mistakes))


def _parts(args: AttentionFlops) -> tuple[Part, ...]:
    N, d = args.seq_len, args.embed_dim
    symbols, counts = repeated(("L", args.num_layers), ("B", args.batch_size))
    if args.causal:
        pairs = f"{symbols}N (N + 1) d"
        factors: tuple[Factor, ...] = (*counts, N, N + 1, d)
    else:
        pairs, factors = f"2 {symbols}N^2 d", (2, *counts, (N, 2), d)
    return (
        Part(
            "projections",
            msg("Q, K, V and output projections"),
            f"8 {symbols}N d^2",
            (8, *counts, N, (d, 2)),
        ),
        Part("scores", msg("Scores, each query with each key"), pairs, factors),
        Part("weighted_sum", msg("Weighted sums of the values"), pairs, factors),
    )


def _intro(args: AttentionFlops) -> Iterator[Message]:
    yield msg(
        r"A product of an $a \times b$ and a $b \times c$ matrix has $a b c$ multiply-adds, counted"
        r" as $2 a b c$ FLOPs."
    )
    if args.num_heads > 1:
        yield msg(
            "The {heads:,} heads share the {d:,} columns, so their number does not change the"
            " count.",
            heads=args.num_heads,
            d=args.embed_dim,
        )
    if args.causal:
        yield msg(
            r"With a causal mask $\frac{N (N + 1)}{2}$ pairs are allowed, and only they are"
            " counted."
        )


def _mistakes(args: AttentionFlops, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    N, d = args.seq_len, args.embed_dim
    projections, scores, summed = (part.value for part in parts)
    total = projections + scores + summed
    yield as_macs(total)
    if args.num_heads > 1:
        value = projections + args.num_heads * (scores + summed)
        yield Mistake(
            "times-heads",
            msg(
                "{value:,} counts the scores and sums at full width for each of {heads:,} heads."
                " A head has a share of the columns only.",
                value=value,
                heads=args.num_heads,
            ),
            value,
        )
    if args.causal:
        value = projections + args.num_layers * args.batch_size * 4 * N * N * d
        yield Mistake(
            "causal-not-halved",
            msg(
                "{value:,} counts masked pairs too. Only pairs with the key at or before the query"
                " are counted here.",
                value=value,
            ),
            value,
        )
    value = projections * 3 // 4 + scores + summed
    yield Mistake(
        "no-output-projection",
        msg(
            "{value:,} leaves the output projection out. It is a fourth product of the size of"
            " Q, K and V.",
            value=value,
        ),
        value,
    )
    value = scores + summed
    yield Mistake(
        "projections-forgotten",
        msg(
            "{value:,} leaves the projections out. Making Q, K, V and the output takes work too.",
            value=value,
        ),
        value,
    )
    value = projections
    yield Mistake(
        "scores-forgotten",
        msg(
            "{value:,} counts the projections only. Each query also meets each key, and weighs"
            " each value.",
            value=value,
        ),
        value,
    )
    value = projections + scores
    yield Mistake(
        "weighted-sum-forgotten",
        msg(
            "{value:,} stops at the scores. The weighted sum of the values is another product of"
            " that size.",
            value=value,
        ),
        value,
    )
    yield from one_layer(total, args.num_layers)
    yield from batch_forgotten(total, args.batch_size)
