"""One file a revision, numbered; upkeep.REVISIONS lists them."""
