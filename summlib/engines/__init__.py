"""Engines: what turns texts into texts. ``base`` holds the contract they share."""

import logging

# Notes of the engines go to whoever listens, and never to stderr by themselves.
logging.getLogger("summlib").addHandler(logging.NullHandler())
