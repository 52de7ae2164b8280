"""Content words that exist in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Localized:
    """The same statement in English and in Korean.

    In a question file it is `{en: …, ko: …}`, or one string that serves both.
    """

    en: str
    ko: str

    @classmethod
    def same(cls, text: str) -> Localized:
        """Return words that read alike in both languages, such as a formula."""
        return cls(text, text)

    def get(self, lang: Literal["en", "ko"]) -> str:
        """Return the text in one language."""
        return self.ko if lang == "ko" else self.en

    def map(self, change: Callable[[str], str]) -> Localized:
        """Return the words with both texts changed in the same way."""
        return Localized(change(self.en), change(self.ko))

    def __str__(self) -> str:
        """Return the English text, for logs and tests."""
        return self.en

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Accept a string or a mapping with exactly `en` and `ko`."""
        from pydantic_core import core_schema as cs  # Home is painted without pydantic

        text = cs.str_schema(min_length=1, strict=True)
        both = cs.typed_dict_schema(
            {"en": cs.typed_dict_field(text), "ko": cs.typed_dict_field(text)},
            extra_behavior="forbid",
        )

        def build(value: str | Mapping[str, str]) -> Localized:
            return cls.same(value) if isinstance(value, str) else cls(value["en"], value["ko"])

        def pick(value: object) -> str:
            if isinstance(value, Localized):
                return "self"
            return "text" if isinstance(value, str) else "both"

        return cs.no_info_after_validator_function(
            lambda value: value if isinstance(value, Localized) else build(value),
            cs.tagged_union_schema(
                {"text": text, "both": both, "self": cs.is_instance_schema(cls)}, pick
            ),
            serialization=cs.plain_serializer_function_ser_schema(
                lambda words: {"en": words.en, "ko": words.ko}
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe both forms for editors."""
        text = {"type": "string", "minLength": 1}
        return {
            "anyOf": [
                text,
                {
                    "type": "object",
                    "properties": {"en": text, "ko": text},
                    "required": ["en", "ko"],
                    "additionalProperties": False,
                },
            ]
        }
