"""Known weaknesses of the pinned packages, as pip-audit's answer has them: 1 where there is one; where the index did not answer, that is said aloud.

    pip-audit --no-deps --disable-pip --format json -r requirements.txt … | python .ci/audit.py
"""

import json
import os
import sys


def told(answer: str) -> tuple[list[str], list[str], int]:
    """A sentence for each weakness, the packages that nobody could be asked about, and how many were asked about; no answer at all is about no package."""
    try:
        found = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [], [], 0
    asked = [one for one in found if "skip_reason" not in one]
    weak = [f"{one['name']} {one['version']}: {each['id']}" + (f", mended in {' or '.join(each['fix_versions'])}" if each.get("fix_versions") else ", not mended yet")
            for one in asked for each in one.get("vulns", ())]
    return weak, [one["name"] for one in found if "skip_reason" in one], len(asked)


def main() -> int:
    weak, unasked, asked = told(sys.stdin.read())
    for each in weak:
        print(f"A known weakness: {each}", file=sys.stderr)
    if unasked or not asked:
        of = f"{len(unasked)} of {asked + len(unasked)} packages ({', '.join(sorted(unasked))})" if asked or unasked else "any package: it could not be reached"
        print(f"AUDIT SKIPPED IN PART: the package index does not answer for {of}. REQUIRE_AUDIT=1 makes that a failure." if asked else
              f"AUDIT SKIPPED: the package index does not answer for {of}. REQUIRE_AUDIT=1 makes that a failure.", file=sys.stderr)
    print(f"Audited: {asked} packages, {len(weak)} known weaknesses.")
    return 1 if weak or (unasked or not asked) and os.environ.get("REQUIRE_AUDIT") else 0


if __name__ == "__main__":
    sys.exit(main())
