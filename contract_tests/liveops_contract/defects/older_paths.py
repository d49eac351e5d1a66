"""Planted bugs in older paths: a description by which the mock finds something else, or nothing, under them."""

import copy

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json

ROOT = "/project/{project_id}/admin/reward_chain"
CHAIN = f"{ROOT}/id/{{reward_chain_id}}"
SAME = "an_older_path_does_the_same"


def drop(document: Json, path: str) -> None:
    """Let a path have no older one."""
    del document["paths"][f"/v3{path}"]["x-aliases"]


def split_off(document: Json, path: str) -> Json:
    """Make the older path a path of its own, and answer what is described there."""
    older = copy.deepcopy(document["paths"][f"/v3{path}"])
    del older["x-aliases"]
    drop(document, path)
    document["paths"][f"/v2{path}"] = older
    return older


@plant("admin-create-reward-chain", caught_by=SAME, in_description=True)
def the_older_path_of_the_list_is_gone(document: Json) -> None:
    """Creation and list are served under the newer path alone."""
    drop(document, ROOT)


@plant("admin-update-reward-chain", caught_by=SAME, in_description=True)
def the_older_path_of_a_chain_is_gone(document: Json) -> None:
    """A chain is read, replaced and deleted under the newer path alone."""
    drop(document, CHAIN)


@plant("admin-toggle-reward-chain", caught_by=SAME, in_description=True)
def the_older_path_of_the_toggle_is_gone(document: Json) -> None:
    """The toggle is served under the newer path alone."""
    drop(document, f"{CHAIN}/toggle")


@plant("admin-reset-reward-chain", caught_by=SAME, in_description=True)
def the_older_path_of_the_reset_is_gone(document: Json) -> None:
    """The reset is served under the newer path alone."""
    drop(document, f"{CHAIN}/reset")


@plant("admin-create-reward-chain", caught_by=SAME, in_description=True)
def the_older_path_knows_no_clans(document: Json) -> None:
    """Under the older path a chain of clans has a wrong shape."""
    body = split_off(document, ROOT)["post"]["requestBody"]["content"]["application/json"]
    body["schema"] = {"$ref": "#/components/schemas/RewardChainCreate"}


@plant("admin-toggle-reward-chain", caught_by=SAME, in_description=True)
def the_older_toggle_resets(document: Json) -> None:
    """What switches a chain under the newer path starts it over under the older one."""
    split_off(document, f"{CHAIN}/toggle")["put"]["operationId"] = "admin-reset-reward-chain"
