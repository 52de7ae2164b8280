"""Whose way of storing parameters a count follows."""

from __future__ import annotations

from tutor.engine.arguments import Convention
from tutor.text.message import msg
from tutor.text.words import Words

LABELS: dict[Convention, Words] = {
    "pytorch": "PyTorch",
    "keras": "Keras",
    "textbook": msg("textbook"),
    "flax": "Flax",
    "onnx": "ONNX",
}


def is_by_column(convention: Convention) -> bool:
    """Return whether weights are stored as inputs × outputs, not as outputs × inputs."""
    return convention in {"keras", "flax"}
