"""`budget`: what may be spent, by whom, who is told when it nears its end."""
