"""A question file as large as a benchmark wants it."""

from __future__ import annotations

from pathlib import Path

TOPIC = "bench"
_CARD = """\
- id: bench.card-{n}
  kind: numeric
  draw: {{d: {{choose: [8, 10, 16, 32]}}, h: {{from: 8, to: 256, step: 8}}}}
  compute: {{lstm: {{engine: lstm_params, args: {{input_size: d, hidden_size: h}}}}}}
  prompt: "Card {n}. An LSTM layer reads {{d}} inputs into {{h}} units. How many parameters?"
  answer: lstm.total
  explain: "Four blocks of {{h}}·({{d}}+{{h}}+2): {{lstm.total:,}}."
"""


def write_cards(home: Path, count: int) -> list[str]:
    """Write numeric cards with drawn numbers among a learner's own; return their ids."""
    folder = home / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    cards = "".join(_CARD.format(n=n) for n in range(1, count + 1))
    head = f"format: 1\ntopic: {TOPIC}\ntitle: Benchmark\nquestions:\n"
    (folder / f"{TOPIC}.yaml").write_text(head + cards, encoding="utf-8")
    return [f"{TOPIC}.card-{n}" for n in range(1, count + 1)]
