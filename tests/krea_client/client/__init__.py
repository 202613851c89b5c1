"""Tests of Krea and AsyncKrea: each test runs sync and async."""
