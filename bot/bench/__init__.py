"""Blind comparisons: planned, quoted, drawn, reviewed, sealed; nothing by lane before that.

plan, quote, letters, steps, pages, outcome, proof   the rules: what is compared at what price at most, under which
                  letters, what has to happen next, one prompt as one reviewer sees it, what the votes came to
verdicts          gathers what a sealed one proves
rows_read, rows_calls, rows_ends, rows_votes, rows_pages, rows_composites   its SQL, by what is asked
drawing           draws one: call by call, each step from what the rows say
posts             one Slack message updated in place, the verdict
bringing, composites   the pictures for reviewers, each alone and side by side
slack, slack_review   its listeners: planned and followed; judged, one prompt at a time
blocks, blocks_plan, blocks_review, sheets   values to Slack's blocks and windows; its pictures side by side as PNG
printout, cli, export   values to a terminal; `bench` there; a sealed one as CSV
"""
