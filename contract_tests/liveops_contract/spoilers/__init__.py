"""What may stand between a caller and a server and spoil things; made anew for each proxy, since some remember."""

from collections.abc import Callable
from functools import partial

from liveops_contract.spoilers import values
from liveops_contract.spoilers.answers import (
    alters_codes,
    answers,
    changes_answers,
    drops_the_last_page,
    finds_everything,
    loses_headers,
    loses_the_end,
)
from liveops_contract.spoilers.callers import adds_credentials, doubles_credentials, mixes_up_projects, mixes_up_users
from liveops_contract.spoilers.proxy import Spoiler
from liveops_contract.spoilers.reads import keeps_a_read_for_the_next, keeps_reads, keeps_reads_for, keeps_what_is_missing
from liveops_contract.spoilers.requests import (
    changes_bodies,
    changes_right_bodies,
    clamps_numbers,
    drops_optional_fields,
    drops_strange_fields,
    ignores,
    mends_bodies,
    with_headers,
)
from liveops_contract.spoilers.values import everywhere
from liveops_contract.spoilers.writes import (
    loses_answers_to_writes,
    swallows_writes,
    writes_back,
    writes_elsewhere,
    writes_late,
    writes_twice,
)

SPOILERS: dict[str, Callable[[], Spoiler]] = {
    "swallows writes": swallows_writes,
    "swallows every tenth write": partial(swallows_writes, 10),
    "writes twice": writes_twice,
    "writes late": writes_late,
    "writes back": writes_back,
    "writes elsewhere": writes_elsewhere,
    "loses answers to writes": loses_answers_to_writes,
    "keeps reads": keeps_reads,
    "keeps reads for a while": partial(keeps_reads_for, 0.5),
    "keeps a read for the next": keeps_a_read_for_the_next,
    "keeps what is missing": keeps_what_is_missing,
    "mends bodies": mends_bodies,
    "clamps numbers": clamps_numbers,
    "trims texts": changes_bodies(everywhere(values.trimmed)),
    "cuts long texts": changes_bodies(everywhere(values.first_characters(100))),
    "reads numbers in texts": changes_bodies(everywhere(values.as_number)),
    "sorts what is sent": changes_right_bodies(everywhere(values.sorted_list)),
    "drops strange fields": drops_strange_fields,
    "drops optional fields": drops_optional_fields,
    "announces every body as JSON": with_headers(content_type="application/json"),
    "announces no body": with_headers(content_type=None),
    "adds credentials": adds_credentials,
    "loses credentials": with_headers(authorization=None),
    "doubles credentials": doubles_credentials,
    "mixes up users": mixes_up_users,
    "mixes up projects": mixes_up_projects,
    "answers 200 for 201": answers(201, 200),
    "answers 200 for 204": answers(204, 200),
    "answers 200 for 404": answers(404, 200),
    "answers 400 for 422": answers(422, 400),
    "finds everything": finds_everything,
    "alters codes": alters_codes,
    "ignores the page": ignores("limit", "offset"),
    "ignores filters": ignores("enabled", "is_enabled", "user_external_id", "codes[]"),
    "drops the last page": drops_the_last_page,
    "turns lists round": changes_answers(everywhere(values.backwards)),
    "swaps elements": changes_answers(everywhere(values.swapped)),
    "cuts lists": changes_answers(everywhere(values.cut)),
    "repeats elements": changes_answers(everywhere(values.doubled)),
    "tells equals once": changes_answers(everywhere(values.once_each)),
    "miscounts": changes_answers(everywhere(values.counted)),
    "rounds prices": changes_answers(everywhere(values.rounded)),
    "shortens prices": changes_answers(everywhere(values.shortened)),
    "shifts hours": changes_answers(everywhere(values.later(hours=1))),
    "turns offsets": changes_answers(everywhere(values.other_side)),
    "adds one": changes_answers(everywhere(values.longer)),
    "tells numbers as texts": changes_answers(everywhere(values.as_text)),
    "cuts what is told": changes_answers(everywhere(values.first_characters(255))),
    "narrows numbers": changes_answers(everywhere(values.narrow)),
    "tells English alone": changes_answers(everywhere(values.in_english)),
    "writes names in capitals": changes_answers(everywhere(values.loud_names)),
    "leaves nulls out": changes_answers(everywhere(values.without_nulls)),
    "adds a field": changes_answers(lambda document: {**document, "debug": True} if isinstance(document, dict) else document),
    "loses the end": loses_the_end,
    "loses media types": loses_headers("content-type"),
    "loses challenges": loses_headers("www-authenticate"),
}
