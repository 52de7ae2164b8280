"""Peer sessions over a network: a server with rooms, and those who connect to it."""
