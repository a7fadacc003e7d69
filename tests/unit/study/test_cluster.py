"""Workers that cannot be had are told in words."""

import distributed
import pytest

from percuta.errors import StudyError
from percuta.study.cluster import own_cluster


def test_workers_that_do_not_start_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr(distributed, "LocalCluster", refuse)
    with pytest.raises(StudyError, match="no worker could be started"), own_cluster(2):
        pass
