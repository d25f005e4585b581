"""A page whose server went away and came back, perhaps as another one: the browser hands over once more what is chosen on it, when the page stands again.

Streamlit asks for the page by itself then. But a choice made before the new session has drawn it goes nowhere, unsaid, where it belongs to a part that is drawn by itself.
"""

import streamlit as st

JS = """
export default function ({ setTriggerValue }) {
  const app = document.querySelector('[data-testid="stApp"]')
  const said = name => app.getAttribute("data-test-" + name)
  const held = window.cleanClaimReturning ??= { phase: "here", waited: 0 }   // the new session draws this anew as well
  const look = () => {
    if (said("connection-state") !== "CONNECTED") held.phase = "away"
    else if (held.phase === "away") Object.assign(held, { phase: "back", waited: 0 })
    if (held.phase === "back" && said("script-state") !== "notRunning") held.phase = "drawing"
  }
  const ask = () => {
    look()
    const drawn = held.phase === "drawing" && said("script-state") === "notRunning"
    if (drawn) held.phase = "here"
    if (drawn || held.phase === "back" && ++held.waited % 12 === 0) setTriggerValue("back", Date.now())
  }
  const seen = new MutationObserver(look), timer = setInterval(ask, 200)
  seen.observe(app, { attributes: true })
  return () => { seen.disconnect(); clearInterval(timer) }
}
"""

_watch = st.components.v2.component("returning", html="<span hidden></span>", js=JS)


def watch() -> None:
    """Last on every page, where it takes no room."""
    _watch(key="returning", on_back_change=lambda: None)
