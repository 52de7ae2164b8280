"""The filters of a convolution, and the count that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

DOT = r" \cdot "


@dataclass(frozen=True, slots=True)
class Filters:
    """What the parameter count of a convolution depends on: (∏ k · reads + bias) · gives.

    Attributes:
        window: the kernel's size along each axis.
        reads: input channels that one filter reads.
        gives: output channels, one filter each.
        bias: whether a filter has a bias.
    """

    window: tuple[int, ...]
    reads: int
    gives: int
    bias: bool

    @property
    def weights(self) -> int:
        """Weights of all filters."""
        return prod(self.window) * self.reads * self.gives

    @property
    def one(self) -> int:
        """Parameters of one filter."""
        return prod(self.window) * self.reads + self.bias

    @property
    def total(self) -> int:
        """All parameters."""
        return self.one * self.gives

    @property
    def window_symbols(self) -> tuple[str, ...]:
        """The symbols of the kernel's sizes: k along every axis, or k₁, k₂ … if they differ."""
        if len(set(self.window)) == 1:
            return ("k",) * len(self.window)
        return tuple(f"k_{axis}" for axis in range(1, len(self.window) + 1))

    def formula(self, groups: int) -> str:
        """Return the total in symbols, as TeX."""
        symbols = self.window_symbols
        window = DOT.join(symbols)
        if len(symbols) > 1 and len(set(symbols)) == 1:
            window = f"k^{len(symbols)}"
        reads = "C_{in} / g" if groups > 1 else "C_{in}"
        inner = f"{window}{DOT}{reads}"
        return f"({inner} + 1){DOT}C_{{out}}" if self.bias else f"{inner}{DOT}C_{{out}}"

    @property
    def one_substituted(self) -> str:
        """The parameters of one filter with their numbers, as TeX."""
        inner = DOT.join(f"{size:,}" for size in (*self.window, self.reads))
        return f"{inner} + 1" if self.bias else inner

    @property
    def substituted(self) -> str:
        """The total with its numbers, as TeX."""
        one = f"({self.one_substituted})" if self.bias else self.one_substituted
        return f"{one}{DOT}{self.gives:,}"
