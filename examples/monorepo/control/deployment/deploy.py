"""Says what would be deployed where. It deploys nothing: this is an example."""

import pathlib
import sys

import click
import tabulate

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if sys.platform == "win32":
    import colorama

    colorama.init()

SERVICES = pathlib.Path(__file__).with_name("services.toml")


@click.command()
@click.argument("environment", type=click.Choice(["staging", "production"]))
@click.option("--only", help="One service instead of all.")
def main(environment, only):
    """Plan a deployment to ENVIRONMENT."""
    services = tomllib.loads(SERVICES.read_text(encoding="utf-8"))["service"]
    chosen = [service for service in services if only in (None, service["name"])]
    if not chosen:
        raise click.ClickException("There is no service named {}.".format(only))
    rows = [(each["name"], each["port"], each["replicas"]) for each in chosen]
    click.secho("Would deploy to {}:".format(environment), bold=True)
    click.echo(tabulate.tabulate(rows, headers=["service", "port", "replicas"]))


if __name__ == "__main__":
    main()
