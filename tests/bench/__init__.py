"""``make bench``: how fast the guides are made, and beside whom."""
