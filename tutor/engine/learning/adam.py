"""The Adam optimiser (Kingma & Ba 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.error import EngineError
from tutor.engine.scalars import positive, real
from tutor.engine.shapes import Shapes, numbers
from tutor.text.message import msg

Array = NDArray[np.float64]

SMALLEST_RATE, LARGEST_RATE = 1e-12, 1e3
LARGEST_GRADIENT = 1e150  # its square is a float


@dataclass(frozen=True, slots=True, eq=False)
class Adam:
    """The optimiser between two steps; a step returns the next one.

    Attributes:
        lr: the learning rate, from 1e-12 to 1,000.
        betas: how much of the mean gradient and of the mean square is kept, from 0 to below 1.
        eps: what is added to the root, above 0.
        step: how many steps were taken.
        m: the running means of the gradients, before the correction for the start.
        v: the running means of their squares.

    Raises:
        EngineError: a setting out of its range.
    """

    lr: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8
    step: int = 0
    m: tuple[Array, ...] = ()
    v: tuple[Array, ...] = ()

    def __post_init__(self) -> None:
        real("lr", self.lr, least=SMALLEST_RATE, most=LARGEST_RATE)
        positive("eps", self.eps)
        if not _are_shares(self.betas):
            raise EngineError(
                msg("`{name}` is `{value}`.", name="betas", value=str(self.betas)[:40]),
                msg("They are two numbers from 0 to below 1."),
                argument="betas",
            )

    def stepped(
        self, parameters: Sequence[Array], gradients: Sequence[ArrayLike]
    ) -> tuple[Adam, tuple[Array, ...]]:
        """Return the optimiser and the parameters after one step.

        m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², θ = θ − lr · m̂ / (√v̂ + ε), where m̂ and v̂
        are divided by 1 − βᵗ.

        Args:
            parameters: arrays, the same at every step.
            gradients: one for each, of its shape.

        Raises:
            EngineError: gradients that are not finite, or do not fit the parameters.
        """
        g_all = _fitting(parameters, gradients)
        m_all = self.m or tuple(np.zeros_like(p) for p in parameters)
        v_all = self.v or tuple(np.zeros_like(p) for p in parameters)
        t = self.step + 1
        beta1, beta2 = self.betas
        m_all = tuple(beta1 * m + (1.0 - beta1) * g for m, g in zip(m_all, g_all, strict=True))
        v_all = tuple(beta2 * v + (1.0 - beta2) * g * g for v, g in zip(v_all, g_all, strict=True))
        size, root = self.lr / (1.0 - beta1**t), np.sqrt(1.0 - beta2**t)
        updated = tuple(
            p - size * m / (np.sqrt(v) / root + self.eps)
            for p, m, v in zip(parameters, m_all, v_all, strict=True)
        )
        return replace(self, step=t, m=m_all, v=v_all), updated


def _fitting(parameters: Sequence[Array], gradients: Sequence[ArrayLike]) -> list[Array]:
    if len(parameters) != len(gradients):
        raise EngineError(
            msg("`gradients` are {count:,} arrays.", count=len(gradients)),
            msg("There are {count:,} parameters.", count=len(parameters)),
            argument="gradients",
        )
    fitting = []
    for parameter, gradient in zip(parameters, gradients, strict=True):
        array = numbers("gradients", gradient)
        Shapes().fit("gradients", array.shape, *map(str, parameter.shape))
        if np.abs(array).max(initial=0.0) > LARGEST_GRADIENT:
            raise EngineError(
                msg("The numbers grow past what can be computed with."),
                msg("Clip the gradients first."),
                argument="gradients",
            )
        fitting.append(array.astype(np.float64, copy=False))
    return fitting


def _are_shares(betas: object) -> bool:
    return (
        isinstance(betas, tuple)
        and len(betas) == 2
        and all(isinstance(beta, (int, float)) and 0 <= beta < 1 for beta in betas)
    )
