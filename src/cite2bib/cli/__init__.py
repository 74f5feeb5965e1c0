"""The command line: options in, calls to the pipeline, text out."""

import sys


def main() -> None:
    """Run the command."""
    sys.exit(0)
