"""HTTP: what Slack, pipelines and Prometheus reach. Bodies are bounded before they are read for what they say.

app         builds the one web process
server      uvicorn, with a deadline for headers and room for who sends some; loaded by who serves
bodies      how much of a body is read, and for how long, and how much of all together
v1          usage that pipelines report, what was spent, lanes and estimates
cached      answers that a program may keep for a while
gate        who may use it, and how often
document    /openapi.json, and the page of it at /docs; document_shapes has what its operations share
metrics     the figures of /metrics
served      what all of these stand on, from a house
"""

from bot.entrypoints.http.app import NOBODY, Rule, build
from bot.entrypoints.http.v1 import Api

__all__ = ["NOBODY", "Api", "Rule", "build"]
