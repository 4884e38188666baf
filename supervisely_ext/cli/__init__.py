"""The command line: one file a command."""

import click

from .contract import contract as contract_commands
from .demo import demo as demo_command
from .mock import mock as mock_command
from .spec import spec as spec_commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="supervisely-ext")
def main() -> None:
    """Start, wait for and test Supervisely apps. Unofficial, not affiliated with Supervisely."""


main.add_command(contract_commands)
main.add_command(demo_command)
main.add_command(mock_command)
main.add_command(spec_commands)
