"""The names that Keras gives the tensors of a layer within a model."""

from __future__ import annotations

import re


def keras_label(label: str, owner: str, before: int) -> str:
    """Return a weight's path within a model.

    Keras numbers layers of one kind from the second on: `dense`, `dense_1`.

    Args:
        label: the path within the layer, such as `kernel`; of stacked and bidirectional layers
            it begins with the layer's name, as in `forward_lstm_1/kernel`.
        owner: the kind's name, such as `lstm`.
        before: how many layers of the kind the model has before this one.
    """
    match = re.match(rf"(forward_|backward_)?{owner}(?:_(\d+))?/", label)
    if match is None:
        return f"{owner}{_number(before)}/{label}"
    number = _number(before + int(match[2] or 0))
    return f"{match[1] or ''}{owner}{number}/{label[match.end() :]}"


def _number(count: int) -> str:
    return f"_{count}" if count else ""
