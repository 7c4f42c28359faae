"""Coordinates into WGS-84, whatever frame the source system draws in."""

import numpy as np

AXIS, ECCENTRICITY = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as GCJ-02 uses it
BAIDU = np.pi * 3000 / 180
Points = tuple[np.ndarray, np.ndarray]  # longitudes, latitudes


def to_wgs84(longitude: np.ndarray, latitude: np.ndarray, frame: str) -> Points:
    """CGCS2000 differs from WGS-84 by centimetres and is taken as it."""
    if frame == "BD-09":
        longitude, latitude = _bd09_to_gcj02(longitude, latitude)
    if frame in ("BD-09", "GCJ-02"):
        return _gcj02_to_wgs84(longitude, latitude)
    return longitude, latitude


def _gcj02_to_wgs84(longitude: np.ndarray, latitude: np.ndarray) -> Points:
    x, y = longitude.copy(), latitude.copy()
    for _ in range(3):  # a fixed point: three rounds leave less than a millimetre
        east, north = _shift(x, y)
        x, y = longitude - east, latitude - north
    inside = (longitude > 72) & (longitude < 138) & (latitude > 0.8) & (latitude < 56)
    return np.where(inside, x, longitude), np.where(inside, y, latitude)


def _bd09_to_gcj02(longitude: np.ndarray, latitude: np.ndarray) -> Points:
    x, y = longitude - 0.0065, latitude - 0.006
    radius = np.hypot(x, y) - 2e-5 * np.sin(y * BAIDU)
    angle = np.arctan2(y, x) - 3e-6 * np.cos(x * BAIDU)
    return radius * np.cos(angle), radius * np.sin(angle)


def _shift(longitude: np.ndarray, latitude: np.ndarray) -> Points:
    """How far GCJ-02 moves a WGS-84 point, in degrees."""
    x, y = longitude - 105.0, latitude - 35.0
    root = np.sqrt(np.abs(x))
    shared = (20 * _wave(6 * x) + 20 * _wave(2 * x)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + shared
    north += (20 * _wave(y) + 40 * _wave(y / 3)) * 2 / 3
    north += (160 * _wave(y / 12) + 320 * _wave(y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + shared
    east += (20 * _wave(x) + 40 * _wave(x / 3)) * 2 / 3
    east += (150 * _wave(x / 12) + 300 * _wave(x / 30)) * 2 / 3
    angle = np.radians(latitude)
    magic = 1 - ECCENTRICITY * np.sin(angle) ** 2
    east *= 180 / (AXIS / np.sqrt(magic) * np.cos(angle) * np.pi)
    north *= 180 / (AXIS * (1 - ECCENTRICITY) / (magic * np.sqrt(magic)) * np.pi)
    return east, north


def _wave(value: np.ndarray) -> np.ndarray:
    return np.sin(value * np.pi)
