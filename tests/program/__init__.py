"""Tests of the program as a whole: its commands, files and builds."""
