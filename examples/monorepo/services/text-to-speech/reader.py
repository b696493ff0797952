"""From Markdown to words that can be spoken."""

import re

import inflect
from markdown_it import MarkdownIt


def spoken_text(markdown):
    """The words of a Markdown text in capitals, numbers spelled out, marks left away."""
    words = " ".join(_texts(MarkdownIt().parse(markdown)))
    numbers = inflect.engine()
    words = re.sub(r"\d+", lambda found: numbers.number_to_words(found.group()), words)
    return " ".join(re.findall(r"[A-Z]+", words.upper()))


def _texts(tokens):
    for token in tokens:
        if token.type == "text":
            yield token.content
        yield from _texts(token.children or [])
