"""Paid jobs inside the tasks of engines whose workers are killed: how often each is billed, and which are delivered."""
