"""`python -m cite2bib` is the command `cite2bib`."""

from cite2bib.cli import main

if __name__ == "__main__":
    main()
