"""Everything the mock can refuse. Nothing else in the mock builds a refusal.

Problem
├── NoSuchOperation       404  0     no operation has this path
├── MethodNotAllowed      405  0     the path does not know this method, or has no route for a value in it
├── NotSignedIn           401
│   ├── BadKey                 1020  no API key, or not one of this project
│   └── BadToken               1501  no user token, or not one of this project
├── TooLarge              413  0     more than the server reads
├── UnsupportedMediaType  415  0     the body is not announced as JSON
├── NotJson               400  0     the body is not one JSON document
├── WrongShape            422  1102  the description refuses it; every violation is listed
├── NotFound              404  4001  the thing named in path or body does not exist, or is hidden from this user
│   ├── PromotionNotFound      9502  the project has no such promotion of this kind
│   ├── NoSuchPromotion        1101  the project has no such promotion, where it is asked for limits
│   ├── StepNotFound           9911  the chain has no such step
│   ├── UserNotFound           5008  the project has never heard of the user
│   ├── CampaignNotFound       4001  no coupon or the like has this key; the message says 9802
│   ├── LimitsNotFound         9802  the same, where it is asked for limits
│   ├── CodeNotFound           4001  no campaign of this kind has the code; the message says 9807
│   ├── NoSuchCode             9811  no campaign of any kind has the code
│   └── CartNotFound           1401  the user has no such cart
└── RuleBroken            422        well formed, but the game says no
    ├── ActiveChain            6209  an enabled chain can't be updated
    ├── StillInUse             6210  a chain uses the value point                            (code inferred)
    ├── CannotChange           6211  fixed at creation, or not what the path names           (code inferred)
    ├── NamedTwice             6212  a list names one thing twice, in two ways               (code inferred)
    ├── WrongKindOfChain       6213  clan form and clan value point belong together          (code inferred)
    ├── TooManyPoints          6214  a balance holds no more                                 (code inferred)
    ├── AlreadyExists          6215  the SKU is taken, or there can be one only              (code inferred)
    ├── NotRolling             6220  the days of the chain are the same for everybody        (code inferred)
    ├── DayToCome              6221  the day of the step has not come                        (code inferred)
    ├── DayGone                6222  the day of the step passed, or went to another step     (code inferred)
    ├── OrderClosed            6230  the order is not new, or not paid                       (code inferred)
    ├── OutOfTurn              6231  a step before it is still open                          (code inferred)
    ├── WrongWay               6232  a free step is claimed, any other is ordered            (code inferred)
    ├── NoPrice                6233  the items of the step have no price together            (code inferred)
    ├── CampaignOff            6250  the campaign of the code is switched off                (code inferred)
    ├── OutOfPeriods           6251  the campaign is not valid now                           (code inferred)
    ├── NotForUser             6252  the campaign does not suit the user                     (code inferred)
    ├── WrongPick              6253  the keys of games are not picked, or not rightly        (code inferred)
    ├── LimitBelowUse          6254  more is used already than a limit would allow           (code inferred)
    ├── SecondPromoCode        6260  a purchase has one promo code only                      (code inferred)
    ├── NothingForCart         6261  the promo code gives nothing for the cart               (code inferred)
    ├── CartLocked             6262  a cart with a promo code can't be changed               (code inferred)
    ├── NotWithoutCode         6263  the item is sold with a code of its offer alone         (code inferred)
    ├── PurchaseLimitReached   1460  the user may not buy so many pieces
    ├── NoItemLimit            4508  users may buy the item without limit
    ├── NoUserLimit            4509  a campaign or a promotion does not limit its users
    ├── ItemLimitOutOfRange    4510  less than nothing, or more than the limit of the item
    ├── LimitOutOfRange        4511  less than nothing, or more than the limit
    ├── OtherSwitch            9505  a promotion with codes is switched by calls of its own
    ├── CodeTaken              9803  a campaign of the project has this code
    ├── NothingLeft            9804  the campaign, the user or the code has no redemption left
    ├── NotInRegion            9808  the code does not work in the country of the user
    ├── AlreadyClaimed         9912  the user has the step already
    └── NotEnoughPoints        9913  the balance does not reach the price of the step

ServerFault               500  0     not a refusal: the mock broke its word, see the journal
"""

from typing import Any

from .messages import Headers, Reply


class Problem(Exception):
    """A refusal: what is wrong, with its value, the limit it met and the way out."""

    status = 422
    code = 0
    told: int | None = None  # the number in the message, where the documents have another one there

    def __init__(self, message: str, *, headers: Headers | None = None, violations: list[dict[str, str]] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.headers = headers or []
        self.violations = violations

    def as_reply(self, transaction_id: str) -> Reply:
        """The one form of every refusal."""
        body: dict[str, Any] = {
            "statusCode": self.status,
            "errorCode": self.code,
            "errorMessage": f"[0401-{self.told or self.code}]: {self.message}",
            "transactionId": transaction_id,
            "errorMessageExtended": self.violations,
        }
        return Reply(self.status, body, self.headers)


class NoSuchOperation(Problem):
    """No operation has this path."""

    status = 404


class MethodNotAllowed(Problem):
    """The path does not know this method, or has no route for a value in it."""

    status = 405


class NotSignedIn(Problem):
    """Credentials are missing or unknown."""

    status = 401


class BadKey(NotSignedIn):
    """No API key, or not one of this project."""

    code = 1020

    def __init__(self, reason: str) -> None:
        challenge = [("www-authenticate", 'Basic realm="Xsolla LiveOps", charset="UTF-8"')]
        super().__init__(f"Error in Authentication method occurred. {reason}", headers=challenge)


class BadToken(NotSignedIn):
    """No user token, or not one of this project."""

    code = 1501

    def __init__(self, reason: str) -> None:
        super().__init__(f"Authorization failed: {reason}", headers=[("www-authenticate", 'Bearer realm="Xsolla LiveOps"')])


class TooLarge(Problem):
    """More than the server reads."""

    status = 413


class UnsupportedMediaType(Problem):
    """The body is not announced as JSON."""

    status = 415


class NotJson(Problem):
    """The body is not one JSON document."""

    status = 400


class WrongShape(Problem):
    """The description refuses the request."""

    code = 1102

    def __init__(self, violations: list[dict[str, str]]) -> None:
        first = violations[0]
        reason = f"{first['pointer']} breaks {first['rule']}: expected {first['expected']}, got {first['got']}"
        super().__init__(f"Unprocessable Entity. {reason}", violations=violations)


class NotFound(Problem):
    """The thing named in path or body does not exist, or is hidden from this user."""

    status = 404
    code = 4001


class PromotionNotFound(NotFound):
    """The project has no such promotion of this kind."""

    code = 9502


class StepNotFound(NotFound):
    """The chain has no such step."""

    code = 9911


class UserNotFound(NotFound):
    """The project has never heard of the user."""

    code = 5008


class CampaignNotFound(NotFound):
    """No campaign of this kind has the key."""

    told = 9802


class LimitsNotFound(NotFound):
    """No campaign of this kind has the key, where it is asked for limits."""

    code = 9802


class CodeNotFound(NotFound):
    """No campaign of this kind has the code."""

    told = 9807


class NoSuchPromotion(NotFound):
    """The project has no such promotion, where it is asked for limits."""

    code = 1101


class NoSuchCode(NotFound):
    """No campaign of any kind has the code."""

    code = 9811


class CartNotFound(NotFound):
    """The user has no such cart."""

    code = 1401


class RuleBroken(Problem):
    """Well formed, but the game says no."""


class ActiveChain(RuleBroken):
    """An enabled chain can't be updated."""

    code = 6209


class StillInUse(RuleBroken):
    """A chain uses the value point."""

    code = 6210


class CannotChange(RuleBroken):
    """Fixed at creation, or not what the path names."""

    code = 6211


class NamedTwice(RuleBroken):
    """A list names one thing twice, in two ways."""

    code = 6212


class WrongKindOfChain(RuleBroken):
    """Clan form and clan value point belong together."""

    code = 6213


class TooManyPoints(RuleBroken):
    """A balance holds no more."""

    code = 6214


class AlreadyExists(RuleBroken):
    """The SKU is taken, or there can be one only."""

    code = 6215


class NotRolling(RuleBroken):
    """The days of the chain are the same for everybody."""

    code = 6220


class DayToCome(RuleBroken):
    """The day of the step has not come."""

    code = 6221


class DayGone(RuleBroken):
    """The day of the step passed, or went to another step."""

    code = 6222


class OrderClosed(RuleBroken):
    """The order is not new, or not paid."""

    code = 6230


class OutOfTurn(RuleBroken):
    """A step before it is still open."""

    code = 6231


class WrongWay(RuleBroken):
    """A free step is claimed, any other is ordered."""

    code = 6232


class NoPrice(RuleBroken):
    """The items of the step have no price together."""

    code = 6233


class CampaignOff(RuleBroken):
    """The campaign of the code is switched off."""

    code = 6250


class OutOfPeriods(RuleBroken):
    """The campaign is not valid now."""

    code = 6251


class NotForUser(RuleBroken):
    """The campaign does not suit the user."""

    code = 6252


class WrongPick(RuleBroken):
    """The keys of games are not picked, or not rightly."""

    code = 6253


class LimitBelowUse(RuleBroken):
    """More is used already than a limit would allow."""

    code = 6254


class SecondPromoCode(RuleBroken):
    """A purchase has one promo code only."""

    code = 6260


class NothingForCart(RuleBroken):
    """The promo code gives nothing for the cart."""

    code = 6261


class CartLocked(RuleBroken):
    """A cart with a promo code can't be changed."""

    code = 6262


class NotWithoutCode(RuleBroken):
    """The item is sold with a code of its offer alone."""

    code = 6263


class PurchaseLimitReached(RuleBroken):
    """The user may not buy so many pieces."""

    code = 1460


class NoItemLimit(RuleBroken):
    """Users may buy the item without limit."""

    code = 4508


class NoUserLimit(RuleBroken):
    """A campaign or a promotion does not limit its users."""

    code = 4509


class ItemLimitOutOfRange(RuleBroken):
    """Less than nothing, or more than the limit of the item."""

    code = 4510


class LimitOutOfRange(RuleBroken):
    """Less than nothing, or more than the limit."""

    code = 4511


class OtherSwitch(RuleBroken):
    """A promotion with codes is switched by calls of its own."""

    code = 9505


class CodeTaken(RuleBroken):
    """A campaign of the project has this code."""

    code = 9803


class NothingLeft(RuleBroken):
    """The campaign, the user or the code has no redemption left."""

    code = 9804


class NotInRegion(RuleBroken):
    """The code does not work in the country of the user."""

    code = 9808


class AlreadyClaimed(RuleBroken):
    """The user has the step already."""

    code = 9912


class NotEnoughPoints(RuleBroken):
    """The balance does not reach the price of the step."""

    code = 9913


class ServerFault(Problem):
    """Not a refusal: the mock broke its word."""

    status = 500

    def __init__(self) -> None:
        super().__init__("The mock server failed to keep the description; the journal says where")
