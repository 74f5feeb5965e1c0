"""Works on this disk, behind one protocol."""
