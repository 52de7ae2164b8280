"""Activation functions at a point, worked out."""
