"""LiveOps and AsyncLiveOps over a server that gives the answers of a test."""

import httpx
from xsolla_liveops import AsyncLiveOps, LiveOps

SECRET = "5w0rdf15h"


def answering(*answers: httpx.Response | Exception, seen: list[httpx.Request] | None = None) -> LiveOps:
    """LiveOps whose server gives these answers, one after the other; the last one again and again."""
    waiting = list(answers)

    def reply(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)

    return LiveOps.admin(project_id=1, api_key=SECRET, retries=0, httpx_args={"transport": httpx.MockTransport(reply)})


def awaiting(answer: httpx.Response | Exception) -> AsyncLiveOps:
    """The same, async."""
    return AsyncLiveOps(answering(answer).client, project_id=1)
