"""How a payer's folder becomes its policy: payer.yaml says who it is, every other file holds one rule, typed by its kind."""

from dataclasses import dataclass
from pathlib import Path

from billing.policy import KINDS, PayerPolicy, Rule
from curriculum.mistakes import Mistake, Unreadable, did_you_mean
from curriculum.models import Content, Slug, Text
from curriculum.reader import Node, read, typed

ABOUT = "payer.yaml"


class About(Content):
    """payer.yaml: `real` is false for payers made for training; `payer` may repeat the folder's name."""
    payer: Slug | None = None
    name: Text
    real: bool
    description: Text


@dataclass(frozen=True)
class Folder:
    """What one payer's folder holds: each rule's file, and the policy, unless anything is wrong with it: half a policy decides wrongly."""
    policy: PayerPolicy | None
    files: dict[str, Node]


def read_folder(name: str, files: list[tuple[Path, str]], mistakes: list[Mistake]) -> Folder:
    """The payer whose files these are (path, and name to show); every mistake is added to `mistakes`."""
    before, about, rules, nodes = len(mistakes), None, {}, {}
    for path, shown in files:
        try:
            node = read(path, shown=shown)
        except Unreadable as error:
            mistakes.extend(error.mistakes)
            continue
        if path.name == ABOUT:
            about, found = typed(About, node)
            kind = ABOUT
        else:
            rule, found = _rule(node)
            kind = rule.rule if rule else shown
            if kind in rules:
                found = [node.mistake(("rule",), f"this payer has the rule {kind} already, in {nodes[kind].file}")]
            elif rule:
                rules[kind] = rule
        mistakes.extend(found)
        nodes.setdefault(kind, node)
        if isinstance(node.value, dict) and node.value.get("payer", name) != name:
            mistakes.append(node.mistake(("payer",), f'this file lies in the folder of "{name}" and says it is of "{node.value["payer"]}"'))
    if ABOUT not in nodes:
        mistakes.append(Mistake(f"payers/{name}/{ABOUT}", 1, "", "the file is missing: it says who the payer is (payer, name, real, description)"))
    whole = about and len(mistakes) == before
    return Folder(PayerPolicy(name, about.name, about.real, about.description, rules) if whole else None, nodes)


def _rule(node: Node) -> tuple[Rule | None, list[Mistake]]:
    """The one rule of a file."""
    kind = node.value.get("rule") if isinstance(node.value, dict) else None
    if not isinstance(kind, str):
        return None, [node.mistake((), 'the field "rule" is missing: it says which kind of rule this is')]
    if kind not in KINDS:
        return None, [node.mistake(("rule",), f'there is no kind of rule "{kind}"{did_you_mean(kind, KINDS)}')]
    rule, found = typed(Rule[KINDS[kind]], node)
    return rule, found or _dates(rule, node)


def _dates(rule: Rule, node: Node) -> list[Mistake]:
    """A rule's values begin, each later than the one before, and each says where it is written."""
    found = []
    if not rule.values:
        found.append(node.mistake(("values",), "a rule needs at least one value with its first day (since)"))
    for place, (earlier, later) in enumerate(zip(rule.values, rule.values[1:]), start=1):
        if later.since <= earlier.since:
            found.append(node.mistake(("values", place, "since"), f"values stand in the order of their days; {later.since} is not after {earlier.since}"))
    for place, value in enumerate(rule.values):
        if not value.citations and not rule.invented:
            found.append(node.mistake(("values", place), "a real payer's value needs a citation"))
    return found
