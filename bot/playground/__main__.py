"""python -m bot.playground: the far end as its own process."""

from bot.playground.control import main

if __name__ == "__main__":
    main()
