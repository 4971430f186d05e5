"""Tests of Studio, the local web app."""
