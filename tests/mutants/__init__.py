"""Small faults put into money and rights, one at a time: do that subject's tests notice? python -m tests.mutants

mutmut lists the faults (a changed sign, a dropped argument, another constant). A seeded sample of them is put into
copies of a commit's tree, never into the checkout, and each is held against its own subject's tests, on SQLite. What
makes them fail is killed, and so is what makes them last too long; what nobody notices survives.
"""
