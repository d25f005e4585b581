"""A browser's side of Streamlit's websocket, as far as the benchmarks need it: runs of a page, and the widgets that they leave on it."""

from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 60


@dataclass
class Shown:
    """What one tab asks for and has been sent, whatever carries it: the page it is on, and the last run's widgets by their proto's name."""
    address: str
    page: str
    query: str
    hashes: list[str] = field(default_factory=list)
    widgets: dict[str, list] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)   # those that the browser reruns by its clock
    fragment_of: dict[str, str] = field(default_factory=dict)   # a widget's id to the part of the page that a change of it reruns
    page_hash: str = ""
    cookie: str = ""                                     # with whose session the tab is opened

    def asking(self, fragment: str, values: dict) -> bytes:
        """The message for one rerun with these widget states, id to (field, value). What is drawn anew by it is forgotten."""
        fragment = fragment or next(filter(None, map(self.fragment_of.get, values)), "")
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash, rerun.page_name = self.query, self.page_hash, "" if self.page_hash else self.page
        rerun.cached_message_hashes.extend(self.hashes)
        rerun.fragment_id = fragment
        rerun.context_info.url = f"http://{self.address}/{self.page}"
        for name, (kind, value) in values.items():
            setattr(rerun.widget_states.widgets.add(id=name), kind, value)
        self.texts = []
        if fragment:
            self.widgets = {kind: [one for one in held if self.fragment_of.get(getattr(one, "id", "")) != fragment] for kind, held in self.widgets.items()}
        else:
            self.widgets, self.fragments, self.fragment_of = {}, [], {}
        return message.SerializeToString()

    def finished(self, sent: bytes) -> bool:
        """Takes in what the server sent; whether the run has ended with it."""
        message = ForwardMsg.FromString(sent)
        kind = message.WhichOneof("type")
        if message.metadata.cacheable and message.hash and message.hash not in self.hashes:
            self.hashes.append(message.hash)
        if kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self.fragments.append(message.auto_rerun.fragment_id)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            name = element.WhichOneof("type")
            if name == "html":
                self.texts.append(element.html.body)
            else:
                self.widgets.setdefault(name, []).append(getattr(element, name))
            if message.delta.fragment_id and hasattr(getattr(element, name), "id"):
                self.fragment_of[getattr(element, name).id] = message.delta.fragment_id
        return kind == "script_finished" and message.script_finished in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class Tab(Shown):
    """A tab with a connection of its own."""

    def __post_init__(self):
        self._socket = connect(f"ws://{self.address}/_stcore/stream", subprotocols=["streamlit"], additional_headers={"Cookie": self.cookie} if self.cookie else None, max_size=None, open_timeout=PATIENCE)

    def close(self) -> None:
        self._socket.close()

    def go(self, page: str, query: str) -> "Tab":
        """Another page of the app, by its address."""
        self.page, self.query, self.page_hash = page, query, ""
        return self.run()

    def run(self, fragment: str = "", **values) -> "Tab":
        """One rerun with these widget states, id to (field, value), to its end; one that ends for another rerun is followed.

        fragment: only that part; the part in which the widgets stand where nothing is said. `texts` are those of this run.
        """
        self._socket.send(self.asking(fragment, values))
        while not self.finished(self._socket.recv(timeout=PATIENCE)):
            pass
        return self
