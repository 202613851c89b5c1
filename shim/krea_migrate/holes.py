"""What stands in a text for a part that is only known when the program runs."""

HOLE = "\0"
