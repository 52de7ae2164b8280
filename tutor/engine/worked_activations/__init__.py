"""Activation functions at a point, worked out."""

from tutor.engine.worked_activations import gelu, relu, sigmoid, softmax, tanh

__all__ = ["gelu", "relu", "sigmoid", "softmax", "tanh"]
