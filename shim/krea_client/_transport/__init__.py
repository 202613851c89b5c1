"""Sockets, clocks, threads and files: the only layer that knows them."""
