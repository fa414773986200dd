"""imagelane: which image model lane to use, what it costs, and whether it was worth it.

Rooms, from the doors down. An import only ever goes down this list; import-linter holds it to that.

    terminal                  the `imagelane` command line
    wiring                    START HERE: builds every part from settings and joins them
    slack, web, clock         doors: something outside calls us; playground is a Slack on this machine
    answers, studio, bench,   what happens: one function a question; one picture from click to channel; a blind
    proofs, intake, purse,    comparison, and what it proves; usage that pipelines report, from HTTP and from CSV;
    thresholds, digest,       budgets asked and changed, and told of when they near their end; the week, posted
    series, installation      once; the chart that follows an answer by day; which workspace is served
    readers, guests           whether people of another workspace read a channel, asked before amounts are posted;
                              whether a person may draw on the team's money
    views, printouts          looks: a value in, a message out
    store, jobs, posts,       one outside thing each: the only SQL, the only DBOS, the only Slack client,
    painters, pictures,       the only image API, the only picture folder, the only reader of data/,
    catalog, settings,        the only reader of the environment, the only Prometheus,
    metrics, timepiece,       the only teller of the time, the only reader of the provider's bill
    bills
    pricing, lanes, grammar,  thinking: values in, values out; no clock, no file, no network
    drawings, records,
    spend, budgets, benches,
    periods, reconciling,
    schedules, weeks,
    evidence, api_tokens
    errors                    everything a person may read when something fails
"""

__version__ = "0.1.0"
