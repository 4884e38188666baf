"""`python -m supervisely_ext.cli`."""

from . import main

main()
