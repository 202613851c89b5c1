"""Tests of Krea and AsyncKrea: one telling of each story, run in both colours."""
