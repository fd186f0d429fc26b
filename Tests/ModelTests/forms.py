"""JSON schemas of several forms, and whether a document has one of them."""


def closed(**properties):
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }


def text(length=None):
    return {"type": "string"} | ({"maxLength": length} if length else {})


def among(*values):
    return {"enum": list(values)}


WHOLE, NUMBER, TRUTH = {"type": "integer"}, {"type": "number"}, {"type": "boolean"}

# A form that an answer may fill for as long as it likes, so that few are whole.
ENDLESS = "endless"

FORMS = {
    "choices": closed(mood=among("calm", "wary", "angry"), certain=TRUTH, weather=among("rain", "sun", None)),
    "nested": closed(place=closed(name=text(6), at=closed(x=WHOLE, y=WHOLE)), isOpen=TRUTH),
    "list": closed(items={
        "type": "array", "minItems": 1, "maxItems": 3, "items": closed(name=text(5), count=WHOLE)}),
    "numbers": closed(whole=WHOLE, real=NUMBER, ratio={"anyOf": [NUMBER, {"type": "null"}]}),
    "words": closed(story=text(20)),
    ENDLESS: closed(story=text()),
    # As docs/formats/proposals.md has it, with operations of the sample campaign.
    "proposal": closed(
        operations={
            "type": "array", "minItems": 1, "maxItems": 2, "items": {"anyOf": [
                closed(
                    operation={"const": "roll_dice"},
                    input=closed(notation=among("2d6", "8d6[fire]", "1d20+5"), purpose=text(6)),
                    result_key=among("first", "second")),
                closed(
                    operation={"const": "apply_damage"},
                    input=closed(
                        targets={"type": "array", "minItems": 1, "maxItems": 2, "items": among("goblin_1", "nobody")},
                        amount_ref=among("first", "second"), type=among("fire", "cold")),
                    result_key=among("first", "second")),
            ]}},
        say=text(8)),
}

KINDS = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
    "number": (int, float),
}


def fits(value, schema):
    """Whether a value has the form, of the keywords that are used above."""
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        allowed = schema.get("enum", [schema.get("const")])
        return any(value == one and type(value) is type(one) for one in allowed)
    kind = schema["type"]
    if not isinstance(value, KINDS[kind]) or isinstance(value, bool) != (kind == "boolean"):
        return False
    if kind == "object":
        properties = schema["properties"]
        return set(value) == set(properties) and all(fits(value[name], one) for name, one in properties.items())
    if kind == "array":
        return schema["minItems"] <= len(value) <= schema["maxItems"] and all(fits(one, schema["items"]) for one in value)
    # Bytes of the model's that are no UTF-8 are one character to the grammar, and then each a replacement character.
    return kind != "string" or len(value.replace("\ufffd", "")) <= schema.get("maxLength", len(value))
