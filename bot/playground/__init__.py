"""A Slack workspace on this machine, for the tests and the playground. It imports nothing else of bot.

`far_end` is the way in: `with FarEnd(bot_url=...) as slack: ...`. Under it, from the top down: `signed` and `sockets`
send to the bot, `payloads` shapes what they send, `web_api` with `chats`, `uploads` and `modals` answers the bot,
`response_urls` takes late answers, `block_checks` judges every block, `faults` breaks things on demand, `workspace` is
what this Slack knows, `clock` the time people there see, `loopback` is the HTTP server under it all. `page` shows
it all to whoever plays; the tests do without.
"""
