"""The authority is handed to whoever asks; its key never."""

from collections.abc import Iterator

import pytest
from django.http import Http404
from django.test import RequestFactory

from percuta.site import authority
from percuta.site.configuration import configuration
from percuta.site.lan import Lan, open_lan


@pytest.fixture(name="lan")
def _lan() -> Iterator[Lan]:
    settings = configuration()
    yield open_lan(settings)
    for path in settings.authority_folder.iterdir():
        path.unlink()
    settings.authority_folder.rmdir()


def test_a_tablet_gets_the_certificate_without_signing_in(lan: Lan) -> None:
    answer = authority.download(RequestFactory().get("/authority/"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-x509-ca-cert"
    assert answer.content == lan.authority
    assert not authority.download.login_required  # type: ignore[attr-defined]


def test_a_clinic_that_never_opened_its_network_has_none() -> None:
    with pytest.raises(Http404):
        authority.download(RequestFactory().get("/authority/"))


def test_nothing_can_be_posted_to_it(lan: Lan) -> None:
    assert authority.download(RequestFactory().post("/authority/")).status_code == 405
