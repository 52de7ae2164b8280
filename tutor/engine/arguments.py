"""Arguments of engine functions: frozen models, strict about numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from tutor.text.message import Message, msg

LARGEST_SIZE = 10**15
LARGEST_LAYERS = 1000  # every tensor is listed
LARGEST_REAL = 1e6
LARGEST_AXIS = 4096  # of an array that is written out

Convention = Literal["pytorch", "keras", "textbook", "flax", "onnx"]

Size = Annotated[int, Field(ge=1, le=LARGEST_SIZE, strict=True)]
SizeOrZero = Annotated[int, Field(ge=0, le=LARGEST_SIZE, strict=True)]
Layers = Annotated[int, Field(ge=1, le=LARGEST_LAYERS, strict=True)]


def exact_as_float(value: object) -> object:
    """Return a fraction as a float; anything else as it is."""
    return float(value) if isinstance(value, Fraction) else value


Real = Annotated[
    float,
    Field(ge=-LARGEST_REAL, le=LARGEST_REAL, allow_inf_nan=False, strict=True),
    BeforeValidator(exact_as_float),
]

Portion = Annotated[
    float,
    Field(ge=0, le=1, allow_inf_nan=False, strict=True),
    BeforeValidator(exact_as_float),
]


def as_tuple(value: object) -> object:
    """Return a list, as YAML and JSON have it, as a tuple; anything else as it is."""
    return tuple(value) if isinstance(value, list) else value


LayerSizes = Annotated[
    tuple[Size, ...],
    Field(min_length=2, max_length=LARGEST_LAYERS + 1),
    BeforeValidator(as_tuple),
]


def as_sizes(value: object) -> object:
    """Return a single size as a tuple of one, a list as a tuple; anything else as it is."""
    return (value,) if isinstance(value, (int, float, str)) else as_tuple(value)


# one size for every axis, or a size for each
Sizes = Annotated[tuple[Size, ...], Field(min_length=1, max_length=8), BeforeValidator(as_sizes)]


def refused(message: Message, hint: Message | None = None) -> PydanticCustomError:
    """Return the error of a validator that refuses an argument, with the engine's words."""
    return PydanticCustomError("engine", "{text}", {"text": str(message), "words": (message, hint)})


def _rectangular(value: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
    widths = [len(row) for row in value]
    for place, width in enumerate(widths):
        if width != widths[0]:
            raise refused(
                msg(
                    "Row {row} is of length {n}, the rows before it of length {first}.",
                    row=place + 1,
                    n=width,
                    first=widths[0],
                ),
                msg("All rows of a matrix are of one length."),
            )
    return value


Vector = Annotated[
    tuple[Real, ...], Field(min_length=1, max_length=LARGEST_AXIS), BeforeValidator(as_tuple)
]
Matrix = Annotated[
    tuple[Vector, ...],
    Field(min_length=1, max_length=LARGEST_AXIS),
    BeforeValidator(as_tuple),
    AfterValidator(_rectangular),
]


class Arguments(BaseModel):
    """The arguments of an engine function; nothing is converted, nothing unknown is taken."""

    # built when first used: a session computes with few of the functions
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
