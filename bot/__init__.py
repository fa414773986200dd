"""imagelane: which image model lane to use, what it costs, and whether it was worth it.

An import only ever goes down; import-linter holds the floors and the arrows between features.

    entrypoints    something outside calls us: Slack, the terminal, HTTP, the scheduler
    wiring         START HERE: builds the ground from settings and joins the features to it

What it does, a folder each. Every one has the same file names: command (the typed command and its row in the table of
the entrypoints), `<topic>.py` for its rules, answer (gathers, decides), rows (its SQL), jobs (its jobs, its part of the
sweep and the tidy), slack (its listeners), blocks and chart (values to Slack), printout (values to a terminal).

    estimate, recommend     what a job costs, which lane to take
    samples                 `try`: pictures on demand, kept or rejected
    bench                   a blind test, and what it proves
    spend, budgets          what was spent and whether it was worth it; what may be
    digest                  the week, posted once
    usage, billing          what pipelines report; what the provider billed

What it stands on.

    slack                   client, posts, blocks kit, who asks, who reads a channel
    grammar                 typed words to typed commands, over the table it is handed
    ledger                  pictures, charges, holds, votes
    lanes, evidence         which model fills which lane on a day; what counts of kept and rejected prove
    catalog, pricing        the dated facts in data/, and arithmetic over them
    store, jobs             the database; durable jobs, the only DBOS
    providers, image_files  the image API; the picture folder
    printing                shapes of printouts, answers as JSON
    clock, settings, periods, money, errors
    playground              a Slack on this machine; imports nothing else of bot
"""

__version__ = "0.2.0"
