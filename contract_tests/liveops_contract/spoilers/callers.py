"""Spoilers of who calls: credentials that are added, users and projects that are taken for others."""

from dataclasses import replace

from liveops_contract.spoilers.proxy import Ask, Asked, Reply, Spoiler


def adds_credentials(whose: str = "") -> Spoiler:
    """Who sends no credentials, or wrong ones, gets those that the project was last opened with, or those that are given."""
    known: dict[tuple[str, str], str] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        key = asked.project, asked.operation.security
        sent, instead = asked.headers.get("authorization", ""), whose or known.get(key)
        answered = ask(asked)
        if answered[0] == 401 and instead:
            return ask(replace(asked, headers={**asked.headers, "authorization": instead}))
        if answered[0] != 401 and sent:
            known[key] = sent
        return answered

    return spoil


def doubles_credentials() -> Spoiler:
    """The credentials are sent twice in one header, as a proxy joins two headers of one name."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        sent = asked.headers.get("authorization")
        return ask(replace(asked, headers={**asked.headers, "authorization": f"{sent}, {sent}"}) if sent else asked)

    return spoil


def mixes_up_users() -> Spoiler:
    """Every user of a project is taken for the first one."""
    first: dict[str, str] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        sent = asked.headers.get("authorization", "")
        if asked.operation.security != "user" or not sent:
            return ask(asked)
        answered = ask(replace(asked, headers={**asked.headers, "authorization": first.get(asked.project, sent)}))
        if answered[0] == 401:
            return ask(asked)
        first.setdefault(asked.project, sent)
        return answered

    return spoil


def mixes_up_projects() -> Spoiler:
    """A read is answered for the project that was asked the same before."""
    last: dict[str, tuple[str, Reply]] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        if asked.method != "GET" or answered[0] != 200:
            return answered
        project, before = last.get(asked.operation.id, (asked.project, answered))
        last[asked.operation.id] = asked.project, answered
        return answered if project == asked.project else before

    return spoil
