"""``make bench``: the time that guides take, and the time of other programs on the same words."""
