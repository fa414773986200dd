"""`try` and `show`: pictures on demand, from the click to the kept or rejected picture.

priced_images     what is drawn, and what each picture costs at most
studio            draws one picture: claim, the one paid call, file, books
publisher         shows it: placeholder, updates, uploads, one picture handed over
call_outcome      what a paid call came to, for the books
delivery          where it is shown: a Slack message, or a folder beside a terminal
beside          who asked, who voted and the tightest budget, for its message
forms           windows to draw from: Retry under a picture, Draw under an answer
leases, folder, unwritten   a call that is slow, a disk that is full, a store that is away
"""
