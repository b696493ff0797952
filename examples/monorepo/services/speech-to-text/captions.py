"""Transcripts are Markdown with front matter, so that a website can show them."""

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin


def caption(title, text):
    return "---\ntitle: {}\n---\n\n{}".format(title, text)


def title_of(transcript):
    """The title in a transcript's front matter."""
    tokens = MarkdownIt().use(front_matter_plugin).parse(transcript)
    head = next(token.content for token in tokens if token.type == "front_matter")
    return head.split("title: ", 1)[1]
