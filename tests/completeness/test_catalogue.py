"""Every device by name has its numbers or says that none was found, and its physics or why not."""

from percuta.facts.depths import DepthKind
from percuta.facts.edition import Facts, editions, open_edition
from percuta.facts.sources import SourceKind


def test_a_device_by_name_can_be_planned_with_or_says_why_not(facts: Facts) -> None:
    for key, entry in facts.catalogue.items():
        assert (key in facts.devices) is (entry.why_not_planned == "none"), key


def test_a_cleared_device_has_numbers_and_as_many_days(facts: Facts) -> None:
    for row in facts.table("catalogue"):
        entry = facts.catalogue[row.key]
        days = row.cells["cleared_on"]
        told = str(days).split(";") if entry.number_list else []
        assert len(told) == len(entry.number_list), row.key


def test_a_label_depth_of_the_catalogue_is_the_one_that_limits(facts: Facts) -> None:
    for entry in facts.catalogue.values():
        if entry.label_depth_mm is not None:
            limits = [
                row.depth_mm_hi
                for row in facts.depths
                if row.kind is DepthKind.LABEL_LIMIT and row.family == entry.family
            ]
            assert limits
            assert set(limits) == {entry.label_depth_mm}, entry.key


def test_an_indication_that_was_read_has_its_row_and_one_that_was_not_has_none(
    facts: Facts,
) -> None:
    families = {row.family for row in facts.indications}
    for entry in facts.catalogue.values():
        if entry.family is not None:
            assert (entry.family in families) is entry.is_indication_read, entry.key


def test_a_device_of_the_catalogue_follows_its_own_labelling(facts: Facts) -> None:
    for key, entry in facts.catalogue.items():
        if key in facts.devices:
            assert facts.devices[key].family == entry.family


def test_generic_devices_stay(facts: Facts) -> None:
    older = open_edition(editions()[0])
    assert set(older.devices) <= set(facts.devices)
    assert not set(older.devices) & set(facts.catalogue)


def test_no_clinic_page_is_called_a_label_or_a_leaflet(facts: Facts) -> None:
    for key, source in facts.sources.items():
        if key.startswith("CLINIC_"):
            assert source.kind is SourceKind.CLINIC_PAGE, key
