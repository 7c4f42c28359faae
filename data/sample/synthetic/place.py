"""Where synthetic points lie: a schematic three-by-three field, not the real street."""

from random import Random

from synthetic import street

WEST, SOUTH = 106.655, 26.410
CELL_LON, CELL_LAT = 0.015, 0.0135


def somewhere(random: Random, grid: street.Grid) -> tuple[float, float]:
    """A WGS-84 point in the part of the field that is drawn for the grid's community."""
    number = int(grid.code[9:12]) - 1
    order = int(grid.code[12:]) - 1
    column, row = order % 4, order // 4
    lon = WEST + CELL_LON * (number % 3 + (column + random.uniform(0.1, 0.9)) / 4)
    lat = SOUTH + CELL_LAT * (number // 3 + (row + random.uniform(0.1, 0.9)) / 5)
    return lon, lat
