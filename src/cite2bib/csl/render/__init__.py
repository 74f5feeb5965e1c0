"""Tokens to text: one module a target."""
