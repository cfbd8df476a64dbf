"""`python -m rooflab`: what the launcher runs."""

import sys

from rooflab.cli import main

if __name__ == "__main__":
    sys.exit(main())
