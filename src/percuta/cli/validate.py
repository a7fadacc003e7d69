"""``percuta validate``: published figures against what the models say."""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from percuta.cli.exits import PLAN_MADE
from percuta.cli.figures import write_figures
from percuta.cli.output import show, write
from percuta.facts.edition import Facts, open_edition

if TYPE_CHECKING:
    from percuta.validation.judgement import Judgement
    from percuta.validation.predictions import Prediction


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    facts_options: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "validate", help="published figures against the models, misses included"
    )
    parser.add_argument(
        "--figures",
        type=Path,
        metavar="FOLDER",
        help="draw predicted over published, one figure a kind, and a page of them with tables",
    )
    parser.add_argument(
        "--huskindb",
        type=Path,
        metavar="FILE.csv",
        help="your copy of huskinDB, whose rows may not be passed on: judges row V18, too",
    )
    facts_options(parser)
    parser.set_defaults(command=_validate)


def _validate(options: argparse.Namespace) -> int:
    from percuta.validation.judgement import judgement
    from percuta.validation.predictions import PREDICTIONS

    facts = open_edition(options.edition, shelf=options.shelf)
    told = judgement(facts, {**PREDICTIONS, **_by_what_is_here(options.huskindb, facts)})
    if options.figures is not None:
        from percuta.report.figures.of_validation import figures_of_validation

        write_figures(
            "Published figures against the models", figures_of_validation(told), options.figures
        )
    if options.json:
        write(json.dumps(_as_data(told), indent=2) + "\n")
    else:
        from percuta.report.validation_terminal import show_judgement

        show(lambda console: show_judgement(console, told))
    return PLAN_MADE


def _by_what_is_here(huskindb: Path | None, facts: Facts) -> "Mapping[str, Prediction]":
    """Rows that need this machine's clock, or a file that only its owner has."""
    from percuta.validation.finite_doses import slab_time
    from percuta.validation.permeability_data import read_measured, relation_error

    found: dict[str, Prediction] = {"V3b": slab_time}
    if huskindb is not None:
        measured = read_measured(huskindb, facts)
        found["V18"] = lambda facts: relation_error(facts, measured)
    return found


def _as_data(told: "Judgement") -> dict[str, object]:
    from dataclasses import asdict

    from percuta.facts.validation import Kind

    return {
        "facts_edition": told.edition,
        "tolerances_sha256": told.frozen_sha256,
        "kinds": {
            kind: {
                "verdicts": dict(told.counts(kind)),
                "figures_in_90_pct_band": asdict(told.coverage(kind)),
            }
            for kind in Kind
        },
        "rows": [
            {
                "row": row.figure.key,
                "kind": row.figure.kind,
                "what": row.figure.what,
                "unit": row.figure.unit,
                "published": [row.figure.published_lo, row.figure.published_hi],
                "published_sd": row.figure.spread,
                "rule": row.figure.rule,
                "tolerance": row.figure.tolerance,
                "predicted": asdict(row.predicted) if row.predicted is not None else None,
                "verdict": row.verdict,
                "not_computed": row.figure.not_computed if row.predicted is None else None,
                "sources": row.figure.sources,
                "note": row.figure.provenance.note,
            }
            for row in told.rows
        ],
    }
