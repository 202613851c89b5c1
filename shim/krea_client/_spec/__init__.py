"""What the spec says of each operation: catalogue, prices, suggestions."""
