"""What the weights of all cells have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.cells.tensors import (
    check_sizes,
    drawn_tensors,
    keep_checked,
    one_direction,
    reordered,
)
from tutor.engine.shapes import Array, Shapes


@dataclass(frozen=True, slots=True, eq=False)
class CellWeights:
    """The weights of a cell with k blocks of rows, one for each gate, as PyTorch lays them out.

    Attributes:
        weight_ih: (k·h, d).
        weight_hh: (k·h, h).
        bias_ih: (k·h), or None for no bias.
        bias_hh: (k·h), or None.

    Raises:
        EngineError: a tensor has a wrong shape, or an entry that is not finite.
    """

    BLOCKS: ClassVar[int]  # k
    ONNX_ORDER: ClassVar[tuple[int, ...]]  # where ONNX has each of the blocks

    weight_ih: Array
    weight_hh: Array
    bias_ih: Array | None = None
    bias_hh: Array | None = None

    def __post_init__(self) -> None:
        rows = self._rows()
        keep_checked(
            self,
            Shapes(),
            weight_ih=(rows, "d"),
            weight_hh=(rows, "h"),
            bias_ih=(rows,),
            bias_hh=(rows,),
        )

    @classmethod
    def _rows(cls, tensors: int = 1) -> str:
        """Return the symbol of k·h, or of several times that."""
        times = tensors * cls.BLOCKS
        return "h" if times == 1 else f"{times}h"

    @property
    def input_size(self) -> int:
        """d."""
        return int(self.weight_ih.shape[1])

    @property
    def hidden_size(self) -> int:
        """h."""
        return int(self.weight_ih.shape[0]) // self.BLOCKS

    @property
    def tensors(self) -> tuple[Array | None, ...]:
        """All tensors, in the order of the attributes."""
        return self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh

    @classmethod
    def from_keras(
        cls, kernel: ArrayLike, recurrent_kernel: ArrayLike, bias: ArrayLike | None = None
    ) -> Self:
        """Return the weights of the Keras layer, which lays them out as inputs × k·h.

        Args:
            kernel: (d, k·h).
            recurrent_kernel: (h, k·h), from the rows to the columns.
            bias: (k·h), or None.
        """
        shapes, rows = Shapes(), cls._rows()
        W = shapes.array("kernel", kernel, "d", rows)
        U = shapes.array("recurrent_kernel", recurrent_kernel, "h", rows)
        b = None if bias is None else shapes.array("bias", bias, rows)
        return cls(W.T, U.T, b)

    @classmethod
    def from_onnx(cls, W: ArrayLike, R: ArrayLike, B: ArrayLike | None = None) -> Self:
        """Return one direction of the ONNX operator.

        Args:
            W: (1, k·h, d), as the operator takes it.
            R: (1, k·h, h).
            B: (1, 2k·h): the biases of W, then those of R; or None.
        """
        return cls(*cls._from_onnx(Shapes(), W, R, B))

    @classmethod
    def _from_onnx(
        cls, shapes: Shapes, W: ArrayLike, R: ArrayLike, B: ArrayLike | None
    ) -> tuple[Array, Array, Array | None, Array | None]:
        order = cls.ONNX_ORDER
        w = shapes.array("W", one_direction("W", W), cls._rows(), "d")
        r = shapes.array("R", one_direction("R", R), cls._rows(), "h")
        b_ih = b_hh = None
        if B is not None:
            b = shapes.array("B", one_direction("B", B), cls._rows(2))
            b_ih, b_hh = (reordered(half, order) for half in np.split(b, 2))
        return reordered(w, order), reordered(r, order), b_ih, b_hh

    @classmethod
    def drawn(cls, seed: int, input_size: int, hidden_size: int, *, bias: bool = True) -> Self:
        """Return weights evenly spread in ±1/√h, a function of the seed.

        Args:
            seed: from 0 on.
            input_size: d.
            hidden_size: h.
            bias: whether there are biases, two as in PyTorch.
        """
        check_sizes(input_size=input_size, hidden_size=hidden_size)
        d, h, rows = input_size, hidden_size, cls.BLOCKS * hidden_size
        W, U, b_ih, b_hh = drawn_tensors(seed, h, (rows, d), (rows, h), (rows,), (rows,))
        return cls(W, U, b_ih, b_hh) if bias else cls(W, U)
