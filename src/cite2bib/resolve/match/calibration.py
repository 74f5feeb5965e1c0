"""How often a record of such log odds was the work meant. Written by `bench/calibrate.py`, which says from what.

Each line holds from its log odds on; below the first, its share holds too.
"""

TABLE: tuple[tuple[float, float], ...] = (
    (-29.935, 0.002),
    (-6.005, 0.0128),
    (-1.105, 0.2517),
    (1.295, 0.5625),
    (1.395, 0.6867),
    (2.895, 0.9999),
)
