"""Deciding which catalogue record is the work that was meant, and joining the two."""
