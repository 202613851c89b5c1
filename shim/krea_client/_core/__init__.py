"""What the client does, sans I/O: generators that yield effects; no clock and no socket."""
