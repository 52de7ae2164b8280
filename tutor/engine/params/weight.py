"""A weight tensor with the name of the module that owns it, once or in every layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tutor.engine.params.polynomial import Polynomial
from tutor.engine.params.stack import DOT
from tutor.engine.worked import Term


@dataclass(frozen=True, slots=True)
class Weight:
    """A tensor, or as many of one shape as there are layers or heads.

    Attributes:
        name: the framework's name; a `*` stands for the number of the layer or head.
        dims: its dimensions, as the framework stores them.
        times: how many there are, in symbols; None for one that occurs once.
    """

    name: str
    dims: tuple[Polynomial, ...]
    times: Polynomial | None = None

    @property
    def term(self) -> Term:
        """The tensor as a part of a count; its id is its name without the `*`."""
        symbol = r" \times ".join(dim.tex for dim in self.dims)
        substituted = r" \times ".join(dim.numbers for dim in self.dims)
        entries, times = 1, 1
        for dim in self.dims:
            entries *= dim.value
        if self.times is not None:
            times = self.times.value
            if len(self.dims) > 1:
                symbol, substituted = f"({symbol})", f"({substituted})"
            symbol = f"{self.times.tex}{DOT}{symbol}"
            substituted = f"{self.times.numbers}{DOT}{substituted}"
        return Term(
            id=_identifier(self.name),
            label=self.name,
            symbol=symbol,
            substituted=substituted,
            value=times * entries,
            shape=tuple(dim.value for dim in self.dims),
            times=times,
        )


def _identifier(name: str) -> str:
    steps = name.replace("/", ".").replace("_*", ".*").split(".")
    return "_".join(step for step in steps if step != "*")


def owned(
    owner: str, weights: Iterable[Weight], times: Polynomial | None = None
) -> Iterator[Weight]:
    """Yield a module's tensors under the name of what owns it, as often as that occurs."""
    for weight in weights:
        several = weight.times
        if times is not None:
            several = times if several is None else times * several
        yield replace(weight, name=owner + weight.name, times=several)


def linear(name: str, reads: Polynomial, gives: Polynomial, *, bias: bool) -> Iterator[Weight]:
    """Yield the tensors of `torch.nn.Linear`: a row for each output."""
    yield Weight(f"{name}.weight", (gives, reads))
    if bias:
        yield Weight(f"{name}.bias", (gives,))


def conv1d(name: str, reads: Polynomial, gives: Polynomial) -> Iterator[Weight]:
    """Yield the tensors of GPT-2's linear layer, `Conv1D`: a column for each output."""
    yield Weight(f"{name}.weight", (reads, gives))
    yield Weight(f"{name}.bias", (gives,))


def norm(name: str, width: Polynomial, *, bias: bool = True) -> Iterator[Weight]:
    """Yield the gain and the shift of a layer norm."""
    yield Weight(f"{name}.weight", (width,))
    if bias:
        yield Weight(f"{name}.bias", (width,))


def table(name: str, rows: Polynomial, width: Polynomial) -> Iterator[Weight]:
    """Yield an embedding table, or the weights of an output layer without biases."""
    yield Weight(f"{name}.weight", (rows, width))
