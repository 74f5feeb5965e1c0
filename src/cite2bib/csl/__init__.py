"""The CSL 1.0.2 engine: styles, locales and works in, citations and bibliographies out.

https://docs.citationstyles.org/en/stable/specification.html
"""
