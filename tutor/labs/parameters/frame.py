"""What the parameter workbench shows: a count, its tensors and other conventions' counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.engine import Worked, compute
from tutor.engine.worked import Term
from tutor.labs.parameters.captions import captions_of, difference_of
from tutor.text.message import Message
from tutor.text.words import Words


@dataclass(frozen=True, slots=True)
class Share:
    """A tensor and the share of all parameters that it holds, from 0 to 1."""

    term: Term
    share: float


@dataclass(frozen=True, slots=True)
class Rest:
    """Tensors that a short table leaves out: how many, what they hold, and what share that is."""

    tensors: int
    value: int
    share: float


@dataclass(frozen=True, slots=True)
class ConventionCount:
    """The count under one convention.

    Attributes:
        label: how the convention is called.
        total: its count.
        difference: how many more it counts than the chosen convention.
        why: what it does its own way.
        chosen: whether it is the chosen convention.
    """

    label: Words
    total: int
    difference: int
    why: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class ParametersFrame:
    """A layer, counted.

    Attributes:
        layer: what is counted, as `tutor params` calls it.
        convention: whose conventions the count follows.
        worked: the count with its solution and mistakes.
        shares: the tensors in the framework's order.
        conventions: all conventions side by side; none of a network as it was published.
        difference: a sentence on what makes them differ.
        captions: what is seen and why.
    """

    layer: str
    convention: str
    worked: Worked
    shares: tuple[Share, ...]
    conventions: tuple[ConventionCount, ...]
    difference: Message
    captions: tuple[Message, ...]

    @property
    def total(self) -> int:
        """The count."""
        return self.worked.count


def alike(conventions: tuple[ConventionCount, ...]) -> list[list[ConventionCount]]:
    """Return conventions that count the same for the same reason together, the chosen first."""
    groups: list[list[ConventionCount]] = []
    for one in conventions:
        for group in groups:
            if (group[0].total, group[0].why) == (one.total, one.why):
                group.append(one)
                break
        else:
            groups.append([one])
    return [sorted(group, key=lambda one: not one.chosen) for group in groups]


def function_of(layer: str) -> str:
    """Return the engine's function that counts a layer."""
    return f"{layer.replace('-', '_')}_params"


def parameters_frame(layer: str, arguments: Mapping[str, object]) -> ParametersFrame:
    """Count a layer.

    Args:
        layer: `rnn`, `lstm`, `gru` or `dense`, or another that the engine counts, for which
            there are no captions.
        arguments: those of the engine's function for it.

    Raises:
        EngineError: the engine refuses the arguments.
    """
    worked = compute(function_of(layer), arguments)
    total = worked.count
    convention = str(arguments.get("convention", "pytorch"))
    return ParametersFrame(
        layer=layer,
        convention=convention,
        worked=worked,
        shares=tuple(Share(term, term.count / total if total else 0.0) for term in worked.terms),
        conventions=tuple(
            ConventionCount(
                label=variant.label,
                total=variant.total,
                difference=variant.total - total,
                why=variant.why,
                # Keras counts a GRU in two ways, which its `reset_after` chooses between
                chosen=variant.convention == convention and variant.total == total,
            )
            for variant in worked.variants
        ),
        difference=difference_of(worked, layer),
        captions=captions_of(worked, layer, arguments),
    )


def folded(shares: tuple[Share, ...], rows: int) -> tuple[Share | Rest, ...]:
    """Return the tensors in at most so many rows: the first ones, a rest, and the last.

    Args:
        shares: the tensors.
        rows: at least 3.
    """
    if len(shares) <= rows:
        return shares
    head, middle, tail = shares[: rows - 2], shares[rows - 2 : -1], shares[-1]
    value = sum(share.term.count for share in middle)
    return (*head, Rest(len(middle), value, sum(share.share for share in middle)), tail)
