"""Tests of what a build makes: pages, sheets and plain files."""
