"""Attention and Transformer layers, worked out."""
