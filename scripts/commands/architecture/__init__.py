"""The pictures of docs/architecture.md: layers and imports, and the way of one request."""
