"""Tests of ./dev and of the checks: their names are sentences."""
