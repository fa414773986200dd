"""Blind comparisons: planned, quoted, drawn, reviewed, sealed; nothing by lane before that.

plan, quote, letters, steps, pages, outcome, proof   the rules: what is compared at what price at most, under which
                  letters, what has to happen next, one prompt as one reviewer sees it, what the votes came to
verdicts          gathers what a sealed one proves, and what to do next
verdict_words, verdict_money, verdict_details   what is said of it: the decision, the saving, all figures behind it
rows_read, rows_calls, rows_ends, rows_votes, rows_pages, rows_composites   its SQL, by what is asked
prompt_files, prompt_config, prompt_templates, prompt_yaml   prompts from a file or a paste, promptfoo's among them
drawing           draws one: call by call, each step from what the rows say
posts             one Slack message updated in place, the verdict
bringing, composites   the pictures for reviewers, each alone and side by side
slack, slack_plan, slack_review, slack_verdict   its listeners: followed; planned; judged prompt by prompt; taken
blocks, blocks_plan, blocks_quote, blocks_review, blocks_verdict, sheets
                  values to Slack's blocks and windows; its pictures side by side as PNG
printout, export, export_promptfoo   values to a terminal; a sealed one as CSV, and as promptfoo's results
"""
