"""The layers of a small image classifier, and the count that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Literal

from tutor.engine.params.filters import DOT, Filters

Padding = Literal["same", "valid"]
Head = Literal["flatten", "global_average_pooling"]


@dataclass(frozen=True, slots=True)
class ImageLayers:
    """What the parameter count of an image classifier depends on.

    Attributes:
        image: height and width.
        channels: of the image, then of each convolution's output.
        kernel: side of the square windows.
        padding: `same` keeps the size of a map, `valid` takes off kernel − 1.
        pool: side of the pooling windows, after each convolution; 1 is no pooling.
        head: what makes a vector of the last map.
        dense: sizes of the dense layers' outputs, the classes last.
        bias: whether all layers have biases.
        read: what the first dense layer reads, where a mistake makes it another size.
    """

    image: tuple[int, int]
    channels: tuple[int, ...]
    kernel: int
    padding: Padding
    pool: int
    head: Head
    dense: tuple[int, ...]
    bias: bool
    read: int | None = None

    @property
    def convolutions(self) -> tuple[Filters, ...]:
        """The convolutions."""
        window = (self.kernel, self.kernel)
        return tuple(
            Filters(window, reads, gives, self.bias) for reads, gives in pairwise(self.channels)
        )

    @property
    def maps(self) -> tuple[tuple[int, int], ...]:
        """Height and width of the image, then of the map after each pooling."""
        maps = [self.image]
        lost = self.kernel - 1 if self.padding == "valid" else 0
        for _ in self.channels[1:]:
            height, width = maps[-1]
            maps.append(((height - lost) // self.pool, (width - lost) // self.pool))
        return tuple(maps)

    @property
    def features(self) -> int:
        """Values that the first dense layer reads."""
        if self.read is not None:
            return self.read
        places = prod(self.maps[-1]) if self.head == "flatten" else 1
        return places * self.channels[-1]

    @property
    def dense_pairs(self) -> tuple[tuple[int, int], ...]:
        """Inputs and outputs of every dense layer."""
        return tuple(pairwise((self.features, *self.dense)))

    @property
    def total(self) -> int:
        """All parameters."""
        k, bias = self.kernel, self.bias
        return sum((k * k * n + bias) * m for n, m in pairwise(self.channels)) + sum(
            (n + bias) * m for n, m in self.dense_pairs
        )

    @property
    def substituted(self) -> str:
        """The total with its numbers, as TeX."""
        return " + ".join(
            (
                *(filters.substituted for filters in self.convolutions),
                *(self.dense_substituted(n, m) for n, m in self.dense_pairs),
            )
        )

    def dense_substituted(self, n: int, m: int) -> str:
        """Return a dense layer's count with its numbers, as TeX."""
        return f"({n:,} + 1){DOT}{m:,}" if self.bias else f"{n:,}{DOT}{m:,}"
