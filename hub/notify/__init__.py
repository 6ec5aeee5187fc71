"""What leaves the hub: letters by fixed templates, calendar entries, the outbox, and one door.

``letters`` and ``calendar`` say what a message contains, ``envelope`` seals it into bytes once, and
``door`` is the only place through which the bytes reach a relay or the local mailbox. Nothing here
knows who a case is about: no such fact is an argument of any function on this path.
"""
