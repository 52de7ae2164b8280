"""Sequence models of a few numbers, worked out."""

from tutor.engine.worked_sequence import (
    ar_fit,
    ar_forecast,
    ar_root,
    latent_ar,
    markov_distribution,
    markov_probability,
    markov_stationary,
    sequence_probability,
)

__all__ = [
    "ar_fit",
    "ar_forecast",
    "ar_root",
    "latent_ar",
    "markov_distribution",
    "markov_probability",
    "markov_stationary",
    "sequence_probability",
]
