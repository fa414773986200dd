"""What the fork server of `forked` loads before it forks: all that a process of the bot comes to load by drawing one
picture, the catalogue too. It is then left out of every collection, or each process would begin with a walk through it.

The server passes over an ImportError and forks with half of it loaded, so that each process would load the rest for
itself; any other error ends it.
"""

import gc
import importlib

from bot import catalog

LOADED = [
    *(
        "bot.entrypoints.cli",
        "bot.entrypoints.cli.operators",
        "bot.entrypoints.cli.processes",
        "bot.entrypoints.cli.samples",
        "bot.wiring",
        "bot.jobs",
        "bot.entrypoints.scheduler",
    ),
    *(
        "bot.entrypoints.slack.app",
        "bot.entrypoints.http",
        "bot.providers.openai",
        "bot.providers.demo",
        "bot.providers.patience",
        "bot.estimate",
        "bot.recommend",
        "dbos",
        "dbos._sys_db_sqlite",
        "encodings.idna",
    ),
    *("uvicorn", "uvicorn.loops.auto", "uvicorn.loops.asyncio", "uvicorn.lifespan.off", "uvicorn.protocols.http.auto"),
    *("uvicorn.protocols.http.h11_impl", "uvicorn.protocols.websockets.auto", "anyio._backends._asyncio"),
    *(
        "openai.resources.images",
        "httpcore2",
        "truststore",
        "cachetools",
        "cachetools._cached",
        "cachetools._decorator",
    ),
    *("apscheduler.triggers.date", "apscheduler.triggers.interval", "tests.kit.races", "tests.kit.runner_process"),
]

for name in LOADED:
    try:
        importlib.import_module(name)
    except ImportError as error:
        raise RuntimeError(f"{name} is not there to be loaded before a fork") from error
catalog.load()  # it is kept
gc.collect()
gc.freeze()
