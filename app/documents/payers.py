"""docs/payers.md: every payer and every rule it has, from the content: since when, by which of the claim's days, real or invented, and where it is written."""


def page(catalogue) -> str:
    """The whole page."""
    held = sorted(catalogue.policies.values(), key=lambda policy: (not policy.real, policy.name))
    rules = sum(len(policy.rules) for policy in held)
    parts = [f"# Every payer\n\nWritten by `python -m app document` from `payers/`; a test compares. {len(held)} payers with {rules} rules. A real payer's rules are those of the sources named beside them, but where a rule is marked invented; an invented "
             "payer binds nobody. How a rule is written is in [writing-rules.md](writing-rules.md), what the edits do with it in [edits.md](edits.md).\n"]
    for policy in held:
        parts += [f"## {policy.name}\n", f"`{policy.payer}`, {'real' if policy.real else 'invented for training'}. {' '.join(policy.description.split())}\n",
                  "| rule | about | goes by | values since | last looked at | where it is written |", "|---|---|---|---|---|---|", *(_row(rule) for _, rule in sorted(policy.rules.items())), ""]
    return "\n".join(parts)


def _row(rule) -> str:
    since = ", ".join(str(value.since) + (" (ends)" if value.value is None else "") for value in rule.values) + (f", known until {rule.known_until}" if rule.known_until else "")
    cited = "; ".join(dict.fromkeys(str(citation) for value in rule.values for citation in value.citations if citation.source != "training"))
    written = cited or "its own invented papers"
    return f"| `{rule.rule}`{' (invented)' if rule.invented else ''} | {rule.title} | {rule.in_force_on.value} | {since} | {rule.last_checked} | {written} |".replace("\n", " ")
