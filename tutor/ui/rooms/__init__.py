"""What the screens of a room have in common: the host's and the players'."""
