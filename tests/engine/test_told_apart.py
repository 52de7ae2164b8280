"""At sizes that questions draw, mistakes differ from the answer and from each other.

A card whose numbers make mistakes coincide is drawn again, so most draws must be free of it: a
mistake that equals a likelier one at all usual sizes would be drawn again in vain.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product
from typing import Any

import pytest

from tutor.engine import EngineError, compute, names

WIDTHS = (8, 10, 16, 24, 32, 48)
CONVENTIONS = ("pytorch", "keras", "textbook", "flax", "onnx")
RECURRENT = {
    "input_size": WIDTHS,
    "hidden_size": (10, 24, 64, 128),
    "convention": CONVENTIONS,
    "seq_len": (7,),
    "batch_size": (32,),
}
LAYER = {
    "d_model": (64, 128, 256, 512),
    "nhead": (4, 8),
    "dim_feedforward": (256, 512, 1024, 2048),
    "convention": ("pytorch", "textbook"),
    "seq_len": (10, 20),
}
MODEL = "embedding({0}, {1}) > lstm({1}, {2}, num_layers={3}) > dense({2}, {4})"
DRAWN: dict[str, dict[str, tuple[Any, ...]]] = {
    "rnn_params": RECURRENT,
    "lstm_params": RECURRENT | {"num_layers": (1, 2), "bidirectional": (False, True)},
    "gru_params": RECURRENT | {"num_layers": (1, 3)},
    "dense_params": {
        "layer_sizes": ((784, 256, 128, 10), (784, 100, 10), (20, 64, 64, 5), (30, 12)),
        "convention": CONVENTIONS,
        "batch_size": (32,),
    },
    "conv_params": {
        "in_channels": (1, 3, 16, 32),
        "out_channels": (8, 32, 64),
        "kernel_size": (3, 5),
        "image_size": (28, 32),
        "convention": CONVENTIONS,
    },
    "embedding_params": {
        "num_embeddings": (1000, 5000, 20_000),
        "embedding_dim": (50, 128, 300),
        "seq_len": (10, 25),
    },
    "layer_norm_params": {"normalized_shape": (64, 128, 512), "seq_len": (10, 20)},
    "batch_norm_params": {
        "num_features": (16, 32, 64),
        "image_size": (14, 28),
        "convention": ("pytorch", "keras", "textbook", "flax"),
    },
    "additive_attention_params": {
        "query_size": (10, 20, 64),
        "key_size": (12, 30, 128),
        "num_hiddens": (8, 16, 100),
    },
    "attention_params": {
        "embed_dim": (64, 128, 256, 512),
        "num_heads": (2, 4, 8),
        "convention": ("pytorch", "keras", "textbook", "flax"),
        "seq_len": (10, 20),
    },
    "encoder_layer_params": LAYER,
    "decoder_layer_params": LAYER,
    "transformer_params": {
        "d_model": (64, 128, 512),
        "nhead": (4, 8),
        "num_encoder_layers": (2, 6),
        "num_decoder_layers": (3, 6),
        "dim_feedforward": (256, 2048),
        "src_vocab_size": (8000, 37_000),
        "tgt_vocab_size": (8000,),
        "max_len": (512,),
    },
    "gpt_params": {"n_embd": (64, 256, 768), "n_layer": (2, 6, 12), "n_head": (4, 8)},
    "bert_params": {"hidden_size": (64, 256, 768), "num_hidden_layers": (2, 6, 12)},
    "lenet5_params": {"batch_size": (16, 32)},
    "image_classifier_params": {
        "image_size": (28, 32),
        "num_classes": (6, 10),
        "conv_channels": ((16, 32), (32, 64)),
        "head": ("flatten", "global_average_pooling"),
        "hidden_sizes": ((128,), (64,)),
    },
    "model_params": {
        "layers": tuple(
            MODEL.format(*sizes)
            for sizes in product((1000, 20_000), (50, 128), (64, 100), (1, 2), (5, 10))
        ),
        "seq_len": (20,),
    },
}
ENOUGH = 60  # draws of each function
FREE = 0.6  # of the draws, at least


def draws(choices: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Yield combinations spread over all of them."""
    every = list(product(*choices.values()))
    for values in islice(every, 0, None, max(1, len(every) // ENOUGH)):
        yield dict(zip(choices, values, strict=True))


def test_every_count_is_tried() -> None:
    assert set(DRAWN) == {name for name in names() if name.endswith("_params")}


@pytest.mark.parametrize("name", DRAWN)
def test_most_draws_tell_all_mistakes_apart(name: str) -> None:
    tried, free = 0, 0
    for args in draws(DRAWN[name]):
        try:
            worked = compute(name, args)
        except EngineError:  # a convention without such a layer
            continue
        values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
        assert all(a != b for a, b in combinations(values, 2)), args
        tried += 1
        free += not worked.coinciding
    assert tried >= 2
    assert free >= FREE * tried
