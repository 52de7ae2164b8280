"""Arguments of engine functions: frozen models, strict about numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LARGEST_SIZE = 10**15
LARGEST_LAYERS = 1000  # every tensor is listed
LARGEST_REAL = 1e6

Convention = Literal["pytorch", "keras", "textbook"]

Size = Annotated[int, Field(ge=1, le=LARGEST_SIZE, strict=True)]
SizeOrZero = Annotated[int, Field(ge=0, le=LARGEST_SIZE, strict=True)]
Layers = Annotated[int, Field(ge=1, le=LARGEST_LAYERS, strict=True)]


def _exact_as_float(value: object) -> object:
    return float(value) if isinstance(value, Fraction) else value


Real = Annotated[
    float,
    Field(ge=-LARGEST_REAL, le=LARGEST_REAL, allow_inf_nan=False, strict=True),
    BeforeValidator(_exact_as_float),
]


def as_tuple(value: object) -> object:
    """Return a list, as YAML and JSON have it, as a tuple; anything else as it is."""
    return tuple(value) if isinstance(value, list) else value


LayerSizes = Annotated[
    tuple[Size, ...],
    Field(min_length=2, max_length=LARGEST_LAYERS + 1),
    BeforeValidator(as_tuple),
]


class Arguments(BaseModel):
    """The arguments of an engine function; nothing is converted, nothing unknown is taken."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
