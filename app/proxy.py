"""The nginx configuration that stands before several replicas: made from one template for an installation as for the tests."""

from dataclasses import dataclass
from pathlib import Path

from app.place import ROOT

TEMPLATE = ROOT / "deploy" / "nginx.template"
TLS = """    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:clean_claim:10m;"""
PLAIN = """# One process in the foreground, its files in a folder of its own: for `python -m app serve --replicas`.
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 4096; }}
http {{
{temporary}
{site}}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Site:
    """What nginx listens on and whom it asks. `listen` is a loopback address with its port, or empty for the public ports with TLS."""
    host: str
    ports: tuple[int, ...]
    listen: str = ""
    certificate: str = "/etc/ssl/clean-claim.pem"
    key: str = "/etc/ssl/private/clean-claim.key"
    log: str = "/var/log/nginx/clean-claim.log"


def configuration(site: Site) -> str:
    """The file for nginx's http block."""
    names = {f"replica{number}": port for number, port in enumerate(site.ports, 1)}
    share = 100 / len(names)
    chances = [f"    {f'{share:.2f}%' if at < len(names) else '*'} {name};" for at, name in enumerate(names, 1)]
    made = {"CHANCES": chances, "NAMES": [f"    {name} {name};" for name in names], "UPSTREAMS": [_upstream(name, names) for name in names],
            "ANSWERED": [f'    "~:{port}$" {name};' for name, port in names.items()], "HOST": [site.host], "LOG": [site.log],
            "LISTEN": [f"    listen {site.listen};" if site.listen else TLS.format(certificate=site.certificate, key=site.key)]}
    text = TEMPLATE.read_text(encoding="utf-8")
    for token, lines in made.items():
        text = text.replace(f"@{token}@", "\n".join(lines))
    return text


def _upstream(name: str, names: dict[str, int]) -> str:
    """A replica, and the others for the time that it does not answer."""
    others = "".join(f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=5s backup;\n" for other, port in names.items() if other != name)
    return f"upstream {name} {{\n    server 127.0.0.1:{names[name]} max_fails=1 fail_timeout=5s;\n{others}}}"


def whole(site: Site, folder: Path) -> str:
    """A configuration that needs nothing beside it and keeps its files in the folder."""
    temporary = "\n".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    return PLAIN.format(folder=folder, temporary=temporary, site=configuration(site))
