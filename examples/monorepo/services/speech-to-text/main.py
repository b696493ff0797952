"""Writes down what was said, provided that it was said in Morse code."""

import os

import click
import humanize

from captions import caption, title_of
from ear import listen


@click.command()
@click.argument("recording", type=click.Path(exists=True, dir_okay=False))
@click.option("--title", default="A recording", show_default=True)
@click.option("--markdown", is_flag=True, help="Print the whole transcript as Markdown.")
def main(recording, title, markdown):
    """Listen to RECORDING, a WAV file that text-to-speech wrote."""
    transcript = caption(title, listen(recording))
    if markdown:
        click.echo(transcript)
        return
    size = humanize.naturalsize(os.path.getsize(recording))
    click.echo("{} ({}): {}".format(title_of(transcript), size, transcript.splitlines()[-1]))


if __name__ == "__main__":
    main()
