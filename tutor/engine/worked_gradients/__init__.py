"""Gradients through time, worked out."""

from tutor.engine.worked_gradients import (
    bptt,
    clip_norm,
    clip_value,
    gradient_chain,
    gradient_flow,
    residual_flow,
    scalar_bptt,
    train_recall,
    vanishing_bound,
)

__all__ = [
    "bptt",
    "clip_norm",
    "clip_value",
    "gradient_chain",
    "gradient_flow",
    "residual_flow",
    "scalar_bptt",
    "train_recall",
    "vanishing_bound",
]
