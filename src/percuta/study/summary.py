"""What a study found, plan by plan: the middle of every figure, with 5 and 95 %."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from percuta.facts.edition import Facts
from percuta.study.columns import Figure, figures_of
from percuta.study.design import Study
from percuta.study.sweep import StudyPlan, plans_of

SHARES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Spread:
    """One figure under one plan: nine in ten people lie between ``low`` and ``high``."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Summary:
    """One figure under every plan, in the order of ``plans``."""

    figure: Figure
    plans: tuple[StudyPlan, ...]
    spreads: tuple[Spread, ...]


def summaries(table: Path, study: Study, facts: Facts) -> tuple[Summary, ...]:
    """Every figure; one column is in memory at a time."""
    plans = plans_of(study, facts)
    file = pq.ParquetFile(table)
    number = file.read(["plan"]).column(0).to_numpy()
    order = np.argsort(number, kind="stable")
    starts = np.searchsorted(number[order], [plan.number for plan in plans])
    return tuple(
        Summary(
            figure,
            plans,
            tuple(
                Spread(*(float(end) for end in np.quantile(values, SHARES)))
                for values in np.split(
                    file.read([figure.name]).column(0).to_numpy()[order], starts[1:]
                )
            ),
        )
        for figure in figures_of(study)
    )
