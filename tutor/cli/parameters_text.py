"""The parameter workbench in plain lines, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tutor.cli.output import lines, text_width
from tutor.cli.worked import fitting, shape_text, value_text, worked_data
from tutor.labs.parameters import Guess, ParametersFrame, Share, alike
from tutor.text.message import msg
from tutor.text.speaker import Speaker
from tutor.text.template import labelled
from tutor.text.width import cells, pad
from tutor.text.words import Words

LONGEST_BAR = 24
NARROWEST = 16  # cells that words beside numbers need; otherwise they stand below
_TITLES: dict[str, Words] = {
    "rnn": "RNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "dense": msg("Dense layers"),
    "conv": msg("Convolution"),
    "embedding": msg("Embedding"),
    "layer-norm": msg("Layer norm"),
    "batch-norm": msg("Batch norm"),
    "attention": msg("Multi-head attention"),
    "additive-attention": msg("Additive attention"),
    "encoder-layer": msg("Encoder layer"),
    "decoder-layer": msg("Decoder layer"),
    "transformer": "Transformer",
    "gpt": "GPT",
    "bert": "BERT",
    "lenet5": "LeNet-5",
    "image-classifier": msg("Image classifier"),
}
_CONVENTIONS = {
    "pytorch": "PyTorch",
    "keras": "Keras",
    "textbook": msg("textbook"),
    "flax": "Flax",
    "onnx": "ONNX",
}


def frame_lines(frame: ParametersFrame, speaker: Speaker) -> Iterator[str]:
    """Give the tensors as a table, the sums, the conventions and the captions."""
    title: Words = _TITLES[frame.layer]
    if frame.conventions:
        title = msg("{layer}, {convention}", layer=title, convention=_CONVENTIONS[frame.convention])
    yield from (*lines(title, speaker), "")
    yield from _tensor_lines(frame, speaker)
    yield ""
    for step in frame.worked.steps:
        yield from lines(step.text, speaker)
    if frame.conventions:
        yield ""
        yield from _convention_lines(frame, speaker)
    for caption in frame.captions:
        yield ""
        yield from lines(caption, speaker)


def _tensor_lines(frame: ParametersFrame, speaker: Speaker) -> Iterator[str]:
    rows = [_tensor_row(share, speaker) for share in frame.shares]
    rows.append((_line(msg("total"), speaker), "", "", value_text(frame.total), ""))
    widths = [max(cells(row[column]) for row in rows) for column in range(5)]
    shown = fitting(widths, (1, 4, 2))  # symbols, shares, shapes
    bar = min(LONGEST_BAR, text_width() - sum(widths) - 5 * 2) if len(shown) == 5 else 0
    for row, share in zip(rows, [*frame.shares, None], strict=True):
        cell = [pad(row[at], widths[at], "right" if at >= 3 else "left") for at in shown]
        drawing = "" if share is None or bar < 4 else _bar(share.share * bar, speaker)
        yield f"  {'  '.join(cell)}  {drawing}".rstrip()


def _bar(length: float, speaker: Speaker) -> str:
    full, least = ("#", "#") if speaker.ascii else ("█", "▏")
    return full * round(length) or least


def _tensor_row(share: Share, speaker: Speaker) -> tuple[str, str, str, str, str]:
    term = share.term
    return (
        _line(labelled(term.label), speaker),
        speaker.maths(term.symbol),
        shape_text(term, speaker),
        value_text(term.count),
        f"{share.share:.1%}",
    )


def _convention_lines(frame: ParametersFrame, speaker: Speaker) -> Iterator[str]:
    groups = alike(frame.conventions)
    labels = [", ".join(_line(one.label, speaker) for one in group) for group in groups]
    totals = [value_text(group[0].total) for group in groups]
    label_width, total_width = max(map(cells, labels)), max(map(cells, totals))
    chosen = ">" if speaker.ascii else "▸"
    for (convention, *_), label, total in zip(groups, labels, totals, strict=True):
        mark = chosen if convention.chosen else " "
        start = f"{mark} {pad(label, label_width)}  {pad(total, total_width, 'right')}  "
        room = text_width() - cells(start)
        if room < NARROWEST:
            yield from convention_lines(mark, label, total, convention.why, speaker)
            continue
        first, *rest = lines(convention.why, speaker, room)
        yield start + first
        for line in rest:
            yield " " * cells(start) + line
    yield from lines(frame.difference, speaker)


def convention_lines(
    mark: str, label: Words, total: str, why: Words, speaker: Speaker
) -> Iterator[str]:
    """Give what a convention counts and why as a paragraph, where there is no room for a table."""
    count = msg("{label}: {total}. {why}", label=label, total=total, why=why)
    first, *rest = lines(count, speaker, text_width() - 2)
    yield f"{mark} {first}"
    yield from (f"  {line}" for line in rest)


def guess_lines(guess: Guess, speaker: Speaker) -> Iterator[str]:
    """Give the verdict on a guess."""
    if guess.verdict == "right":
        yield from lines(msg("✓ Right. {message}", message=guess.message), speaker)
    else:
        yield from lines(msg("✗ Not yet. {message}", message=guess.message), speaker)


def guess_data(guess: Guess, speaker: Speaker) -> dict[str, object]:
    """Return the verdict on a guess as data."""
    return {
        "value": guess.value if isinstance(guess.value, int) else float(guess.value),
        "verdict": guess.verdict,
        "mistake": guess.mistake,
        "message": _line(guess.message, speaker),
    }


def frame_data(
    frame: ParametersFrame, controls: Mapping[str, object], speaker: Speaker
) -> dict[str, Any]:
    """Return the frame as data: the count, each tensor's share, and what is said about it."""
    arguments = {name: value for name, value in controls.items() if name != "layer"}
    data = worked_data(frame.worked, arguments, speaker)
    for term, share in zip(data["terms"], frame.shares, strict=True):
        term["share"] = share.share
    data["captions"] = [_line(caption, speaker) for caption in frame.captions]
    data["difference"] = _line(frame.difference, speaker)
    return data


def _line(words: Words, speaker: Speaker) -> str:
    return " ".join(lines(words, speaker, 100_000))
