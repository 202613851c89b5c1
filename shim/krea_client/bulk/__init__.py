"""Durable bulk runs: a journal that knows every paid job, one leader that submits and watches, and storage for the results."""
