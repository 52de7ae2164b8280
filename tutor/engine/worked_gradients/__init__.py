"""Gradients through time, worked out."""
