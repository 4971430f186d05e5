"""The archive that starts Studio without a terminal: what goes into it, and the script that makes it."""
