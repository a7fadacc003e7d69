"""One chunk as work that any process can do: plain words in, a Parquet part out."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from percuta.errors import StudyError
from percuta.facts.edition import BUILT_IN, Facts, open_edition
from percuta.study.chunks import chunk_rows
from percuta.study.design import Study
from percuta.study.identity import Identity, identity_of
from percuta.study.parquet import part_bytes, schema_of


@dataclass(frozen=True)
class Work:
    """A study with what its results must belong to; ``shelf`` is ``None`` for the built-in one."""

    study_json: str
    shelf: str | None
    identity: Identity


def work_of(study: Study, facts: Facts) -> Work:
    """A study as work."""
    shelf = facts.folder.parent
    return Work(
        study_json=study.model_dump_json(),
        shelf=None if shelf == BUILT_IN else str(shelf.resolve()),
        identity=identity_of(study, facts),
    )


def part_of(work: Work, chunk: int) -> bytes:
    """Do one chunk, counted from 0.

    Raises
    ------
    StudyError
        If this process has other software or other facts than whoever asked.
    """
    study, facts = _opened(work)
    schema = schema_of(study, work.identity, chunk=chunk)
    return part_bytes(chunk_rows(study, facts, chunk), facts.devices, schema)


@lru_cache(maxsize=1)
def _opened(work: Work) -> tuple[Study, Facts]:
    shelf = BUILT_IN if work.shelf is None else Path(work.shelf)
    study = Study.model_validate(json.loads(work.study_json))
    facts = open_edition(work.identity.facts_edition, shelf=shelf)
    differing = work.identity.differences(identity_of(study, facts))
    if differing:
        raise StudyError([f"a worker has {what}; give all workers the same" for what in differing])
    return study, facts
