"""The time left, drawn by the browser from the server's deadline: quiet, easy to hide, and never asked of the server each second."""

import streamlit as st

HTML = """<div class="clock">
<p id="left" aria-hidden="true"></p>
<p id="aloud" role="status"></p>
<button id="hide" type="button"></button>
</div>
"""

CSS = """
.clock { display: flex; align-items: baseline; gap: .75rem; justify-content: flex-end; font: 400 .9375rem/1.5 var(--st-font); color: var(--st-text-color); }
.clock p { margin: 0; }
#left { font-variant-numeric: tabular-nums; }
#left[hidden] { display: none; }
#aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { font: inherit; font-size: .8125rem; min-height: 1.75rem; padding: .125rem .5rem; color: inherit; background: none; border: 1px solid currentColor; border-radius: 3px; cursor: pointer; }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
@media (max-width: 640px) { .clock { justify-content: flex-start; } }
@media print { .clock { display: none; } }
"""

# The time that was left when the server drew the page, less what has passed since: by a stopwatch, which some browsers stop while the computer sleeps, or by the computer's clock,
# which somebody may set back; whichever says more. A tick that is long overdue (a hidden tab has one a minute) comes after sleep, or a clock set ahead: the server is asked what is left.
# Said aloud at half an hour, ten, five and one minute; seconds are shown in the last five minutes only.
JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const left = parentElement.querySelector("#left"), aloud = parentElement.querySelector("#aloud"), hide = parentElement.querySelector("#hide")
  const began = performance.now(), day = Date.now(), marks = [30, 10, 5, 1], overdue = 90000
  const since = () => Math.max(performance.now() - began, Date.now() - day), ask = () => setTriggerValue("expired", data.deadline)
  let said = marks.filter(m => data.left <= m * 60000), told = false, last = 0
  const words = ms => {
    const s = Math.max(0, Math.ceil(ms / 1000)), h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60)
    return s > 300 ? (h ? h + " h " : "") + m + " min left" : m + ":" + String(s % 60).padStart(2, "0") + " left"
  }
  const hidden = () => { try { return sessionStorage.getItem("cc-clock") === "hidden" } catch (e) { return false } }
  const draw = () => { left.hidden = hidden(); hide.textContent = hidden() ? "Show time" : "Hide time" }
  hide.onclick = () => { try { sessionStorage.setItem("cc-clock", hidden() ? "" : "hidden") } catch (e) {} draw() }
  const tick = () => {
    const passed = since(), now = data.left - passed, late = passed - last > overdue
    last = passed
    left.textContent = words(now)
    for (const m of marks) if (now <= m * 60000 && !said.includes(m)) { said.push(m); aloud.textContent = m === 1 ? "One minute left." : m + " minutes left." }
    if (now <= 0 && !told) { told = true; clearInterval(timer); ask() } else if (late) ask()
  }
  clearInterval(parentElement.ticking)       // of the drawing before: nothing else ends it
  const timer = parentElement.ticking = setInterval(tick, 1000)
  draw(); tick()
  return () => clearInterval(timer)
}
"""

_clock = st.components.v2.component("exam_clock", html=HTML, css=CSS, js=JS)


def draw(deadline: int, at: int, key: str = "clock") -> bool:
    """Draws the clock; True in the run that the browser asked for because the time is up, or may be. The server decides whether it is."""
    return bool(_clock(data={"deadline": deadline, "left": deadline - at}, key=key, on_expired_change=lambda: None).expired)
