"""Reads Markdown aloud, in Morse code: the voice is a beep, the words are yours."""

import click

from reader import spoken_text
from report import report
from voice import save_wav, seconds_of


@click.command()
@click.argument("markdown")
@click.option("--wpm", default=20, show_default=True, help="Words per minute.")
@click.option("--out", type=click.Path(dir_okay=False), help="Write the sound to this WAV file.")
def main(markdown, wpm, out):
    """Say MARKDOWN, a text with headings, emphasis and numbers."""
    text = spoken_text(markdown)
    click.echo("Saying: " + text)
    click.echo(report(text, seconds_of(text, wpm)))
    if out:
        save_wav(out, text, wpm)
        click.echo("Wrote " + out)


if __name__ == "__main__":
    main()
