"""Recurrent cells over sequences of vectors, with every gate at every step."""
