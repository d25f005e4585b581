"""In which time zone days begin and end here: the machine's own, or the one that CLEAN_CLAIM_ZONE names."""

import os
import time
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = "CLEAN_CLAIM_ZONE"


def complaints(env: Mapping[str, str]) -> list[str]:
    """Whether the setting names a zone."""
    said = env.get(ZONE, "").strip()
    return [f"{ZONE} is {said}, which is no time zone. Write one as the tz database names it, such as America/New_York or Europe/Dublin; left out, it is this machine's."] if said and _named(said) is None else []


def settle(env: Mapping[str, str] | None = None) -> None:
    """From now on every local time of this process is in the zone that is set. A wrong name changes nothing: the start refuses it."""
    said = (os.environ if env is None else env).get(ZONE, "").strip()
    if said and _named(said) is not None and hasattr(time, "tzset"):
        os.environ["TZ"] = said
        time.tzset()


def name() -> str:
    """The zone in words for a page: its name where it is set, else what the machine calls it."""
    said = os.environ.get(ZONE, "").strip()
    return said.replace("_", " ") if said and _named(said) is not None else datetime.now().astimezone().tzname() or "UTC"


def _named(said: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(said)
    except (KeyError, ValueError, OSError):      # no such key, an absolute or climbing path, a folder
        return None
