"""How far a gate is open: a number from 0 to 1, and a candidate's from −1 to 1."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field


def _exact_as_float(value: object) -> object:
    return float(value) if isinstance(value, Fraction) else value


Gate = Annotated[
    float,
    Field(ge=0, le=1, allow_inf_nan=False, strict=True),
    BeforeValidator(_exact_as_float),
]
Bounded = Annotated[
    float,
    Field(ge=-1, le=1, allow_inf_nan=False, strict=True),
    BeforeValidator(_exact_as_float),
]
