"""`python -m mougen` is `mougen`."""

from .cli import main

main()
