"""From a caller's arguments to one translated, validated JSON body."""
