"""Validates requests and responses against botocore's service models.

Checks required and unknown members, types, enumerations, lengths, ranges and patterns.
"""

import sys

import regex


def nonconformities(shape, value, path):
    """Returns where a value doesn't match its shape. The value is from JSON or was parsed by
    botocore."""
    if shape is None:
        if value:
            yield f"{path} should be empty, and is {value!r}"
        return
    if shape.type_name == "structure":
        yield from _of_structure(shape, value, path)
    elif shape.type_name == "list":
        yield from _of_list(shape, value, path)
    elif shape.type_name == "map":
        for key, inner in value.items():
            yield from nonconformities(shape.value, inner, f"{path}.{key}")
    elif shape.type_name == "string":
        yield from _of_string(shape, value, path)
    elif shape.type_name in ("integer", "long"):
        if isinstance(value, bool) or not isinstance(value, int):
            yield f"{path} is {value!r}, no {shape.type_name}"
        else:
            yield from _out_of_bounds(shape, value, path, "is")
    elif shape.type_name == "boolean":
        if not isinstance(value, bool):
            yield f"{path} is {value!r}, no boolean"


def unknown_members(shape, value, path):
    """Returns the members of a raw value that its shape doesn't have."""
    if shape is None or value is None:
        return
    if shape.type_name == "structure" and isinstance(value, dict):
        if getattr(shape, "is_document_type", False):
            return
        for member, inner in value.items():
            if member in shape.members:
                yield from unknown_members(shape.members[member], inner, f"{path}.{member}")
            else:
                yield f"{path} has an unknown member {member}"
    elif shape.type_name == "list":
        for item in value:
            yield from unknown_members(shape.member, item, f"{path}[]")


def _of_structure(shape, value, path):
    if getattr(shape, "is_document_type", False):
        return
    if not isinstance(value, dict):
        yield f"{path} is {value!r}, no structure"
        return
    present = {member: inner for member, inner in value.items() if inner is not None}
    for member in shape.required_members:
        if member not in present:
            yield f"{path} lacks {member}"
    if getattr(shape, "is_tagged_union", False) and len(present) != 1:
        yield f"{path} is a union and has {sorted(present)}"
    for member, inner in shape.members.items():
        if member in present:
            yield from nonconformities(inner, present[member], f"{path}.{member}")


def _of_list(shape, value, path):
    if not isinstance(value, list):
        yield f"{path} is {value!r}, no list"
        return
    yield from _out_of_bounds(shape, len(value), path, "has length")
    for item in value:
        yield from nonconformities(shape.member, item, f"{path}[]")


def _of_string(shape, value, path):
    if not isinstance(value, str):
        yield f"{path} is {value!r}, no string"
        return
    yield from _out_of_bounds(shape, len(value), path, "has length")
    if shape.enum and value not in shape.enum:
        yield f"{path} is {value!r}, none of {shape.enum}"
    pattern = shape.metadata.get("pattern")
    if pattern and not regex.search(pattern, value):
        yield f"{path} is {value!r}, not {pattern}"


def _out_of_bounds(shape, number, path, verb):
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", sys.maxsize)
    if not least <= number <= most:
        yield f"{path} {verb} {number}, not {least} to {most}"
