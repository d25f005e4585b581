"""What a browser may ask of a page over its websocket."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from app.door.speaking import may_be_asked


def message(kind: str) -> bytes:
    made = BackMsg()
    if kind == "rerun_script":
        made.rerun_script.query_string = "q=2"
    elif kind == "file_urls_request":
        made.file_urls_request.file_names.append("claims.x12")
    elif "." in kind:
        getattr(made.backend_operation_request, kind.split(".")[1]).SetInParent()
    else:
        setattr(made, kind, True)
    return made.SerializeToString()


@pytest.mark.parametrize("kind", ["rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend.deferred_file"])
def test_what_our_pages_send_is_heard(kind):
    assert may_be_asked(message(kind))


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_disconnect_websocket", "debug_shutdown_runtime", "backend.install_skills",
                                  "backend.dismiss_skills_nudge", "backend.dataframe_chunk"])
def test_what_they_do_not_send_is_not(kind):
    assert not may_be_asked(message(kind))


def test_the_last_of_two_counts_as_it_does_for_streamlit():
    """A message that says one thing and then another is what it says last."""
    assert not may_be_asked(message("app_heartbeat") + message("clear_cache")) and may_be_asked(message("clear_cache") + message("app_heartbeat"))


def test_every_message_that_streamlit_knows_was_thought_of():
    known = {field.name for field in BackMsg.DESCRIPTOR.fields}
    assert known == {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request", "clear_cache", "set_run_on_save", "load_git_info",
                     "debug_disconnect_websocket", "debug_shutdown_runtime"}
