"""Leave the doctests of the training package out where torch is not installed."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["summlib/training/*"]
