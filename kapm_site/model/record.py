"""The base of every record of the vocabulary: frozen, closed to unknown keys, aware of its place."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, PrivateAttr, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from kapm_site.problem import Mark
from kapm_site.source import Mapping, Node, Scalar, Sequence, child, locate, mark_within

NOWHERE = Mark("")


class Record(BaseModel):
    """A frozen record; equality is that of the fields, whatever file they came from."""

    model_config = ConfigDict(
        defer_build=True, frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )

    #: The key that a bare scalar in the record's place stands for, such as `task` in `depends_on: [t1]`.
    shorthand: ClassVar[str] = ""

    _node: Node | None = PrivateAttr(None)
    _partial: bool = PrivateAttr(default=False)

    @property
    def node(self) -> Node | None:
        """The node that it was read from; None where it stands for what is not written."""
        # Pydantic looks a private attribute up by name, in twenty times the time; a project asks two thousand times.
        return (self.__pydantic_private__ or {}).get("_node")

    @property
    def partial(self) -> bool:
        """Whether records or ids of the file that this is the whole of could not be read.

        What seems to be missing may then be among them, and has been reported already.
        """
        return self._partial

    def lost(self, key: str) -> bool:
        """Tell whether what stands behind a key, or a part of it, could not be read; that has been reported already."""
        node = self.node
        if node is None:
            return False
        return any(
            isinstance(found, Scalar | Sequence) and found.lost for found in (child(node, key), child(node, "<<"))
        )

    def mark(self, *path: str | int) -> Mark:
        """Return where the record, or the value below it at a path of keys and indexes, stands in its file."""
        node = self.node
        return locate(node, path) if node is not None else NOWHERE

    def mark_within(self, key: str, offset: int, length: int) -> Mark:
        """Return where a part of the text behind a key stands in its file."""
        node = child(self.node, key)
        return mark_within(node, offset, length) if node is not None else self.mark()

    def key_mark(self, *path: str) -> Mark:
        """Return where a key of the record, or of a mapping below it, stands in its file."""
        node = self.node
        for step in path[:-1]:
            node = child(node, step)
        found = node.key_mark(path[-1]) if isinstance(node, Mapping) else None
        return found or self.mark(*path)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), tuple(self.__dict__)))

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: Any) -> Any:
        if cls.shorthand and not isinstance(value, dict | BaseModel):
            return {cls.shorthand: value}
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        full = handler(schema)
        if not cls.shorthand:
            return full
        properties = handler.resolve_ref_schema(full)["properties"]
        short = {key: value for key, value in properties[cls.shorthand].items() if key not in ("description", "title")}
        return {"anyOf": [short, full]}

    @classmethod
    def keys(cls) -> list[str]:
        """Return the keys that the YAML may use, in the order of the vocabulary."""
        return [info.alias or name for name, info in cls.model_fields.items()]

    def as_partial(self) -> Self:
        """Say that records or ids of the file that this is the whole of could not be read."""
        self._partial = True
        return self

    def with_node(self, node: Node | None) -> Self:
        """Tie the record and all records below it to the nodes they were read from."""
        self._node = node
        for name, info in type(self).model_fields.items():
            value = getattr(self, name)
            if isinstance(value, Record | tuple | dict):
                _tie(value, child(node, info.alias or name))
        return self


def locked(description: str) -> Any:
    """Declare an optional field that never reaches a client, whatever audience is stated."""
    return Field(None, description=description, json_schema_extra={"x-internal": True})


def is_locked(record: type[Record], field: str) -> bool:
    """Tell whether a field never reaches a client."""
    extra = record.model_fields[field].json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("x-internal"))


def _tie(value: object, node: Node | None) -> None:
    if isinstance(node, Scalar) and node.absent:
        node = None  # the value is a default, which other records share
    if isinstance(value, Record):
        value.with_node(node)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _tie(item, child(node, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            _tie(item, child(node, str(key)))
