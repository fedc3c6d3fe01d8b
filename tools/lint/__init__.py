"""Checks that the formatters and compilers don't make."""
