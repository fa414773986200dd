"""Lanes: which model fills which role on a day, which one to take, and when a model ends. Values in, values out.

bindings   which model fills which lane on a day, and the guard that outranks the dated rows
life       released, announced to end, shut down
effect     what a choice does to the price of one square image
programs   what a lane means to a pipeline, and from when a change of it counts
statuses   what is alive on a day
advice     which lane to take; with existing, scene and finding behind it
"""
