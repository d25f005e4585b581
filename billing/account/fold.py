"""What each action does to an account, and what the days bring: a pure fold, so that the same actions always make the same account."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from billing.account import acting, replies
from billing.account.actions import (Action, Appeal, AskStatus, Authorize, Call, Close, Note, PaymentPlan, Post, Refund, Send, Statement, Verify, Wait, WriteOff)
from billing.account.state import Account, Arrival, Entry
from billing.account.world import World

ACTING = {Verify: replies.verify, Authorize: replies.authorize, Send: replies.send, AskStatus: replies.status, Call: replies.call, Appeal: replies.appeal,
          Post: acting.post, WriteOff: acting.write_off, Statement: acting.statement, PaymentPlan: acting.plan, Refund: acting.refund, Note: acting.note, Close: acting.close}
FREE = (Wait, Note, Close)
"""What is no touch."""


class Refused(ValueError):
    """The action cannot be done as things stand; the sentence says why. The account is unchanged."""


def begin(world: World) -> Account:
    """The account on the day it is opened; what the patient pays at the desk comes on the day of service."""
    account = Account(world, world.opened, files={side.payer: side.believed for side in world.payers})
    if world.patient.at_the_desk:
        account = account.having(coming=(Arrival(1, world.service, "patient", "patient-payment", world.patient.at_the_desk),))
    return _deliver(account, world.opened)


def act(account: Account, action: Action) -> Account:
    """The account after one action. Refused with a sentence when it cannot be done."""
    if account.closed:
        raise Refused("This account is closed.")
    if isinstance(action, Wait):
        return wait(account, action.days)
    try:
        done = ACTING[type(action)](account, action)
    except (LookupError, ValueError) as error:
        raise Refused(str(error).strip("'\"")) from error
    done = done if isinstance(action, FREE) else done.having(touches=done.touches + 1)
    return _deliver(done, done.today)


def fold(world: World, actions: Iterable[Action]) -> Account:
    """The account after all of the actions."""
    account = begin(world)
    for action in actions:
        account = act(account, action)
    return account


def wait(account: Account, days: int) -> Account:
    """Days pass, one by one, and bring what they bring."""
    if days < 1:
        raise Refused("Waiting takes at least one day.")
    for _ in range(days):
        tomorrow = account.today + timedelta(days=1)
        account = _deliver(acting.overdue(account.having(today=tomorrow)), tomorrow)
    return account


def next_arrival(account: Account) -> date | None:
    """The day on which something is known to come; None when nothing is on its way."""
    return min((arrival.day for arrival in account.coming), default=None)


def _deliver(account: Account, day: date) -> Account:
    """Everything due by the day arrives, in the order in which it was due, under the next numbers."""
    due = sorted((each for each in account.coming if each.day <= day), key=lambda each: (each.day, each.number))
    for each in due:
        numbered = replace(each, number=len(account.arrivals) + 1)
        account = account.having(arrivals=(*account.arrivals, numbered), coming=tuple(c for c in account.coming if c is not each),
                                 entries=(*account.entries, Entry(numbered.day, numbered.by, numbered.kind, replies.said(numbered), replies.amount(numbered), numbered.number)))
        account = replies.after(account, numbered)
    return account
