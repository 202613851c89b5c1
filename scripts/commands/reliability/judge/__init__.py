"""An independent judge of the client: an API of bare sockets with a ledger of its own, which shares no code with client or sandbox."""
