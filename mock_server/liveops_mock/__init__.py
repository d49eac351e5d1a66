"""The stateful mock server of the LiveOps API."""

from .app import MockServer
from .control import CONTROL_RULES
from .domain import RULES, Rule
from .messages import Call, Page, Reply
from .problems import Problem
from .wire import web_server
from .world import World

__all__ = ["CONTROL_RULES", "RULES", "Call", "MockServer", "Page", "Problem", "Reply", "Rule", "World", "web_server"]
