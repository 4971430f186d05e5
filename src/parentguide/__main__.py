"""``python -m parentguide``: the command line."""

from parentguide.cli.main import main

main()
