"""Studio: the whole job in a browser, on the person's own computer.

It calls the same functions as the command line and keeps no second logic. Server-rendered
pages with plain forms; the little script only adds comfort.
"""
