"""Memory of the activations that a backward pass needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tutor.engine.arguments import Arguments, Size
from tutor.engine.cost.mistakes import batch_forgotten, of_bytes, one_layer
from tutor.engine.cost.part import CostSolution, Factor, Part, cost_worked, repeated
from tutor.engine.cost.unit import BYTES, ByteUnit, Dtype, in_unit
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.scalars import head_dim
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg

KEPT_PER_STEP = {"rnn": 1, "gru": 5, "lstm": 6}


class ActivationMemory(Arguments):
    """Arguments of `activation_memory`.

    `hidden_size` is the size of the outputs: h of a recurrent layer, the output channels of a
    convolution, the width d of attention. `num_heads` and `dim_feedforward` belong to attention
    alone; without `dim_feedforward` the layer has no feed-forward part.
    """

    layer: Literal["rnn", "gru", "lstm", "convolution", "attention"]
    seq_len: Size
    hidden_size: Size
    num_heads: Size = 1
    dim_feedforward: Size | None = None
    num_layers: Size = 1
    batch_size: Size = 1
    dtype: Dtype = "float32"
    unit: ByteUnit = "bytes"


@register("activation_memory", ActivationMemory)
def activation_memory(args: ActivationMemory) -> Worked:
    """Count the bytes of what a layer computes and its backward pass reads.

    - RNN: h at each step; LSTM: i, f, g, o, c and h.
    - GRU, with the reset after the product: r, z, the candidate, U_n h + b_hn, which r multiplies,
      and h. With the reset before it r multiplies h, and one vector less is kept.
    - Convolution: its output.
    - Attention: Q, K and V, the h·N² weights, their weighted sums, the output; with a
      feed-forward part also its inner layer and its output.

    The input, norms, dropout masks, copies for residuals, and what a framework keeps besides are
    left out; tanh c, h − n and the like are made again from what is kept.

    Source: what autograd keeps of PyTorch's fused LSTM and GRU cells; `_thnn_fused_gru_cell` has
    a workspace of 5h.

    Raises:
        EngineError: heads that do not divide the width of attention, heads or a feed-forward
            part of another layer.
    """
    if args.layer == "attention":
        head_dim(args.num_heads, args.hidden_size, name="hidden_size")
    else:
        _check_layer(args)
    symbols, counts = repeated(("L", args.num_layers), ("B", args.batch_size))
    b = BYTES[args.dtype]
    parts = tuple(
        Part(name, label, rf"{symbols}{symbol} \cdot b", (*counts, *factors, b))
        for name, label, symbol, factors in _kept(args)
    )
    return cost_worked("activation_memory", CostSolution(args, parts, args.unit, _intro, _mistakes))


def _check_layer(args: ActivationMemory) -> None:
    for name in ("num_heads", "dim_feedforward"):
        if name in args.model_fields_set and getattr(args, name) is not None:
            raise EngineError(
                msg(
                    "`{argument}` is given, but `layer` is `{layer}`.",
                    argument=name,
                    layer=args.layer,
                ),
                msg(
                    "Only attention has it: leave it out, or take `layer` = `attention`.",
                ),
                argument=name,
            )


def _kept(args: ActivationMemory) -> Iterator[tuple[str, Message, str, tuple[Factor, ...]]]:
    N, d = args.seq_len, args.hidden_size
    if args.layer in KEPT_PER_STEP:
        kept = KEPT_PER_STEP[args.layer]
        yield "states", msg("Gates and states, step by step"), rf"N h \cdot {kept}", (N, d, kept)
        return
    if args.layer == "convolution":
        yield "output", msg("Output"), "N d", (N, d)
        return
    yield "qkv", msg("Q, K and V"), r"N d \cdot 3", (N, d, 3)
    yield "weights", msg("Attention weights"), "h N^2", (args.num_heads, (N, 2))
    yield "sums", msg("Weighted sums of the values"), "N d", (N, d)
    yield "output", msg("Output"), "N d", (N, d)
    if args.dim_feedforward is not None:
        yield "inner", msg("Inner layer of the feed-forward part"), "N f", (N, args.dim_feedforward)
        yield "ffn_output", msg("Output of the feed-forward part"), "N d", (N, d)


def _intro(args: ActivationMemory) -> Iterator[Message]:
    yield msg(
        "The backward pass reads what the forward pass computed, so it is kept until then, for"
        " every position, {length:,} in all.",
        length=args.seq_len,
    )


def _mistakes(args: ActivationMemory, parts: tuple[Part, ...]) -> Iterator[Mistake]:
    total = sum(part.value for part in parts)
    kept = KEPT_PER_STEP.get(args.layer)
    if kept is not None:
        value = in_unit(total // args.seq_len, args.unit)
        yield Mistake(
            "last-step-only",
            msg(
                "{value:,} keeps one step. Backpropagation through time goes through all"
                " {length:,}.",
                value=value,
                length=args.seq_len,
            ),
            value,
        )
        if kept > 1:
            value = in_unit(total // kept, args.unit)
            yield Mistake(
                "gates-forgotten",
                msg(
                    "{value:,} keeps the hidden states only. The backward pass of this cell reads"
                    " {kept} vectors a step.",
                    value=value,
                    kept=kept,
                ),
                value,
            )
    if args.layer == "attention":
        weights = parts[1].value
        value = in_unit(total - weights, args.unit)
        yield Mistake(
            "weights-forgotten",
            msg(
                "{value:,} leaves the attention weights out. They are activations too, and the only"
                " ones quadratic in the length.",
                value=value,
            ),
            value,
        )
        if args.num_heads > 1:
            value = in_unit(total - weights + weights // args.num_heads, args.unit)
            yield Mistake(
                "heads-forgotten",
                msg(
                    "{value:,} counts the weights of one head. Each of {heads:,} heads has its"
                    " own.",
                    value=value,
                    heads=args.num_heads,
                ),
                value,
            )
    yield from one_layer(total, args.num_layers, args.unit)
    yield from batch_forgotten(total, args.batch_size, args.unit)
    yield from of_bytes(total, BYTES[args.dtype], args.unit)
