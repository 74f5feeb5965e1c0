"""What others hand over as structured data, to works: below formats and sources, because both meet it.

A catalogue's answer is read by its source when it comes over the network, and by a format when somebody saved it.
"""
