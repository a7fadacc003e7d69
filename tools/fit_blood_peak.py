"""Fit the line of measured blood levels again and write it into an edition.

    .venv/bin/python tools/fit_blood_peak.py FOLDER

Run it after any change of plasma_peaks.csv, peak_beliefs.csv or of the model. Normal algebra: the
same rows give the same line.
"""

import argparse
import csv
import hashlib
import io
import math
from pathlib import Path
from statistics import NormalDist

from percuta.facts.edition import Facts
from percuta.science.absorption import measured_peak, peak_fit
from percuta.science.absorption.measured_peak import TERMS, PeakLaw
from percuta.science.absorption.peak_parameters import arms, fit
from percuta.units import to_si

SHARE = 0.95
_BAND = NormalDist().inv_cdf(SHARE)
_READ = ("plasma_peaks.csv", "peak_beliefs.csv")
_RECIPE = "[recipe]"


def main() -> None:
    """Fit and write the rows and the recipe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the edition, a draft")
    folder = parser.parse_args().folder
    schema = folder / "peak_model.toml"
    text = schema.read_text(encoding="utf-8")
    table = folder / "peak_model.csv"
    if not table.exists():
        table.write_text(",".join(_COLUMNS) + "\n", encoding="utf-8")
    facts = Facts(folder)
    law = fit(facts)
    table.write_text(_csv(law), encoding="utf-8")
    schema.write_text(f"{text.split(_RECIPE)[0].rstrip()}\n\n{_recipe(facts)}", encoding="utf-8")
    print(f"spread of studies {law.study_spread:.3f}, of people {law.person_spread:.3f}")


_COLUMNS = (
    "row", "quantity", "subject", "value", "low", "high", "unit", "about",
    "source", "locator", "basis", "population", "note",
)  # fmt: skip


def _csv(law: PeakLaw) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for quantity, subject, value, half, about in _values(law):
        ends = [f"{value + end * half:.6f}" for end in (0, -1, 1)]
        key = f"{quantity}.{subject.replace(':', '.')}"
        writer.writerow(
            [key, quantity, subject, *ends, "1", about, "PERCUTA",
             "tools/fit_blood_peak.py, from plasma_peaks and peak_beliefs", "derived",
             "adults, intact skin", ""]
        )  # fmt: skip
    return buffer.getvalue()


def _values(law: PeakLaw) -> list[tuple[str, str, float, float, str]]:
    shift = [math.log(to_si(1.0, "ug_per_ml")), 0.0, 0.0, 0.0, 0.0]
    found = [
        ("coefficient", term, value - less, _BAND * math.sqrt(law.covariance[at][at]),
         f"of the line's term {term}")
        for at, (term, value, less) in enumerate(
            zip(TERMS, law.coefficients, shift, strict=True)
        )
    ]  # fmt: skip
    found += [
        ("covariance", f"{one}:{other}", law.covariance[i][j], 0.0, f"of {one} with {other}")
        for i, one in enumerate(TERMS)
        for j, other in enumerate(TERMS)
    ]
    between = "standard deviation of logarithms between"
    limit = f"standard deviations to the one-sided {SHARE:.0%} limit"
    return [
        *found,
        ("study_spread", "any", law.study_spread, 0.0, f"{between} studies"),
        ("person_spread", "any", law.person_spread, 0.0, f"{between} people"),
        ("deviations", "any", _BAND, 0.0, limit),
    ]


def _recipe(facts: Facts) -> str:
    data = hashlib.sha256()
    for name in _READ:
        data.update((facts.folder / name).read_bytes())
    model = hashlib.sha256()
    for path in (measured_peak.__file__, peak_fit.__file__):
        model.update(Path(path).read_bytes())
    lines = {
        "made_by": "tools/fit_blood_peak.py",
        "data_sha256": data.hexdigest(),
        "model_sha256": model.hexdigest(),
        "arms": len(arms(facts)),
    }
    return _RECIPE + "\n" + "".join(f'{name} = "{value}"\n' for name, value in lines.items())


if __name__ == "__main__":
    main()
