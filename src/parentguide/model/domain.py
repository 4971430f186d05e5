"""The domains of messages: each guide has one with its own name."""

# The domain of the words that all guides share.
INTERFACE = "interface"
