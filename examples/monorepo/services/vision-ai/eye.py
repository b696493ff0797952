"""The eye: reads a plain PPM picture and names the colours in it."""

import collections

import webcolors


def look(ppm):
    """Width, height, and how many pixels there are of each colour, the most frequent first."""
    numbers = [word for line in ppm.splitlines() for word in line.split("#")[0].split()]
    if numbers[0] != "P3":
        raise SystemExit("This is not a plain PPM picture (P3).")
    width, height, _ = map(int, numbers[1:4])
    values = list(map(int, numbers[4:]))
    pixels = zip(values[0::3], values[1::3], values[2::3])
    counted = collections.Counter(_name(pixel) for pixel in pixels)
    return width, height, dict(counted.most_common())


def _name(pixel):
    def distance(code):
        return sum((a - b) ** 2 for a, b in zip(webcolors.hex_to_rgb(code), pixel))

    return webcolors.CSS3_HEX_TO_NAMES[min(webcolors.CSS3_HEX_TO_NAMES, key=distance)]
