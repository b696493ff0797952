"""Packs a service into one runnable file, or lists what would go into it."""

import pathlib
import zipapp

import click

ROOT = pathlib.Path(__file__).resolve().parent.parent


@click.command()
@click.argument("services", nargs=-1)
@click.option("--pack", is_flag=True, help="Write build/out/SERVICE.pyz instead of listing.")
def main(services, pack):
    """Pack SERVICES, or all of them."""
    for name in services or sorted(path.parent.name for path in ROOT.glob("services/*/main.py")):
        folder = ROOT / "services" / name
        modules = sorted(path.name for path in folder.glob("*.py"))
        if not modules:
            raise click.ClickException("There is no service named {}.".format(name))
        click.echo("{}: {}".format(name, ", ".join(modules)))
        if pack:
            target = ROOT / "build" / "out" / (name + ".pyz")
            target.parent.mkdir(exist_ok=True)
            zipapp.create_archive(
                folder, target, main="main:main", filter=lambda path: path.suffix == ".py"
            )


if __name__ == "__main__":
    main()
