"""How far a gate is open: a number from 0 to 1, and a candidate's from −1 to 1."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Portion, exact_as_float

Gate = Portion
Bounded = Annotated[
    float,
    Field(ge=-1, le=1, allow_inf_nan=False, strict=True),
    BeforeValidator(exact_as_float),
]
