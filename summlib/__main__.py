"""``python -m summlib`` and the ``summlib`` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; Ctrl-C ends it with 130 at any moment, start-up included."""
    try:
        from summlib.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
