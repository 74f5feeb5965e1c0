"""Catalogues on the network: what to ask and how to read the answer, one module each, no I/O of their own."""
