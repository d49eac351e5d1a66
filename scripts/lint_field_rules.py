"""Rules about `x-rules`, the rules that cross fields: known words, fields that exist, places where they are asked."""

from collections.abc import Iterator

from lint_rules import Finding, Json, Spec, body_schemas, broken_by, request, resolved, schemas, step, types

# Each rule and the words that name its fields; openapi/README.md says what they mean.
WORDS = {"not_earlier": ("field", "than"), "unique": ("by",), "alone": ("without",)}
OF_OBJECTS = ("not_earlier",)
NEVER_ASKED = ("additionalProperties", "propertyNames", "allOf", "not")
COMPARED = {"not_earlier": {"date-time"}, "unique": {"string", "integer"}}


def rules_at(spec: Spec) -> Iterator[tuple[str, Json, Json]]:
    """Place, schema and rule of every rule whose words are known."""
    for place, node in schemas(spec.document):
        for number, rule in enumerate(listed(node)):
            if is_known(rule):
                yield step(place, "x-rules", number), node, rule


def listed(node: Json) -> list[Json]:
    """What stands under `x-rules`, if it is a list."""
    found = node.get("x-rules", [])
    return found if isinstance(found, list) else []


def is_known(rule: Json) -> bool:
    """Whether a rule has exactly the words of its kind."""
    return isinstance(rule, dict) and rule.keys() == {"rule", *WORDS.get(rule.get("rule", ""), ("",))}


@broken_by(request({"type": "object", "x-rules": [{"rule": "later", "field": "date_end"}]}))
def field_rule_is_known(spec: Spec) -> Iterator[Finding]:
    """`x-rules` is a list of rules of the vocabulary, each with exactly its own words."""
    forms = " or ".join(f"{{ rule: {name}, {', '.join(f'{word}: ...' for word in words)} }}" for name, words in WORDS.items())
    for place, node in schemas(spec.document):
        if "x-rules" in node and not listed(node):
            yield Finding(step(place, "x-rules"), f"write a list of {forms}")
        for number, rule in enumerate(listed(node)):
            if not is_known(rule):
                yield Finding(step(place, "x-rules", number), f"write {forms} instead of {rule}")


@broken_by(request({"type": "object", "properties": {}, "x-rules": [{"rule": "not_earlier", "field": "end", "than": "start"}]}))
def field_rule_names_its_fields(spec: Spec) -> Iterator[Finding]:
    """The fields of a rule are described: two date-times of an object, or a member of the elements of an array."""
    for place, node, rule in rules_at(spec):
        owner = node if rule["rule"] in OF_OBJECTS else resolved(spec.document, place, node.get("items", {}))[1]
        for word in WORDS[rule["rule"]]:
            member = owner.get("properties", {}).get(rule[word])
            whose = "the object" if owner is node else "the elements"
            if member is None:
                yield Finding(place, f"name a property of {whose} instead of {rule[word]!r}")
            elif rule["rule"] in COMPARED and not COMPARED[rule["rule"]] & set(kinds(spec.document, member)):
                wanted = " or ".join(sorted(COMPARED[rule["rule"]]))
                yield Finding(place, f"name a property of the kind {wanted} instead of {rule[word]!r}")


def kinds(document: Json, node: Json) -> Iterator[str]:
    """The types and formats that a value may have, those of the branches of a choice too."""
    source = resolved(document, "", node)[1]
    yield from (*types(source), source.get("format", ""))
    for branch in (*source.get("anyOf", []), *source.get("oneOf", [])):
        yield from kinds(document, branch)


@broken_by(Spec({"components": {"schemas": {"Thing": {"type": "array", "x-rules": [{"rule": "unique", "by": "sku"}]}}}}))
def field_rule_stands_in_a_body(spec: Spec) -> Iterator[Finding]:
    """A rule stands on a part of a request body, reached through properties, elements and choices; elsewhere nobody asks it."""
    sent = body_schemas(spec.document)
    for place, node in schemas(spec.document):
        if "x-rules" in node and place not in sent:
            yield Finding(step(place, "x-rules"), "move the rule to a schema that is sent; answers are not asked")
        elif "x-rules" in node and set(NEVER_ASKED) & set(place.split("/")):
            yield Finding(step(place, "x-rules"), f"move the rule out of {' or '.join(NEVER_ASKED)}, it is not asked there")
