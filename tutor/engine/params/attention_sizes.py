"""The sizes of an attention layer, in the terms of each framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tutor.engine.params.addends import Addends
from tutor.engine.params.polynomial import Polynomial, size

AttentionConvention = Literal["pytorch", "keras", "flax", "textbook"]


@dataclass(frozen=True, slots=True)
class AttentionSizes:
    """What the count of multi-head attention depends on.

    Attributes:
        d: size of the vectors that ask, and by default of all others.
        k: size of the vectors that the keys are made of.
        v: size of the vectors that the values are made of.
        heads: their number.
        key_width: size of all heads' keys together; `shared` says how it is written.
        value_width: size of all heads' values together.
        o: size of what comes out.
        shared: the name of the width that the heads share: d, or Flax's `qkv_features`, m;
            None where each head has a size of its own.
        bias: whether each projection has biases.
        convention: the framework.
    """

    d: int
    k: int
    v: int
    heads: int
    key_width: int
    value_width: int
    o: int
    shared: Literal["d", "m"] | None
    bias: bool
    convention: AttentionConvention

    @property
    def total(self) -> int:
        """All parameters."""
        b = self.bias
        return (
            self.key_width * (self.d + b + self.k + b)
            + self.value_width * (self.v + b)
            + self.o * (self.value_width + b)
        )

    @property
    def addends(self) -> Addends:
        """The count by projection."""
        b = int(self.bias)
        return Addends(
            {
                "query": (self.all_keys, self.query_symbol + b),
                "key": (self.all_keys, self.key_symbol + b),
                "value": (self.all_values, self.value_symbol + b),
                "output": (self.output_symbol, self.all_values + b),
            },
            collected=self.shared is not None,
        )

    @property
    def key_size(self) -> int:
        """Size of one head's queries and keys."""
        return self.key_width // self.heads

    @property
    def value_size(self) -> int:
        """Size of one head's values."""
        return self.value_width // self.heads

    @property
    def query_symbol(self) -> Polynomial:
        """The size of the vectors that ask: d."""
        return size("d", self.d)

    @property
    def key_symbol(self) -> Polynomial:
        """The size of the vectors that become keys: d, or k if it is another."""
        return self.query_symbol if self.k == self.d else size("k", self.k)

    @property
    def value_symbol(self) -> Polynomial:
        """The size of the vectors that become values: d, or v if it is another."""
        return self.query_symbol if self.v == self.d else size("v", self.v)

    @property
    def output_symbol(self) -> Polynomial:
        """The size of the output: d, or o if it is another."""
        return self.query_symbol if self.o == self.d else size("o", self.o)

    @property
    def heads_symbol(self) -> Polynomial:
        """The number of heads."""
        return size("h", self.heads)

    @property
    def head_key_symbol(self) -> Polynomial:
        """The size of one head's keys."""
        return size("d_k", self.key_size)

    @property
    def head_value_symbol(self) -> Polynomial:
        """The size of one head's values."""
        same = self.value_size == self.key_size
        return self.head_key_symbol if same else size("d_v", self.value_size)

    @property
    def all_keys(self) -> Polynomial:
        """The size of all heads' keys together."""
        if self.shared is None:
            return self._of_all(self.head_key_symbol)
        return size(self.shared, self.key_width)

    @property
    def all_values(self) -> Polynomial:
        """The size of all heads' values together."""
        if self.shared is None:
            return self._of_all(self.head_value_symbol)
        return size(self.shared, self.value_width)

    def _of_all(self, head: Polynomial) -> Polynomial:
        return head if self.heads == 1 else self.heads_symbol * head
