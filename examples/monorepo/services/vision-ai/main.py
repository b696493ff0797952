"""Looks at a picture, names its colours and puts what it saw into a sentence."""

import click
import tabulate

from eye import look
from monorepo_clients.text_to_speech import SpeechRequest


@click.command()
@click.argument("picture", type=click.File("r"))
@click.option("--speak", is_flag=True, help="Print the request that text-to-speech would get.")
def main(picture, speak):
    """Look at PICTURE, a plain PPM file (P3)."""
    width, height, colours = look(picture.read())
    if speak:
        sentence = "I see {}.".format(" and ".join(list(colours)[:2]))
        click.echo(SpeechRequest(text=sentence).to_json())
        return
    click.echo("{} by {} pixels".format(width, height))
    click.echo(tabulate.tabulate(colours.items(), headers=["colour", "pixels"]))


if __name__ == "__main__":
    main()
