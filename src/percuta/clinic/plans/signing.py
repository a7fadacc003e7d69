"""What somebody reads before signing: the plan, its digest, and every sentence to accept."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.plans.acceptance import Statement, statements
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.physician import for_a_physician, is_physician
from percuta.clinic.plans.queries import planned, version
from percuta.planning.plan.document import write_plan
from percuta.planning.plan.plan import Plan as Planned


@dataclass(frozen=True)
class Reading:
    """A version as it stands at this moment; the digest is what a signature is put under."""

    version: PlanVersion
    plan: Planned
    sha256: str
    statements: tuple[Statement, ...]


def to_sign(plan: Plan, *, by: User, number: int | None = None) -> PlanVersion:
    """One version of a plan for those who may sign it, the newest if no number is given."""
    authorise(by, Permission.SIGN, [plan])
    return version(plan, by=by, number=number)


def reading(version: PlanVersion, *, by: User) -> Reading:
    """A version for those who may sign it.

    Raises
    ------
    CaseError
        If answers and wishes do not make a case yet.
    PlanError
        If it is signed, and what is stored is not what was signed.
    """
    authorise(by, Permission.SIGN, [version])
    plan = planned(version, by=by)
    sha256 = version.sha256 if version.is_signed else digest_of(plan)
    return Reading(version, plan, sha256, statements(plan))


def digest_of(plan: Planned) -> str:
    """The digest of a plan's bytes."""
    return hashlib.sha256(write_plan(plan).encode()).hexdigest()


def is_signed_so(version: PlanVersion, *, by: User, sha256: str) -> bool:
    """Whether this person has signed these very bytes already."""
    signed = PlanVersion.objects.filter(signed_at__isnull=False, signed_by=by, sha256=sha256)
    return signed.filter(pk=version.pk).exists()


def not_signable(plan: Planned, accepted: Iterable[str], *, by: User) -> tuple[str, ...]:
    """Why this plan cannot be signed by this person with what was accepted; empty if it can."""
    if not plan.is_made:
        return (f"nothing to sign: the answer is '{plan.verdict.value}'",)
    reserved = () if is_physician(by) else for_a_physician(plan)
    return (*_not_accepted(plan, accepted), *_depths_open(plan), *reserved)


def _depths_open(plan: Planned) -> Iterator[str]:
    """Zones for which no depth is advised, and for which nobody has chosen one."""
    for zone in plan.zones:
        if zone.depth_mm.to_choose:
            limit = f"{zone.depth_mm.limit:g} mm"
            yield f"{zone.name}: no depth is advised here; choose one, at most {limit}"


def _not_accepted(plan: Planned, accepted: Iterable[str]) -> tuple[str, ...]:
    given = set(accepted)
    return tuple(
        f"not accepted: {told.about.value}. {told.text}"
        for told in statements(plan)
        if told.key not in given
    )
