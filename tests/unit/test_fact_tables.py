"""The strict reader: what a table and its schema may and may not hold."""

from pathlib import Path

import pytest

from percuta.errors import FactError, UnknownUnit
from percuta.facts.edition import Facts
from percuta.facts.schema import read_schema
from percuta.facts.screening import condition
from percuta.facts.sources import citations, read_sources, source_keys
from percuta.facts.table import Missing, read_table
from percuta.units import convert, to_si

SCHEMA = """
title = "Depths"
about = "For tests."
[columns.row]
type = "key"
about = "key"
[columns.day]
type = "date"
about = "a day"
allow = ["unknown"]
[columns.depth_mm_lo]
type = "number"
about = "shallow"
unit = "mm"
min = 0
max = 5
allow = ["unknown", "none"]
[columns.depth_mm_hi]
type = "number"
about = "deep"
unit = "mm"
min = 0
max = 5
[columns.people_n]
type = "integer"
about = "how many"
unit = "n"
min = 0
max = 99
[columns.site]
type = "choices"
about = "where"
choices = ["face", "neck"]
[columns.source]
type = "sources"
about = "who"
[columns.locator]
type = "text"
about = "where"
[columns.basis]
type = "choice"
about = "how"
choices = ["measured", "derived", "expert", "vendor", "assumed", "memory"]
[columns.population]
type = "text"
about = "whom"
allow = ["unknown"]
[columns.note]
type = "text"
about = "more"
optional = true
"""
HEAD = "row,day,depth_mm_lo,depth_mm_hi,people_n,site,source,locator,basis,population,note"
GOOD = "a,2026-11-23,unknown,1.5,12,face;neck,BOOK,page 3,measured,unknown,"


@pytest.fixture(name="schema_file")
def _schema_file(tmp_path: Path) -> Path:
    path = tmp_path / "depths.toml"
    path.write_text(SCHEMA, encoding="utf-8")
    return path


def faults(line: str, schema_file: Path, *, head: str = HEAD) -> str:
    with pytest.raises(FactError) as caught:
        read_table(f"{head}\n{line}\n", read_schema(schema_file), frozenset({"BOOK"}))
    return "\n".join(caught.value.faults)


def test_a_good_row_keeps_unknown_apart_from_zero(schema_file: Path) -> None:
    table = read_table(f"{HEAD}\n{GOOD}\n", read_schema(schema_file), frozenset({"BOOK"}))
    assert len(table) == 1
    row = table.rows[0]
    assert row.cells["depth_mm_lo"] is Missing.UNKNOWN
    assert row.cells["depth_mm_hi"] == pytest.approx(1.5)
    assert row.cells["site"] == ("face", "neck")
    assert row.provenance.population == "unknown"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (",1.5,", ",1.5 ,", "has a blank at an end"),
        (",1.5,", ",none,", "'none' is not allowed here"),
        (",1.5,", ",much,", "could not convert"),
        (",1.5,", ",inf,", "is not a finite number"),
        (",1.5,", ",5.1,", "lies outside 0 to 5 mm"),
        (",unknown,1.5", ",2.0,1.5", "depth_mm_lo 2.0 lies above depth_mm_hi 1.5"),
        (",12,", ",1.5,", "invalid literal"),
        ("face;neck", "face;face", "names something twice"),
        ("face;neck", "face;", "an empty part"),
        ("face;neck", "knee", "'knee' is not one of face, neck"),
        ("2026-11-23", "23.11.2026", "Invalid isoformat string"),
        ("measured", "rumour", "'rumour' is not one of measured"),
        (",BOOK,", ",PAPER,", "'PAPER' is not in sources.bib"),
        (",BOOK,", ",,", "is blank"),
        (",page 3", "", "10 cells, not 11"),
    ],
)
def test_a_wrong_cell_is_named(before: str, after: str, said: str, schema_file: Path) -> None:
    assert said in faults(GOOD.replace(before, after, 1), schema_file)


def test_all_faults_of_a_table_come_together(schema_file: Path) -> None:
    told = faults(f"{GOOD}\n{GOOD}\nb,x,y,9,z,knee,BOOK,l,measured,p,", schema_file)
    assert "row key 'a' occurs twice" in told
    for column in ("day", "depth_mm_lo", "depth_mm_hi", "people_n", "site"):
        assert f"row b, {column}" in told


def test_other_columns_than_the_schema_s_are_refused(schema_file: Path) -> None:
    assert "columns are" in faults(GOOD, schema_file, head=HEAD.replace("site", "place"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('unit = "mm"', 'unit = "furlong"', "unit 'furlong' is not one of"),
        ('unit = "mm"', 'unit = "kg"', "does not carry its unit 'kg'"),
        ('unit = "mm"', 'unit = "1"', "carries a unit but the schema says '1'"),
        ("min = 0", "min = 9", "min not above max"),
        ('allow = ["unknown"]', 'allow = ["maybe"]', "allow can only hold"),
        ('type = "date"', 'type = "moment"', "type 'moment' is not one of"),
        ('about = "deep"', 'about = "deep"\ncolour = "red"', "unknown entry 'colour'"),
        ("[columns.row]", "[columns.line]", "the first column must be 'row'"),
        ('"memory"]', '"rumour"]', "column basis must offer exactly"),
        ("[columns.note]", "[columns.remark]", "the last columns must be"),
        ('title = "Depths"', "", "'title' is missing"),
        ('title = "Depths"', "title = Depths", "cannot be read as a schema"),
    ],
)
def test_a_wrong_schema_is_named(before: str, after: str, said: str, schema_file: Path) -> None:
    schema_file.write_text(SCHEMA.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(FactError, match=said.replace("'", ".")):
        read_schema(schema_file)


def test_a_condition_outside_the_grammar_is_refused() -> None:
    assert condition("always") is None
    with pytest.raises(FactError, match="is not understood"):
        condition("mood=good")


def test_a_bibliography_names_what_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "sources.bib"
    path.write_text("@misc{A,\n  title = {T},\n}\n\n@misc{B\n", encoding="utf-8")
    with pytest.raises(FactError) as caught:
        read_sources(path)
    told = "\n".join(caught.value.faults)
    assert "A: lacks author, year, kind, read" in told
    assert "cannot be read" in told


def test_a_source_of_unknown_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sources.bib"
    entry = "author = {a}, title = {t}, year = {y}, read = {r}, kind = {gossip}"
    path.write_text(f"@misc{{A, {entry}}}\n", encoding="utf-8")
    with pytest.raises(FactError, match="kind 'gossip' is not known"):
        read_sources(path)


def test_the_bibliography_of_a_run_is_sorted_and_without_repeats(facts: Facts) -> None:
    lines = citations(["SKINPEN_CLIN", "ALAM2014", "SKINPEN_CLIN"], facts.sources)
    assert [line.split("]")[0] for line in lines] == ["[ALAM2014", "[SKINPEN_CLIN"]
    text = (facts.folder / "sources.bib").read_text(encoding="utf-8")
    assert source_keys(text) == set(facts.sources)


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("zones.csv", "\nnose,", "\nnosey,", "nosey"),
        ("sources.bib", "@misc{AAD_DW2018,", "@misc AAD_DW2018,", "AAD_DW2018"),
        ("depths.csv", ",label_limit,", ",label,", "label_limit"),
        ("screening.csv", "sex=female", "sex-female", "not understood"),
    ],
)
def test_check_reads_the_whole_edition(
    file: str, before: str, after: str, said: str, facts: Facts, tmp_path: Path
) -> None:
    folder = tmp_path / facts.edition
    folder.mkdir()
    for path in facts.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(FactError, match=said):
        Facts(folder).check()


def test_units_convert_and_unknown_ones_are_named() -> None:
    assert to_si(1.5, "mm") == pytest.approx(0.0015)
    assert convert(2, source="weeks", target="days") == pytest.approx(14)
    with pytest.raises(UnknownUnit, match="furlong"):
        to_si(1.0, "furlong")
