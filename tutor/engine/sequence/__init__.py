"""Sequence models without a network: autoregression, Markov chains, a fixed latent state."""
