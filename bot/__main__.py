"""python -m bot is the imagelane command."""

import sys

from bot.entrypoints.cli import main

sys.exit(main())
