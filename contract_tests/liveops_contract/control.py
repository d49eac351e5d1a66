"""The control door of a project: the clock, users, items and purchases. Real deployments have none."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from liveops_contract.doors import Answer

Json = Any
Send = Callable[[str, str, Json], Answer]


class ControlRefused(Exception):
    """The control door did not do what it was asked; the message says what and why, the code which rule refused."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class Control:
    """What tests may do to one project besides calling its API."""

    def __init__(self, send: Send, project_id: int) -> None:
        self._send = send
        self._root = f"/__control__/projects/{project_id}"

    def ask(self, method: str, path: str, body: Json = None) -> Json:
        """Call the control door below this project; refuse to go on if it refuses."""
        answer = self._send(method, self._root + path, body)
        if answer.status >= 300:
            said = answer.body[:300].decode("utf-8", "replace")
            raise ControlRefused(f"{method} {self._root}{path}: {answer.status} {said}", answer.error_code)
        return answer.json()

    def reset(self, seed: int | None = None) -> None:
        """Empty the world back to its start."""
        self.ask("POST", "/reset", {} if seed is None else {"seed": seed})

    def now(self) -> str:
        """The project's own time."""
        return str(self.ask("GET", "/clock")["now"])

    def set_clock(self, now: str | None = None, mode: str | None = None) -> str:
        """Move the clock to an instant, or freeze it, or let it run; answers the time then."""
        wishes = {key: value for key, value in {"now": now, "mode": mode}.items() if value is not None}
        return str(self.ask("PUT", "/clock", wishes)["now"])

    def advance(self, seconds: int) -> str:
        """Let time pass; what falls due meanwhile happens in order. Answers the time then."""
        return str(self.ask("POST", "/clock/advance", {"seconds": seconds})["now"])

    def rewind(self, seconds: int) -> str:
        """Turn time back; answers the time then."""
        return str(self.ask("POST", "/clock/rewind", {"seconds": seconds})["now"])

    def token(self, user_id: str, expires_in: int | None = None) -> str:
        """A token of a user."""
        wishes = {"user_id": user_id} | ({} if expires_in is None else {"expires_in": expires_in})
        return str(self.ask("POST", "/tokens", wishes)["token"])

    def put_item(self, sku: str, **facts: Json) -> None:
        """Add or replace an item: name, type, price, content, value_points, limits, blocked_countries, facts and the like."""
        self.ask("PUT", f"/items/{quote(sku, safe='')}", {"name": {"en": sku}, "type": "virtual_good"} | facts)

    def item(self, sku: str) -> Json:
        """An item of the catalog."""
        return self.ask("GET", f"/items/{quote(sku, safe='')}")

    def put_user(self, user_id: str, **facts: Json) -> None:
        """Set a user's name, clan, country and attributes. A clan counts once the user calls `user-clan-update`."""
        self.ask("PUT", f"/users/{quote(user_id, safe='')}", facts)

    def user(self, user_id: str) -> Json:
        """A user with balances and inventory."""
        return self.ask("GET", f"/users/{quote(user_id, safe='')}")

    def lock(self, kind: str, key: str, *countries: str) -> None:
        """Lock a campaign of a kind, as paths spell it, for users of these countries and no others."""
        path = f"/campaigns/{kind}/{quote(key, safe='')}"
        self.ask("PUT", path, {"blocked_countries": list(countries)})

    def balance(self, user_id: str, sku: str) -> int:
        """How many of one value point a user has; 0 where the user has none."""
        return next((int(entry["amount"]) for entry in self.user(user_id)["balances"] if entry["sku"] == sku), 0)

    def inventory(self, user_id: str) -> dict[str, int]:
        """How many of each item a user has."""
        return {entry["sku"]: int(entry["quantity"]) for entry in self.user(user_id)["inventory"]}

    def purchase(self, user_id: str, items: Mapping[str, int], **facts: Json) -> Json:
        """A paid order: SKU and quantity; answers the order and what it gave."""
        return self.ask("POST", f"/users/{quote(user_id, safe='')}/purchases", {"items": bought(items), **facts})

    def cart(self, user_id: str) -> Json:
        """A user's cart: what the user sees, and its codes."""
        return self.ask("GET", f"/users/{quote(user_id, safe='')}/cart")

    def fill_cart(self, user_id: str, items: Mapping[str, int], **facts: Json) -> Json:
        """Put items into a user's cart in place of what is there; the cart then."""
        return self.ask("PUT", f"/users/{quote(user_id, safe='')}/cart", {"items": bought(items), **facts})

    def empty_cart(self, user_id: str) -> None:
        """Forget a user's cart."""
        self.ask("DELETE", f"/users/{quote(user_id, safe='')}/cart")

    def order_cart(self, user_id: str) -> Json:
        """Make an order of a user's cart; the order, which is new."""
        return self.ask("POST", f"/users/{quote(user_id, safe='')}/cart/order")

    def orders(self, user_id: str) -> list[Json]:
        """All orders of a user, the oldest first."""
        return list(self.ask("GET", f"/users/{quote(user_id, safe='')}/orders")["orders"])

    def order(self, order_id: int) -> Json:
        """An order: user, status, items, price, value points, when it was made and paid."""
        return self.ask("GET", f"/orders/{order_id}")

    def pay(self, order_id: int) -> Json:
        """Pay a new order; the order as it is then."""
        return self.ask("POST", f"/orders/{order_id}/pay")

    def cancel(self, order_id: int) -> Json:
        """Give up a new order; the order as it is then."""
        return self.ask("POST", f"/orders/{order_id}/cancel")

    def refund(self, order_id: int) -> Json:
        """Pay the money of a paid order back; the order as it is then."""
        return self.ask("POST", f"/orders/{order_id}/refund")

    def journal(self) -> Json:
        """What the project was asked so far: total, server_errors, by_status, entries."""
        return self.ask("GET", "/journal")


def bought(items: Mapping[str, int]) -> list[Json]:
    """Items to buy, as the control door takes them."""
    return [{"sku": sku, "quantity": quantity} for sku, quantity in items.items()]
