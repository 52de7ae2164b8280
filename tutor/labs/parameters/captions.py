"""What the parameter workbench says about a count, in sentences that its numbers bear out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tutor.engine import Worked, compute
from tutor.engine.arguments import LARGEST_SIZE
from tutor.text.message import Message, msg

_RECURRENT = frozenset({"rnn", "lstm", "gru"})


def captions_of(worked: Worked, layer: str, arguments: Mapping[str, object]) -> tuple[Message, ...]:
    """Return what is seen and why, a sentence each."""
    if layer == "dense":
        return tuple(_dense_captions(worked, arguments))
    if layer in _RECURRENT:
        return tuple(_recurrent_captions(worked, arguments))
    return ()


def difference_of(worked: Worked, layer: str) -> Message:
    """Return a sentence on what makes the conventions' counts differ."""
    totals = {variant.total for variant in worked.variants}
    apart = max(totals, default=0) - min(totals, default=0)
    if layer not in {*_RECURRENT, "dense"}:
        return msg("They differ by {apart:,}.", apart=apart) if apart else msg("All agree.")
    if layer == "dense":
        return msg("All agree: a dense layer is counted in one way.")
    if not apart:
        return msg("All agree: without biases there is nothing to count differently.")
    if len(totals) > 2:
        return msg(
            "They differ by {apart:,} at most: whether none, some or all of the rows have a"
            " second bias.",
            apart=apart,
        )
    return msg("They differ by {apart:,}: whether each row has one bias or two.", apart=apart)


@dataclass(frozen=True, slots=True)
class _Parts:
    """How many parameters of each kind a recurrent layer has."""

    inputs: int
    recurrent: int
    biases: int

    @classmethod
    def of(cls, worked: Worked) -> _Parts:
        def held(*prefixes: str) -> int:
            return sum(term.count for term in worked.terms if term.id.startswith(prefixes))

        return cls(held("W_ih"), held("W_hh"), held("b"))


def _recurrent_captions(worked: Worked, arguments: Mapping[str, Any]) -> Iterator[Message]:
    yield _largest_part(worked, arguments)
    h, p = arguments["hidden_size"], arguments.get("proj_size", 0)
    if 2 * h > LARGEST_SIZE:
        return
    doubled = compute(worked.name, {**arguments, "hidden_size": 2 * h}).count
    if p:
        yield msg(
            "Twice the hidden size, {h:,}, would make it {total:,}, exactly twice as many:"
            r" with a projection there is no $h^2$.",
            h=2 * h,
            total=doubled,
        )
        return
    yield msg(
        "Twice the hidden size, {h:,}, would make it {total:,}, {times:.2f} times as many:"
        r" what has $h^2$ in it grows four times, the rest twice.",
        h=2 * h,
        total=doubled,
        times=doubled / worked.count,
    )


def _largest_part(worked: Worked, arguments: Mapping[str, Any]) -> Message:
    parts = _Parts.of(worked)
    d, h, p = arguments["input_size"], arguments["hidden_size"], arguments.get("proj_size", 0)
    reads_both_below = arguments.get("num_layers", 1) > 1 and arguments.get("bidirectional", False)
    state = p or h
    if parts.biases >= max(parts.inputs, parts.recurrent):
        return msg(
            "The biases are {share:.1%} of all parameters:"
            " in so small a layer no kind of weights outnumbers them.",
            share=parts.biases / worked.count,
        )
    if parts.inputs == parts.recurrent:
        return msg(
            "Input and recurrent weights are equally many, {share:.1%} each:"
            " every row has {d:,} of either.",
            share=parts.inputs / worked.count,
            d=d,
        )
    if parts.inputs > parts.recurrent:
        share = parts.inputs / worked.count
        if reads_both_below:
            return msg(
                "The input weights are the largest part, {share:.1%}: in a later layer every row"
                " has {above:,} of them, for both directions below, and {state:,} recurrent ones.",
                share=share,
                above=2 * state,
                state=state,
            )
        return msg(
            "The input weights are the largest part, {share:.1%}: in the first layer every row"
            " has {d:,} of them and {state:,} recurrent ones.",
            share=share,
            d=d,
            state=state,
        )
    share = parts.recurrent / worked.count
    if p:
        return msg(
            "The recurrent weights are the largest part, {share:.1%}: in the first layer every row"
            " has {p:,} of them, for the projected state, and {d:,} for the input.",
            share=share,
            d=d,
            p=p,
        )
    return msg(
        "The recurrent weights are the largest part, {share:.1%}: they grow with $h^2$,"
        r" those of the input with $d \cdot h$, and $h$ is larger than $d$.",
        share=share,
    )


def _dense_captions(worked: Worked, arguments: Mapping[str, Any]) -> Iterator[Message]:
    sizes, bias = arguments["layer_sizes"], int(arguments.get("bias", True))
    counts = [(n + bias) * m for n, m in pairwise(sizes)]
    largest = max(counts)
    at = counts.index(largest)
    if len(counts) == 1:
        yield msg(
            "Every one of the {m:,} neurons has a weight for each of the {n:,} inputs.",
            n=sizes[0],
            m=sizes[1],
        )
    elif bias:
        yield msg(
            "Layer {number} holds {share:.1%} of all parameters: none has more than its"
            r" $(\val{n} + 1) \cdot \val{m} = \val{count:,}$.",
            number=at + 1,
            share=largest / worked.count,
            n=sizes[at],
            m=sizes[at + 1],
            count=largest,
        )
    else:
        yield msg(
            "Layer {number} holds {share:.1%} of all parameters: none has more than its"
            r" $\val{n} \cdot \val{m} = \val{count:,}$.",
            number=at + 1,
            share=largest / worked.count,
            n=sizes[at],
            m=sizes[at + 1],
            count=largest,
        )
    yield msg(
        "PyTorch stores a layer's weights as outputs × inputs, Keras and Flax the other way round."
    )
