"""The pictures of docs/gallery.md, made from real runs against a sandbox on this computer."""
