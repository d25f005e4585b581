"""The door of a team's installation: what is answered over HTTP before and beside the pages. What stands in it is imported only by the server."""

stands = False
"""Whether it stands before the pages of this process; `app.asgi` puts it there."""
NOT_THERE = ("This installation is a team's (CLEAN_CLAIM_TEAM is set), and it was started without its sign-in, so no page is shown. "
             "Whoever runs it: stop it, and start it with `make run` or `python -m app serve`.")
