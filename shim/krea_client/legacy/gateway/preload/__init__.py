"""Small programs that are loaded into the programs that a gateway serves; their texts are copied, nothing imports them."""
