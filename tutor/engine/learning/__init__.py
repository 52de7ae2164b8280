"""Training small recurrent networks, on arrays."""
