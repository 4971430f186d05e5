"""Studio: the whole job in a browser, on the person's own computer.

Studio renders pages with plain forms on the server; its script only adds comfort. What it does with
guides and translations, it does with the functions that the command line uses.
"""
