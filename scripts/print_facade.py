"""Print the facade of the SDK beside its functions: LiveOps and AsyncLiveOps, a namespace for each area, the errors."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awaited_examples import Special, awaited
from client_error import ClientError
from refusals import Refusal, refusals_of

if TYPE_CHECKING:
    from openapi_python_client import Project
    from openapi_python_client.parser.openapi import Endpoint

Json = Any
EXAMPLES = Path(__file__).resolve().parent / "client_templates" / "examples"
PAGING = {"limit", "offset"}
FLAG = {"type": "integer", "minimum": 0, "maximum": 1}


@dataclass(frozen=True)
class Argument:
    """A parameter as the facade takes it; `name` and `type` are Python."""

    name: str
    type: str
    required: bool
    about: str
    is_flag: bool = False  # 0 or 1, for which False and True will do


@dataclass(frozen=True)
class Body:
    """What is sent: the models that it may be, one of them or a list of them."""

    models: tuple[str, ...]
    is_list: bool
    about: str

    @property
    def type(self) -> str:
        """The annotation: a model, or the plain data of one."""
        one = " | ".join([*self.models, "Mapping[str, Any]"])
        return f"Sequence[{one}]" if self.is_list else one

    @property
    def value(self) -> str:
        """The expression that makes the argument of the function below."""
        return "as_bodies(body)" if self.is_list else "as_body(body)"


@dataclass(frozen=True)
class Pages:
    """How a list in pages is walked: the field of the elements, their type, the last page's test, the field of the total."""

    field: str
    item: str
    ended: str
    total: str | None


@dataclass(frozen=True)
class Method:
    """A method of the facade."""

    name: str
    operation: str
    verb: str
    route: str
    function: str
    summary: str
    about: str
    path: tuple[Argument, ...]
    query: tuple[Argument, ...]
    body: Body | None
    status: int
    answer: str | None
    pages: Pages | None
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Edit:
    """A pair of methods that read a thing and replace it, put together to one that changes it."""

    name: str
    read: str
    write: str
    operation: str
    path: tuple[Argument, ...]
    models: tuple[str, ...]


@dataclass(frozen=True)
class Making:
    """A pair of methods that make things and list them, put together to one that walks over what was made."""

    name: str
    make: Method
    list: Method


@dataclass(frozen=True)
class Area:
    """A namespace of the facade."""

    name: str
    about: str
    methods: tuple[Method, ...]
    edits: tuple[Edit, ...]
    makings: tuple[Making, ...]
    imports: tuple[str, ...]

    @property
    def class_name(self) -> str:
        """Name of its class; the async one has `Async` before it."""
        return "".join(word.capitalize() for word in self.name.split("_")) + "Area"


def facade(document: dict[str, Json], operations: list[dict[str, Json]], project: "Project", names: dict[str, str]) -> list[Area]:
    """Every area with its methods, in the order of the description."""
    known = {operation["operationId"].replace("-", "_"): operation for operation in operations}
    collections = project.openapi.endpoint_collections_by_tag.values()
    endpoints = {str(one.name): one for collection in collections for one in collection.endpoints}
    areas, flags = [], flags_of(document)
    for tag in document["tags"]:
        own = {name: operation for name, operation in known.items() if operation["tags"][0] == tag["name"]}
        methods = tuple(
            method_of(own[name], endpoints[name], names, refusals_of(own[name], document), flags) for name in sorted(own)
        )
        imports = {line for name in own for line in imports_of(endpoints[name], tag["name"])}
        edits = tuple(edits_of(methods, endpoints, {str(model.class_info.name): model for model in project.openapi.models}))
        makings = tuple(makings_of(methods))
        areas.append(Area(tag["name"], tag["description"], methods, edits, makings, tuple(sorted(imports))))
    return areas


def imports_of(endpoint: "Endpoint", area: str) -> Iterator[str]:
    """The lines that a method needs; what no line of the area uses the formatter takes out again."""
    yield f"from ..api.{area} import {endpoint.name}"
    lines = set(endpoint.relative_imports)
    for response in endpoint.responses:
        for field in fields_of(response.prop):
            lines |= field.get_imports(prefix="...") | field.get_lazy_imports(prefix="...")
    yield from (str(line).replace("from ...", "from ..") for line in lines)


def edits_of(methods: tuple[Method, ...], endpoints: dict[str, "Endpoint"], models: dict[str, Any]) -> Iterator[Edit]:
    """For each PUT with a GET of the same path, where the answer has all that one form of the body needs."""
    readers = {method.route: method for method in methods if method.verb == "GET"}
    for write in methods:
        read = readers.get(write.route)
        if write.verb != "PUT" or read is None or write.body is None or write.query or read.query:
            continue
        if answers_enough(endpoints[read.function], write.body, models):
            name = "edit" + read.name.removeprefix("get")
            refuse_hidden(name, write, methods)
            yield Edit(name, read.name, write.name, write.operation, write.path, write.body.models)


def makings_of(methods: tuple[Method, ...]) -> Iterator[Making]:
    """For each `.../generate` under a list in pages, which answers a number alone."""
    lists = {method.route: method for method in methods if method.pages and method.pages.total}
    for make in methods:
        found = lists.get(make.route.removesuffix("/generate")) if make.route.endswith("/generate") else None
        if found:
            name = "new" + found.name.removeprefix("list")
            refuse_hidden(name, make, methods)
            yield Making(name, make, found)


def refuse_hidden(name: str, method: Method, methods: tuple[Method, ...]) -> None:
    """What is put together of methods needs a name that none of them has."""
    if name in {one.name for one in methods}:
        raise ClientError(f"{method.operation}: its area has a method {name}, which would hide the facade's own")


def answers_enough(read: "Endpoint", body: Body, models: dict[str, Any]) -> bool:
    """Whether one thing is answered and sent, and all that is required of one of its forms is answered."""
    success = next(one for one in read.responses if one.status_code.pattern.startswith("2"))
    answered = {str(field.python_name) for field in fields_of(success.prop)}
    forms = [{str(field.python_name) for field in models[name].required_properties or ()} for name in body.models]
    return not body.is_list and any(form <= answered for form in forms)


def is_paged(endpoint: "Endpoint") -> bool:
    """Whether a part of the whole list can be asked for."""
    return {str(parameter.python_name) for parameter in endpoint.query_parameters} >= PAGING


def method_of(
    operation: dict[str, Json], endpoint: "Endpoint", names: dict[str, str], refusals: tuple[Refusal, ...], flags: set[str]
) -> Method:
    """The method that calls an operation."""
    operation_id = operation["operationId"]
    successes = [response for response in endpoint.responses if response.status_code.pattern.startswith("2")]
    if len(successes) != 1 or endpoint.header_parameters or endpoint.cookie_parameters:
        raise ClientError(f"{operation_id}: the facade knows no headers, no cookies, and one success for an operation")
    success = successes[0]
    has_body = success.source["return_type"] != "None"
    path = [argument_of(parameter) for parameter in endpoint.path_parameters]
    return Method(
        name=names[operation_id],
        operation=operation_id,
        verb=endpoint.method.upper(),
        route=endpoint.path.get_untrusted_value(),
        function=str(endpoint.name),
        summary=operation["summary"],
        about=operation.get("description", ""),
        path=tuple(argument for argument in path if argument.name != "project_id"),
        query=tuple(argument_of(parameter, flags) for parameter in endpoint.query_parameters),
        body=body_of(endpoint.bodies[0].prop) if endpoint.bodies else None,
        status=int(success.status_code.pattern),
        answer=type_of(success.prop) if has_body else None,
        pages=pages_of(operation_id, success.prop) if is_paged(endpoint) else None,
        refusals=refusals,
    )


def type_of(part: Any) -> str:
    """The Python type of a part, spelled so that a method called `list` does not hide it."""
    return str(part.get_type_string(no_optional=True).as_unembedded_code()).replace("list[", "builtins.list[")


def argument_of(parameter: Any, flags: Collection[str] = ()) -> Argument:
    """A parameter of the path or of the query."""
    about = parameter.description.get_untrusted_value() if parameter.description else ""
    name, called = str(parameter.python_name), parameter.name.get_untrusted_value()
    if name != called.removesuffix("[]"):
        raise ClientError(f"the parameter {called} would be {name} in the facade, which checks it by its own name")
    return Argument(name, type_of(parameter), parameter.required, about, called in flags)


def flags_of(document: dict[str, Json]) -> set[str]:
    """The parameters that are 0 or 1, for which False and True will do."""
    parameters = document["components"].get("parameters", {}).values()
    return {one["name"] for one in parameters if FLAG.items() <= one["schema"].items()}


def body_of(part: Any) -> Body:
    """A model, one of several models, or a list of them."""
    about = part.description.get_untrusted_value() if part.description else ""
    is_list = hasattr(part, "inner_property")
    one = part.inner_property if is_list else part
    branches = getattr(one, "inner_properties", [one])
    return Body(tuple(str(branch.class_info.name) for branch in branches), is_list, about)


def fields_of(page: Any) -> list[Any]:
    """The fields of a model, if it is one."""
    return [*(getattr(page, "required_properties", None) or ()), *(getattr(page, "optional_properties", None) or ())]


def pages_of(operation_id: str, page: Any) -> Pages:
    """A page has one list, and either says whether there is more or how many there are; else an empty page is the last."""
    lists = [field for field in fields_of(page) if hasattr(field, "inner_property") and field.required]
    if len(lists) != 1:
        raise ClientError(f"{operation_id}: a page has {len(lists)} lists, the facade can walk over one")
    names = {str(field.python_name) for field in fields_of(page)}
    total = min((name for name in names if name.startswith("total_")), default=None)
    ended = "not page.has_more" if "has_more" in names else f"reached(place, page.{total})" if total else "False"
    return Pages(str(lists[0].python_name), type_of(lists[0].inner_property), ended, total)


def write_facade(areas: list[Area], project: "Project") -> None:
    """Print the areas, the two classes over them, and the page that names every method."""
    folder: Path = project.package_dir / "areas"
    folder.mkdir()
    for template, path, given in [
        ("areas_init.py.jinja", folder / "__init__.py", {}),
        ("liveops.py.jinja", project.package_dir / "liveops.py", {"areas": areas}),
        ("OPERATIONS.md.jinja", project.package_dir / "OPERATIONS.md", {"areas": areas}),
        *(("area.py.jinja", folder / f"{area.name}.py", {"area": area, **examples_of(area, areas)}) for area in areas),
    ]:
        path.write_text(project.env.get_template(template).render(given), encoding="utf-8")


def examples_of(area: Area, areas: list[Area]) -> dict[str, str]:
    """The example of an area, as users of both classes write it; empty where nobody wrote one."""
    path = EXAMPLES / f"{area.name}.txt"
    example = path.read_text(encoding="utf-8") if path.exists() else ""
    special = Special(
        lists={(one.name, method.name) for one in areas for method in one.methods if method.pages},
        makings={(one.name, making.name) for one in areas for making in one.makings},
        edits={(one.name, edit.name) for one in areas for edit in one.edits},
    )
    return {"example": example, "awaited_example": awaited(example, special)}
