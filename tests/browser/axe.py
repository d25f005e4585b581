"""The accessibility scan of a page, and the few findings that are Streamlit's own and not ours to mend."""

from tests.browser.running import AXE, TAGS

STREAMLITS_OWN: dict[str, str] = {}
"""Rule: why it is Streamlit's markup and what we did about it. Empty: Streamlit 1.67 causes none on our pages."""


def violations(page, but: tuple[str, ...] = ()) -> list[str]:
    """One sentence for each rule that the page breaks. but: rules that Streamlit itself breaks with what is open, said where they are left out."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)["violations"]
    return [f"{one['id']}: {one['help']} ({', '.join(str(node['target']) for node in one['nodes'][:3])}) {one['nodes'][0].get('failureSummary', '')[:300]}"
            for one in found if one["id"] not in (*STREAMLITS_OWN, *but)]
