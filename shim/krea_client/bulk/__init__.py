"""Durable bulk runs: a journal that records every paid job, one leader that submits and polls, and storage for the results."""
