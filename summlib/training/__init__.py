"""Make the models that stand in ``models/``: corpus, vocabulary, model, loop, export.

Needs the extra ``train``. ``python -m summlib.training --help`` lists the
steps; the recipe of a model is the TOML file beside it. Nothing else in
summlib imports this package.
"""
