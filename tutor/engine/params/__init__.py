"""Parameter counts: layers counted tensor by tensor, without building them."""
