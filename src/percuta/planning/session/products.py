"""Glide medium, soothing product and topicals: only what may go on needled skin."""

from percuta.facts.agents import Agent
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Scope
from percuta.planning.case.case import Answer, Case, Frozen
from percuta.planning.judgement.findings import Finding

RULE_NEVER = "product.never_on_needled_skin"
RULE_UNLABELLED = "product.not_labelled_for_needled_skin"
RULE_NO_FIGURE = "product.no_figure"
RULE_ALLERGY = "product_ingredient_allergy"
_UNKNOWN = "unknown"


class Product(Frozen):
    """A product to use: its key, name, whether labelled for needled skin, and a warning."""

    product: str
    name: str
    on_needled_skin: str
    warning: str
    fact: str
    sources: tuple[str, ...]


def choose_product(
    role: str, wished: str | None, case: Case, facts: Facts
) -> tuple[Product | None, tuple[Finding, ...]]:
    """The product for ``role`` (glide or soothing), and findings about the one wished for.

    A wish that must never touch needled skin, or holds what the person reacts to, is refused
    and the best remaining product is taken; without one, none is named.
    """
    candidates = [agent for agent in facts.agents.values() if role in agent.role]
    answer = case.history.get(RULE_ALLERGY)
    safe = [agent for agent in candidates if _is_safe(agent, answer)]
    findings: list[Finding] = []
    chosen: Agent | None = None
    if wished is not None:
        agent = facts.agents[wished]
        findings += _wish_findings(agent, agent in safe)
        chosen = agent if agent in safe else None
    if chosen is None:
        ranked = [agent for agent in safe if agent.default_rank_n is not None]
        chosen = min(ranked, key=lambda agent: agent.default_rank_n or 0, default=None)
    return (_product(chosen) if chosen else None), tuple(findings)


def choose_topicals(case: Case, facts: Facts) -> tuple[tuple[Product, ...], tuple[Finding, ...]]:
    """The topicals wished for that may go on needled skin, and findings about each."""
    answer = case.history.get(RULE_ALLERGY)
    chosen: list[Product] = []
    findings: list[Finding] = []
    for wished in case.setting.topicals:
        agent = facts.agents[wished]
        is_safe = _is_safe(agent, answer)
        findings += _wish_findings(agent, is_safe)
        chosen += [_product(agent)] if is_safe else []
    return tuple(chosen), tuple(findings)


def is_reacted_to(agent: Agent, case: Case) -> bool:
    """Whether the person reacts, or may react, to something in a product."""
    return _reacts(agent, case.history.get(RULE_ALLERGY))


def _is_safe(agent: Agent, answer: Answer | None) -> bool:
    return agent.on_needled_skin != "never" and not _reacts(agent, answer)


def _reacts(agent: Agent, answer: Answer | None) -> bool:
    """Without a named ingredient every product is suspect; an open list always is."""
    if answer is None or answer.status != "yes":
        return False
    if not answer.ingredients or _UNKNOWN in agent.ingredients:
        return True
    return not set(answer.ingredients).isdisjoint(agent.ingredients)


def _wish_findings(agent: Agent, is_safe: bool) -> list[Finding]:
    if is_safe and agent.on_needled_skin == "labelled":
        return []
    if is_safe and agent.on_needled_skin == "no_figure":
        text = f"{agent.name} is recorded, not advised, and nothing is reckoned. {agent.warning}"
        return [_finding(RULE_NO_FIGURE, Level.CAUTION, text, agent)]
    if is_safe:
        text = f"{agent.name} is not labelled for needled skin. {agent.warning}"
        return [_finding(RULE_UNLABELLED, Level.CAUTION, text, agent)]
    text = f"{agent.name} is left out. {agent.warning}"
    return [_finding(RULE_NEVER, Level.STOP, text, agent)]


def _finding(rule: str, level: Level, text: str, agent: Agent) -> Finding:
    return Finding(
        rule=rule,
        level=level,
        scope=Scope.AGENT,
        reason=text,
        facts=(f"agents/{agent.key}",),
        sources=agent.sources,
    )


def _product(agent: Agent) -> Product:
    return Product(
        product=agent.key,
        name=agent.name,
        on_needled_skin=agent.on_needled_skin,
        warning=agent.warning,
        fact=f"agents/{agent.key}",
        sources=agent.sources,
    )
