"""``python -m summlib.training``: the steps that make a model, one command each.

The order is: collect, lexicon, words, translations, vocabulary, run (which makes its passes,
unless ``pass`` made them before), export, choose, risk, export, evaluate, card. Every step reads
the recipe and what earlier steps left in the work folder.
"""

from __future__ import annotations

from summlib.training import corpus_steps, risk_steps, run_steps
from summlib.training.steps import steps

__all__ = ["corpus_steps", "risk_steps", "run_steps", "steps"]


def main() -> None:
    """Run the command that the process was started with."""
    steps(prog_name="python -m summlib.training")


if __name__ == "__main__":
    main()
