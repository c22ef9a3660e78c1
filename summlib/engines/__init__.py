"""Engines: what turns texts into texts. ``base`` holds the contract they share."""
