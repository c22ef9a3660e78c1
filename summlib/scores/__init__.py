"""How good an output is: ROUGE, BLEU, chrF, coverage, each with its interval.

ROUGE and coverage need the standard library only; BLEU and chrF come from
sacrebleu (``pip install summlib[eval]``), so that the figures are the field's.
"""
