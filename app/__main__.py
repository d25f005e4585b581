"""The command line: `python -m app COMMAND`; each command is a module of app/commands/ with add(subparsers) and run(args)."""

import argparse
import sys
from importlib import import_module
from pkgutil import iter_modules

from app import commands, zone


def main(arguments: list[str]) -> int:
    """Runs the command named first. Only its own module is imported; all of them when help is asked for."""
    names = sorted(module.name for module in iter_modules(commands.__path__))
    asked = [name for name in names if arguments[:1] == [name]]
    parser = argparse.ArgumentParser(prog="python -m app", description="Clean Claim: practise reimbursement on claims that answer back.")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in asked or names:
        import_module(f"app.commands.{name}").add(subparsers)
    args = parser.parse_args(arguments)
    zone.settle()
    return args.run(args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
