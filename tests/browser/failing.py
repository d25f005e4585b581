"""The server with faults planted in it whose words hold a person: `python -m tests.browser.failing PORT`. For the test of what is logged then."""

import logging
import sys
import threading
import warnings

NAME, ADDRESS, TYPED = "Wilhelmina Okafor", "wilhelmina.okafor@example.org", "zanzibar-the-answer"
BREAKER = "Breaker/1 of Wilhelmina Okafor"


def fails(*_given, **_named):
    """Every way in which a log could come to hold somebody: raised, logged, warned, in a thread, printed by nobody."""
    learner, answer = NAME, TYPED
    logging.getLogger("some.package").warning("refused for %s", ADDRESS)
    logging.getLogger("some.package").error(f"refused for {ADDRESS}")
    warnings.warn(f"{learner} typed {answer}", stacklevel=2)
    thread = threading.Thread(target=lambda: int(f"{learner} {answer}"), name=learner)
    thread.start(), thread.join()
    try:
        int(learner)
    except ValueError as first:
        raise RuntimeError(f"{learner} <{ADDRESS}> answered {answer}") from first


def main(port: int) -> None:
    from app import asgi, reference
    from app.door import routes
    reference.payers = fails
    honest = routes.agent_of
    routes.agent_of = lambda request: fails() if request.headers.get("user-agent") == BREAKER else honest(request)
    asgi.serve(port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
