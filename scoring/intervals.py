"""Intervals about what was counted, so that no figure stands without how sure it is."""

import math

LEVEL = 1.959963984540054
"""Standard errors to either side of a 95 % interval."""
Interval = tuple[float, float]


def wilson(right: float, n: float) -> Interval | None:
    """Of a share (Wilson 1927); right to the ends, where the plain one is not. None without answers."""
    if n <= 0:
        return None
    share, z2 = right / n, LEVEL ** 2
    middle, reach = share + z2 / (2 * n), LEVEL * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = (middle - reach) / (1 + z2 / n), (middle + reach) / (1 + z2 / n)
    return max(low, 0.0) if right else 0.0, min(high, 1.0) if right < n else 1.0


def of_correlation(r: float, n: int) -> Interval | None:
    """Of a correlation (Fisher's z); None below four persons."""
    if n < 4 or abs(r) >= 1:
        return None
    z, reach = math.atanh(r), LEVEL / math.sqrt(n - 3)
    return math.tanh(z - reach), math.tanh(z + reach)


def of_alpha(alpha: float, n: int, items: int) -> Interval | None:
    """Of Cronbach's alpha (Bonett 2002); None below three persons or two items."""
    if n < 3 or items < 2 or alpha >= 1:
        return None
    reach = LEVEL * math.sqrt(2 * items / ((items - 1) * (n - 2)))
    return 1 - (1 - alpha) * math.exp(reach), 1 - (1 - alpha) * math.exp(-reach)
