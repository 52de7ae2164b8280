"""The weights of multi-head attention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.attention.drawn import Drawn
from tutor.engine.attention.linear import tensor
from tutor.engine.error import EngineError
from tutor.engine.scalars import head_dim, whole
from tutor.engine.shapes import Array, Shapes, numbers
from tutor.text.message import msg


@dataclass(frozen=True, slots=True, eq=False)
class MultiHeadWeights:
    """Four projections; the rows of a head stand together, head after head.

    PyTorch stacks the first three as `in_proj_weight` (3E, E) where all inputs have one size.

    Attributes:
        q_proj_weight: (H·k, d_q): the queries of all H heads.
        k_proj_weight: (H·k, d_k): the keys.
        v_proj_weight: (H·v, d_v): the values.
        out_proj_weight: (E, H·v): from the concatenated heads to the output.
        q_proj_bias: (H·k), or None.
        k_proj_bias: (H·k), or None.
        v_proj_bias: (H·v), or None.
        out_proj_bias: (E), or None.
    """

    q_proj_weight: ArrayLike
    k_proj_weight: ArrayLike
    v_proj_weight: ArrayLike
    out_proj_weight: ArrayLike
    q_proj_bias: ArrayLike | None = None
    k_proj_bias: ArrayLike | None = None
    v_proj_bias: ArrayLike | None = None
    out_proj_bias: ArrayLike | None = None

    @classmethod
    def from_pytorch(cls, state: Mapping[str, ArrayLike], name: str = "") -> MultiHeadWeights:
        """Return the weights from the `state_dict()` of an `nn.MultiheadAttention`.

        Args:
            state: tensors by name: `in_proj_weight` (3E, E), or `q_proj_weight` (E, E),
                `k_proj_weight` (E, kdim) and `v_proj_weight` (E, vdim); `in_proj_bias` (3E),
                `out_proj.weight` (E, E), `out_proj.bias` (E), the biases or none.
            name: the module's, if it is part of another, such as `self_attn`.

        Raises:
            EngineError: a tensor that is missing, or `bias_k` and `bias_v`.
        """
        prefix = f"{name}." if name else ""
        if (extra := f"{prefix}bias_k") in state:
            raise EngineError(
                msg("`{name}` is not supported.", name=extra),
                msg("Build the module without `add_bias_kv`."),
                argument=extra,
            )
        shapes = Shapes()

        def of(part: str, *dims: str) -> Array:
            return shapes.array(f"{prefix}{part}", tensor(state, f"{prefix}{part}"), *dims)

        out = of("out_proj.weight", "E", "E")
        if f"{prefix}in_proj_weight" in state:
            q, k, v = np.split(of("in_proj_weight", "3E", "E"), 3)
        else:
            q = of("q_proj_weight", "E", "E")
            k, v = of("k_proj_weight", "E", "kdim"), of("v_proj_weight", "E", "vdim")
        if f"{prefix}in_proj_bias" not in state:
            return cls(q, k, v, out)
        b_q, b_k, b_v = np.split(of("in_proj_bias", "3E"), 3)
        return cls(q, k, v, out, b_q, b_k, b_v, of("out_proj.bias", "E"))

    @classmethod
    def from_keras(  # noqa: PLR0917 - in the order of Keras's `get_weights`, kernels first
        cls,
        query_kernel: ArrayLike,
        key_kernel: ArrayLike,
        value_kernel: ArrayLike,
        output_kernel: ArrayLike,
        query_bias: ArrayLike | None = None,
        key_bias: ArrayLike | None = None,
        value_bias: ArrayLike | None = None,
        output_bias: ArrayLike | None = None,
    ) -> MultiHeadWeights:
        """Return the weights of a Keras `MultiHeadAttention`, whose `key_dim` is per head.

        Args:
            query_kernel: (d_q, H, k).
            key_kernel: (d_k, H, k).
            value_kernel: (d_v, H, v).
            output_kernel: (H, v, E).
            query_bias: (H, k), or None.
            key_bias: (H, k), or None.
            value_bias: (H, v), or None.
            output_bias: (E), or None.

        Raises:
            EngineError: shapes that do not fit.
        """
        shapes = Shapes()
        q = shapes.array("query_kernel", query_kernel, "d_q", "H", "k")
        k = shapes.array("key_kernel", key_kernel, "d_k", "H", "k")
        v = shapes.array("value_kernel", value_kernel, "d_v", "H", "v")
        out = shapes.array("output_kernel", output_kernel, "H", "v", "E")

        def flat(name: str, bias: ArrayLike | None, size: str) -> Array | None:
            return None if bias is None else shapes.array(name, bias, "H", size).ravel()

        return cls(
            q.reshape(shapes["d_q"], -1).T,  # (H·k, d_q)
            k.reshape(shapes["d_k"], -1).T,  # (H·k, d_k)
            v.reshape(shapes["d_v"], -1).T,  # (H·v, d_v)
            out.reshape(-1, shapes["E"]).T,  # (E, H·v)
            flat("query_bias", query_bias, "k"),
            flat("key_bias", key_bias, "k"),
            flat("value_bias", value_bias, "v"),
            output_bias,
        )

    @classmethod
    def drawn(
        cls,
        seed: int,
        embed_dim: int,
        num_heads: int,
        *,
        kdim: int | None = None,
        vdim: int | None = None,
    ) -> MultiHeadWeights:
        """Return weights drawn from a seed, in PyTorch's shapes.

        Raises:
            EngineError: no seed, no sizes, or heads that do not divide `embed_dim`.
        """
        E = whole("embed_dim", embed_dim)
        head_dim(num_heads, E)
        kdim = E if kdim is None else whole("kdim", kdim)
        vdim = E if vdim is None else whole("vdim", vdim)
        return cls.next(Drawn(seed, E * (2 * E + kdim + vdim) + 4 * E), E, kdim, vdim)

    @classmethod
    def next(cls, source: Drawn, E: int, kdim: int, vdim: int) -> MultiHeadWeights:
        """Return the next E(2E + kdim + vdim) + 4E numbers of a source as weights."""
        return cls(
            source.weight(E, E),
            source.weight(E, kdim),
            source.weight(E, vdim),
            source.weight(E, E),
            source.bias(E),
            source.bias(E),
            source.bias(E),
            source.bias(E),
        )

    def arrays(self) -> dict[str, Array | None]:
        """Return the tensors by name, as arrays of finite numbers.

        Raises:
            EngineError: entries that are not.
        """
        tensors = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: None if value is None else numbers(name, value) for name, value in tensors.items()
        }
