"""Dated editions of the facts, and the doors through which the rest of Percuta reads them."""

import contextlib
import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from percuta.errors import FactError, UnknownEdition
from percuta.facts.agents import Agent, AnaestheticRow
from percuta.facts.depths import DepthAdviceRow, DepthRow, Indication, Neighbours, PublishedDensity
from percuta.facts.devices import CatalogueEntry, Device
from percuta.facts.doors import Fact, typed_rows
from percuta.facts.evidence import (
    AftercareRow,
    AlternativeRow,
    ClosureAdvice,
    ConcernRow,
    ConcernRule,
    NextSessionRow,
    RecoveryRow,
    RednessStatement,
    SeriesPair,
    SeriesRow,
    Trial,
)
from percuta.facts.kept import KeptEdition, keep, read_kept
from percuta.facts.numbing import DoseMaximum, MethaemoglobinDrug, NumbingProduct, PlasmaPeak
from percuta.facts.outcome import (
    EventRow,
    EventScope,
    LaterArm,
    OutcomeArm,
    OutcomeCheck,
    OutcomeDesign,
    OutcomePrior,
)
from percuta.facts.parameters import ModelFailure, ParameterRow
from percuta.facts.policy import Licence, PolicyRow
from percuta.facts.questionnaire import HistoryItem
from percuta.facts.schema import Schema, read_schema
from percuta.facts.screening import DeferralReading, ScreeningRule, condition
from percuta.facts.skin_layers import SkinLayer, SkinSelection, SkinSource
from percuta.facts.skin_type import SkinTypeChoice, SkinTypeScore
from percuta.facts.sources import Bibliography, Source, read_sources
from percuta.facts.table import Row, Table, read_table
from percuta.facts.validation import PublishedFigure
from percuta.facts.vocabulary import Phototype, Zone
from percuta.facts.zones import Beneath, ZoneRow

BUILT_IN = Path(__file__).with_name("tables")
"""Where the editions that ship with Percuta lie."""

DRAFT_MARK = "draft.md"
"""The file that marks an edition as a draft and says what it still lacks."""

Door = TypeVar("Door", bound=Fact)


class Facts:
    """One edition of the facts, read lazily and checked as it is read.

    Parameters
    ----------
    folder : Path
        The edition's folder; its name is the edition's date.
    keeping : Path or None
        A folder of the user's own where what was parsed is kept for the next process.
    """

    def __init__(self, folder: Path, *, keeping: Path | None = None) -> None:
        self.folder = folder
        self.edition = folder.name
        self._tables: dict[str, Table] = {}
        self._keeping = keeping
        self._typed: dict[str, tuple[Fact, ...]] = {}

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written: opened by name, never in force."""
        return (self.folder / DRAFT_MARK).is_file()

    @cached_property
    def sha256(self) -> str:
        """Digest over every file of the edition, by name and content."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.iterdir()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.name} {content}\n".encode())
        return digest.hexdigest()

    @cached_property
    def _kept(self) -> KeptEdition | None:
        return None if self._keeping is None else read_kept(self._keeping, self.sha256)

    def keep(self) -> None:
        """Keep what was parsed for the next process, where a folder for it was named.

        An edition with a fault is not kept: the next process has to find it again.
        """
        if self._keeping is None or self._kept is not None:
            return
        with contextlib.suppress(FactError):
            sources = read_sources(self.folder / "sources.bib")
            keep(self._keeping, self.sha256, [self.table(n) for n in self.table_names], sources)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The bibliography by key, each entry parsed when it is asked for."""
        kept = self._kept.sources if self._kept is not None else None
        if kept is not None:
            return kept
        return Bibliography((self.folder / "sources.bib").read_text(encoding="utf-8"))

    @cached_property
    def _source_keys(self) -> frozenset[str]:
        return frozenset(self.sources)

    @property
    def table_names(self) -> tuple[str, ...]:
        """Every table of the edition."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.csv")))

    @property
    def opened(self) -> frozenset[str]:
        """Tables whose rows were read through a door so far: no other can have moved an answer.

        The draws of the outcome model are read without a door; no decision leans on them.
        """
        return frozenset(self._typed)

    def schema(self, name: str) -> Schema:
        """The schema of one table."""
        kept = self._kept.schema(name) if self._kept is not None else None
        return kept or read_schema(self.folder / f"{name}.toml")

    def table(self, name: str) -> Table:
        """One checked table.

        Raises
        ------
        FactError
            If there is no such table or it breaks its schema.
        """
        if name not in self._tables:
            path = self.folder / f"{name}.csv"
            if not path.is_file():
                known = ", ".join(self.table_names)
                raise FactError([f"no fact table '{name}'; there are {known}"])
            kept = self._kept.table(name) if self._kept is not None else None
            self._tables[name] = kept or self._read_table(path)
        return self._tables[name]

    def _read_table(self, path: Path) -> Table:
        text = path.read_text(encoding="utf-8")
        return read_table(text, self.schema(path.stem), self._source_keys)

    def with_table(self, table: Table) -> "Facts":
        """The same edition with one table replaced in memory, to ask what its rows do.

        Its digest is another one, so nothing made from it can pass for made from this edition.
        """
        variant = Facts(self.folder)
        variant._tables = {name: self.table(name) for name in self.table_names}
        variant._tables[table.schema.name] = table
        # Rows of the other tables are the same objects: typing them again was most of the time.
        variant._typed = {n: rows for n, rows in self._typed.items() if n != table.schema.name}
        content = repr((self.sha256, table.schema.name, table.rows)).encode()
        vars(variant).update(sources=self.sources, sha256=hashlib.sha256(content).hexdigest())
        return variant

    def row(self, reference: str) -> Row:
        """The row that ``table/key`` names.

        Raises
        ------
        FactError
            If there is none.
        """
        name, _, key = reference.partition("/")
        for row in self.table(name):
            if row.key == key:
                return row
        raise FactError([f"no row '{key}' in fact table '{name}'"])

    def check(self) -> None:
        """Read every table, the bibliography and every door.

        Raises
        ------
        FactError
            With all faults of all tables.
        """
        faults: list[str] = []
        for name in self.table_names:
            try:
                self.table(name)
            except FactError as error:
                faults.extend(error.faults)
        try:
            unread = self._source_keys ^ set(read_sources(self.folder / "sources.bib"))
            faults.extend(f"sources.bib: entry '{key}' cannot be read" for key in sorted(unread))
        except FactError as error:
            faults.extend(error.faults)
        if faults:
            raise FactError(faults)
        for door in sorted(DOORS):
            getattr(self, door)
        for rule in self.screening:
            condition(rule.applies_if)

    def _rows(self, door: type[Door], name: str) -> tuple[Door, ...]:
        if name not in self._typed:
            self._typed[name] = typed_rows(door, self.table(name))
        return cast(tuple[Door, ...], self._typed[name])

    def _rows_if_there(self, door: type[Door], name: str) -> tuple[Door, ...]:
        """Rows of a table that older editions lack: none there, so that its rule is not there."""
        return self._rows(door, name) if (self.folder / f"{name}.csv").is_file() else ()

    @cached_property
    def screening(self) -> tuple[ScreeningRule, ...]:
        """Screening rules in table order."""
        return self._rows(ScreeningRule, "screening")

    @cached_property
    def deferrals(self) -> tuple[DeferralReading, ...]:
        """Published waiting times, conflicting ones side by side."""
        return self._rows(DeferralReading, "deferrals")

    @cached_property
    def questionnaire(self) -> Mapping[str, HistoryItem]:
        """History items by key, in the order in which they are asked."""
        return {row.key: row for row in self._rows(HistoryItem, "questionnaire")}

    @cached_property
    def skin_type_choices(self) -> tuple[SkinTypeChoice, ...]:
        """Answers to the questions behind the skin type, question by question."""
        return self._rows(SkinTypeChoice, "skin_type_questions")

    @cached_property
    def skin_type_scores(self) -> Mapping[Phototype, SkinTypeScore]:
        """Points by the skin type that they suggest."""
        return {Phototype(row.key): row for row in self._rows(SkinTypeScore, "skin_type_scores")}

    @cached_property
    def depths(self) -> tuple[DepthRow, ...]:
        """Published depths of needling; other modalities are never selected."""
        return tuple(r for r in self._rows(DepthRow, "depths") if r.modality == "needling")

    @cached_property
    def depth_advice(self) -> Mapping[str, DepthAdviceRow]:
        """How depths are advised, by concern; empty where the edition says nothing of it."""
        return {row.key: row for row in self._rows_if_there(DepthAdviceRow, "depth_advice")}

    @cached_property
    def depth_neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """Sites whose depth may stand in, by site."""
        rows = self._rows_if_there(Neighbours, "depth_neighbours")
        return {row.key: row.neighbours or () for row in rows}

    @cached_property
    def densities(self) -> tuple[PublishedDensity, ...]:
        """Densities that were aimed at or counted; empty where the edition holds none."""
        return self._rows_if_there(PublishedDensity, "densities")

    @property
    def has_upper_strikes(self) -> bool:
        """Whether strikes are bounded at the upper end of their band, and not at its middle."""
        return ("strikes_per_cm2_upper_most", "passes") in self.policy

    @cached_property
    def indications(self) -> tuple[Indication, ...]:
        """Cleared indications by device family."""
        return self._rows(Indication, "indications")

    @cached_property
    def devices(self) -> Mapping[str, Device]:
        """Devices by key."""
        return {row.key: row for row in self._rows(Device, "devices")}

    @cached_property
    def catalogue(self) -> Mapping[str, CatalogueEntry]:
        """Devices by their own name, plannable or not; empty where the edition has none."""
        return {row.key: row for row in self._rows_if_there(CatalogueEntry, "catalogue")}

    @cached_property
    def agents(self) -> Mapping[str, Agent]:
        """Numbing, glide and soothing products by key."""
        return {row.key: row for row in self._rows(Agent, "agents")}

    @cached_property
    def anaesthetics(self) -> tuple[AnaestheticRow, ...]:
        """Published dose statements."""
        return self._rows(AnaestheticRow, "anaesthetics")

    @cached_property
    def numbing_products(self) -> Mapping[str, NumbingProduct]:
        """How numbing products are used, by key; empty in an edition without that rule."""
        rows = self._rows_if_there(NumbingProduct, "numbing_products")
        return {row.key: row for row in rows}

    @cached_property
    def plasma_peaks(self) -> tuple[PlasmaPeak, ...]:
        """Blood levels that were measured after numbing."""
        return self._rows_if_there(PlasmaPeak, "plasma_peaks")

    @cached_property
    def peak_model(self) -> Mapping[tuple[str, str], ParameterRow]:
        """The model of the measured peak, by quantity and what it belongs to."""
        rows = self._rows_if_there(ParameterRow, "peak_model")
        return {(row.quantity, row.subject): row for row in rows}

    @cached_property
    def peak_beliefs(self) -> Mapping[tuple[str, str], ParameterRow]:
        """What is believed of that model before any arm."""
        rows = self._rows_if_there(ParameterRow, "peak_beliefs")
        return {(row.quantity, row.subject): row for row in rows}

    @cached_property
    def dose_maxima(self) -> tuple[DoseMaximum, ...]:
        """The most of each local anaesthetic on one day."""
        return self._rows_if_there(DoseMaximum, "dose_maxima")

    @cached_property
    def methaemoglobin_drugs(self) -> tuple[MethaemoglobinDrug, ...]:
        """Drugs that can form methaemoglobin."""
        return self._rows_if_there(MethaemoglobinDrug, "methaemoglobin_drugs")

    @cached_property
    def zones(self) -> Mapping[Zone, ZoneRow]:
        """Zones by name."""
        rows = {row.key: row for row in self._rows(ZoneRow, "zones")}
        odd = sorted(set(rows) ^ set(Zone))
        if odd:
            raise FactError([f"zones.csv and the vocabulary differ in {', '.join(odd)}"])
        return {zone: rows[zone] for zone in Zone}

    @cached_property
    def beneath(self) -> Mapping[str, Beneath]:
        """What lies beneath, by site."""
        return {row.site: row for row in self._rows(Beneath, "beneath")}

    @cached_property
    def policy(self) -> Mapping[tuple[str, str], PolicyRow]:
        """Policy rows by quantity and subject."""
        rows = self._rows(PolicyRow, "policy")
        return {(row.quantity, row.subject): row for row in rows}

    @cached_property
    def puncture(self) -> Mapping[tuple[str, str], ParameterRow]:
        """Parameters of the puncture model by quantity and device kind."""
        return self._parameters("puncture")

    @cached_property
    def absorption(self) -> Mapping[tuple[str, str], ParameterRow]:
        """Parameters of channels and absorption by quantity and substance, site or layer."""
        return self._parameters("absorption")

    @cached_property
    def closure(self) -> Mapping[tuple[str, str], ParameterRow]:
        """Parameters of the three closure clocks by quantity and clock, site or cover."""
        return self._parameters("closure")

    @cached_property
    def closure_advice(self) -> tuple[ClosureAdvice, ...]:
        """Which clocks an aftercare instruction waits for."""
        return self._rows(ClosureAdvice, "closure_advice")

    @cached_property
    def redness(self) -> Mapping[tuple[str, str], ParameterRow]:
        """What is believed of redness before the statements are fitted."""
        return self._parameters("redness")

    @cached_property
    def redness_statements(self) -> tuple[RednessStatement, ...]:
        """How long redness lasts, as published."""
        return self._rows(RednessStatement, "redness_statements")

    @cached_property
    def remodelling(self) -> Mapping[tuple[str, str], ParameterRow]:
        """Parameters of when new collagen is made."""
        return self._parameters("remodelling")

    def _parameters(self, name: str) -> Mapping[tuple[str, str], ParameterRow]:
        return {(row.quantity, row.subject): row for row in self._rows(ParameterRow, name)}

    @cached_property
    def model_failures(self) -> tuple[ModelFailure, ...]:
        """Comparisons with publications that a model fails."""
        return self._rows(ModelFailure, "model_failures")

    @cached_property
    def validation(self) -> Mapping[str, PublishedFigure]:
        """Published figures that the models are judged by, by row key."""
        return {row.key: row for row in self._rows(PublishedFigure, "validation")}

    @cached_property
    def validation_inputs(self) -> Mapping[tuple[str, str], ParameterRow]:
        """What was done where those figures were measured, by quantity and row."""
        return self._parameters("validation_inputs")

    @cached_property
    def skin_layers(self) -> Mapping[str, SkinLayer]:
        """Published layer thicknesses by row key."""
        return {row.key: row for row in self._rows(SkinLayer, "skin_layers")}

    @cached_property
    def skin_selection(self) -> Mapping[tuple[str, str], SkinSelection]:
        """Which layer rows speak for a site and sex."""
        rows = self._rows(SkinSelection, "skin_selection")
        return {(row.site, row.sex): row for row in rows}

    @cached_property
    def skin_sources(self) -> tuple[SkinSource, ...]:
        """Other measurements of the same skin; empty where the edition tells one alone."""
        return self._rows_if_there(SkinSource, "skin_sources")

    @cached_property
    def licences(self) -> Mapping[str, Licence]:
        """Example licence rules by key."""
        return {row.key: row for row in self._rows(Licence, "licences")}

    @cached_property
    def concerns(self) -> Mapping[str, ConcernRow]:
        """Concerns by name."""
        return {row.key: row for row in self._rows(ConcernRow, "concerns")}

    @cached_property
    def concern_rules(self) -> tuple[ConcernRule, ...]:
        """Concerns without advice; none in an edition that lacks those concerns."""
        return self._rows_if_there(ConcernRule, "concern_rules")

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """What groups in studies had."""
        return self._rows(Trial, "outcomes")

    @cached_property
    def series(self) -> tuple[SeriesRow, ...]:
        """Published series."""
        return self._rows(SeriesRow, "series")

    @cached_property
    def series_pairs(self) -> tuple[SeriesPair, ...]:
        """Series that may be planned as one study had them; none in editions of before."""
        return self._rows_if_there(SeriesPair, "series_pairs")

    @cached_property
    def outcome_arms(self) -> tuple[OutcomeArm, ...]:
        """Arms of studies, fitted or left out."""
        return self._rows(OutcomeArm, "outcome_arms")

    @cached_property
    def outcome_designs(self) -> Mapping[str, OutcomeDesign]:
        """How arms were judged and beside what, by arm; none in editions of before."""
        rows = self._rows_if_there(OutcomeDesign, "outcome_designs")
        return {row.arm: row for row in rows}

    @cached_property
    def outcome_later(self) -> tuple[LaterArm, ...]:
        """Arms that were found after the freeze; none in editions of before."""
        return self._rows_if_there(LaterArm, "outcome_later")

    @cached_property
    def outcome_priors(self) -> Mapping[str, OutcomePrior]:
        """What the outcome model assumes, by quantity."""
        return {row.quantity: row for row in self._rows(OutcomePrior, "outcome_priors")}

    @cached_property
    def outcome_checks(self) -> tuple[OutcomeCheck, ...]:
        """Each arm as all other studies predict it."""
        return self._rows(OutcomeCheck, "outcome_checks")

    @cached_property
    def events(self) -> tuple[EventRow, ...]:
        """How often something unwanted was seen."""
        return self._rows(EventRow, "adverse_events")

    @cached_property
    def event_scopes(self) -> tuple[EventScope, ...]:
        """Of which skin and procedure each count speaks; none in editions of before."""
        return self._rows_if_there(EventScope, "event_scopes")

    @cached_property
    def absorption_measured(self) -> Mapping[str, ParameterRow]:
        """What was measured of a substance over needled skin; none in editions of before."""
        rows = self._rows_if_there(ParameterRow, "absorption_measured")
        return {row.subject: row for row in rows}

    @cached_property
    def recovery(self) -> tuple[RecoveryRow, ...]:
        """Signs after a session."""
        return self._rows(RecoveryRow, "recovery")

    @cached_property
    def next_session(self) -> Mapping[str, NextSessionRow]:
        """What follows from what was done and told, by what it was."""
        return {row.reported: row for row in self._rows(NextSessionRow, "next_session")}

    @cached_property
    def aftercare(self) -> tuple[AftercareRow, ...]:
        """Instructions after a session."""
        return self._rows(AftercareRow, "aftercare")

    @cached_property
    def alternatives(self) -> tuple[AlternativeRow, ...]:
        """What else there is."""
        return self._rows(AlternativeRow, "alternatives")


DOORS = frozenset(name for name, value in vars(Facts).items() if isinstance(value, cached_property))
"""Names under which rows are read."""


def editions(shelf: Path = BUILT_IN) -> tuple[str, ...]:
    """Names of the editions on a shelf, drafts included, oldest first."""
    return tuple(sorted(path.name for path in shelf.iterdir() if (path / "sources.bib").is_file()))


def released(shelf: Path = BUILT_IN) -> tuple[str, ...]:
    """Names of the editions that may be in force: every one that is no draft, oldest first."""
    return tuple(name for name in editions(shelf) if not Facts(shelf / name).is_draft)


def open_edition(
    name: str | None = None, *, shelf: Path = BUILT_IN, keeping: Path | None = None
) -> Facts:
    """Open an edition; without a name, the one in force: the newest that is no draft.

    ``keeping`` is a folder of the user's own where what was parsed is kept.

    Raises
    ------
    UnknownEdition
        If the shelf does not hold it, or holds drafts only and none was named.
    """
    known = editions(shelf)
    if not known or (name is not None and name not in known):
        listing = ", ".join(known) or "none"
        raise UnknownEdition(f"facts edition '{name}' is not here; there are: {listing}")
    if name is None and not released(shelf):
        listing = ", ".join(known)
        raise UnknownEdition(f"no facts edition is in force here; there are drafts only: {listing}")
    return Facts(shelf / (name or released(shelf)[-1]), keeping=keeping)
