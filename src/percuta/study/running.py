"""A study from its chunks to one table: what is there already is kept, the rest is done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pyarrow as pa

from percuta.errors import StudyError
from percuta.facts.edition import Facts
from percuta.study.design import Study
from percuta.study.folder import Folder, opened
from percuta.study.identity import Identity, identity_of
from percuta.study.parquet import belongs, rows_of, schema_of, write_result
from percuta.study.work import Work, part_of, work_of

Done = tuple[int, bytes]
Doing = Callable[[Work, Iterable[int]], Iterator[Done]]
"""Does chunks in any order and hands over each with its part."""

Workplace = AbstractContextManager[Doing]
"""Entered only where something is left to do."""

Progress = Callable[[int, int], None]
"""Told how many chunks are done, and of how many."""


def here(work: Work, chunks: Iterable[int]) -> Iterator[Done]:
    """Do chunks one after the other in this process."""
    for chunk in chunks:
        yield chunk, part_of(work, chunk)


def run_study(
    study: Study,
    facts: Facts,
    out: Path,
    *,
    workplace: Workplace | None = None,
    progress: Progress = lambda done, of: None,
) -> Path:
    """Run a study, or go on with it; the path of its table.

    The bytes of the table do not depend on how it was computed, on stops or on who did what.
    Without a ``workplace`` this process does it all.

    Raises
    ------
    StudyError
        If the folder belongs to something else, or work cannot be done.
    """
    identity = identity_of(study, facts)
    with opened(out, identity) as folder:
        if folder.is_finished:
            folder.tidy()
            progress(study.chunks, study.chunks)
            return folder.result
        missing = _missing(study, identity, folder)
        progress(study.chunks - len(missing), study.chunks)
        if missing:
            with workplace or nullcontext(here) as doing:
                for done, (chunk, part) in enumerate(doing(work_of(study, facts), missing), 1):
                    folder.keep(chunk, part)
                    progress(study.chunks - len(missing) + done, study.chunks)
        schema = schema_of(study, identity, asked=study.model_dump(mode="json"))
        write_result(_parts(study, folder), schema, folder.draft)
        folder.finish(folder.draft)
        return folder.result


def _missing(study: Study, identity: Identity, folder: Folder) -> list[int]:
    """Chunks that are still to be done; torn parts and those of anything else are let go."""
    whole: set[int] = set()
    for chunk, path in folder.parts().items():
        part = folder.content(chunk, path)
        if part is not None and belongs(part, schema_of(study, identity, chunk=chunk)):
            whole.add(chunk)
        else:
            folder.drop(path)
    return [chunk for chunk in range(study.chunks) if chunk not in whole]


def _parts(study: Study, folder: Folder) -> Iterator[pa.Table]:
    kept = folder.parts()
    for chunk in range(study.chunks):
        part = folder.content(chunk, kept[chunk]) if chunk in kept else None
        if part is None:
            raise StudyError([f"{folder.path}: part {chunk} has gone; run the study again"])
        yield rows_of(part)
