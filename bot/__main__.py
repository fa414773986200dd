"""python -m bot is the imagelane command."""

import sys

from bot.terminal import main

sys.exit(main())
