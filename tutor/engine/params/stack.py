"""The sizes of a stack of recurrent layers, and the count that follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

DOT = r" \cdot "


@dataclass(frozen=True, slots=True)
class Stack:
    """What the parameter count of a recurrent network depends on.

    One layer and direction that reads vectors of size x has
    blocks · h · (x + r + biases) + (own + peepholes) · h + p · h parameters, r being the size
    of the state that is fed back: p with a projection, otherwise h. The first layer reads d,
    later ones the r outputs of every direction below. (Hochreiter & Schmidhuber 1997; Cho et
    al. 2014; the projection: Sak et al. 2014; peepholes: Gers & Schmidhuber 2000; two biases:
    the cuDNN and PyTorch documentation.)

    Attributes:
        blocks: weight blocks: 1 in an RNN, 3 in a GRU, 4 in an LSTM.
        d: input size; 0 leaves the input weights out.
        h: hidden size.
        biases: on every row: 0, 1 or 2.
        own_biases: bias vectors of size h that only some blocks have: in Flax's GRU the
            candidate has a second one.
        peepholes: weight vectors of size h from the cell state to the gates: 0 or 3.
        layers: how many, one on the other.
        directions: 1, or 2 if bidirectional.
        p: projection size, or 0 for none.
        fed_back: what the recurrent weights read, where a mistake makes it another size.
        read_above: what a later layer reads, where a mistake makes it another size.
    """

    blocks: int
    d: int
    h: int
    biases: int
    own_biases: int = 0
    peepholes: int = 0
    layers: int = 1
    directions: int = 1
    p: int = 0
    fed_back: int | None = None
    read_above: int | None = None

    @property
    def rows(self) -> int:
        """Rows of the weights in one layer and direction."""
        return self.blocks * self.h

    @property
    def state(self) -> int:
        """Size of the state that a layer passes on, in one direction."""
        return self.p or self.h

    @property
    def recurrent(self) -> int:
        """Size of what the recurrent weights read."""
        return self.state if self.fed_back is None else self.fed_back

    @property
    def above(self) -> int:
        """Size of what a later layer reads."""
        return self.directions * self.state if self.read_above is None else self.read_above

    @property
    def is_simple(self) -> bool:
        """Whether it is one layer in one direction without a projection."""
        return self.layers == self.directions == 1 and not self.p

    @property
    def bias_vectors(self) -> int:
        """Bias vectors of size h in one layer and direction."""
        return self.blocks * self.biases + self.own_biases

    def layer_total(self, reads: int) -> int:
        """Return the parameters of one layer in one direction that reads this size."""
        vectors = self.bias_vectors + self.peepholes + self.p
        return self.rows * (reads + self.recurrent) + vectors * self.h

    @property
    def total(self) -> int:
        """All parameters."""
        total = self.layer_total(self.d)
        if self.layers > 1:
            total += (self.layers - 1) * self.layer_total(self.above)
        return self.directions * total

    @property
    def formula(self) -> str:
        """The total in symbols, as TeX."""
        state = "p" if self.p else "h"
        rows = self.row_symbol
        return self._sum(
            lambda reads: self._layer(rows, reads, state, ("h", "ph")),
            "d",
            f"{self.directions}{state}" if self.directions > 1 else state,
        )

    @property
    def substituted(self) -> str:
        """The total with its numbers, as TeX; sizes of 0 are left out."""
        rows = f"{self.h:,}" if self.blocks == 1 else f"{self.blocks}{DOT}{self.h:,}"
        state = _size(self.recurrent)
        added = (f"{DOT}{self.h:,}", f"{self.p:,}{DOT}{self.h:,}")
        return self._sum(
            lambda reads: self._layer(f"{rows}{DOT}", reads, state, added),
            _size(self.d),
            _size(self.above),
        )

    @property
    def row_symbol(self) -> str:
        """The number of rows in symbols: `4h`, or `h` for one block."""
        return "h" if self.blocks == 1 else f"{self.blocks}h"

    def _layer(self, rows: str, reads: str, state: str, added: tuple[str, str]) -> str:
        """Write one layer's sum; `added` are a vector of size h without its number, and p · h."""
        on_rows = 0 if self.own_biases else self.biases
        parts = [part for part in (reads, state, str(on_rows or "")) if part]
        inner = " + ".join(parts)
        vector, projection = added
        return " + ".join(
            (
                f"{rows}({inner})" if len(parts) > 1 else f"{rows}{inner}",
                *([f"{self.bias_vectors}{vector}"] if self.own_biases else ()),
                *([f"{self.peepholes}{vector}"] if self.peepholes else ()),
                *([projection] if self.p else ()),
            )
        )

    def _sum(self, layer: Callable[[str], str], first: str, above: str) -> str:
        parts = [self._times((self.directions,), layer(first))]
        if self.layers > 1:
            parts.append(self._times((self.layers - 1, self.directions), layer(above)))
        return " + ".join(parts)

    def _times(self, factors: tuple[int, ...], layer: str) -> str:
        shown = [f"{factor:,}" for factor in factors if factor > 1]
        is_sum = self.own_biases or self.peepholes or self.p
        return DOT.join((*shown, f"({layer})" if shown and is_sum else layer))


def _size(size: int) -> str:
    return f"{size:,}" if size else ""
