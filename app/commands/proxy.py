"""`python -m app proxy`: prints the nginx configuration for so many replicas."""

from urllib.parse import urlsplit

from app.proxy import Site, configuration


def add(subparsers) -> None:
    parser = subparsers.add_parser("proxy", help="print the nginx configuration that keeps each learner at one of several replicas")
    parser.add_argument("--url", required=True, help="the address people type, as https://clean-claim.example.org")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--first-port", type=int, default=8511, help="the first replica's port; the others follow")
    parser.set_defaults(run=run)


def run(args) -> int:
    ports = tuple(range(args.first_port, args.first_port + args.replicas))
    print(configuration(Site(urlsplit(args.url).hostname or args.url, ports)), end="")
    return 0
