"""The help of the command line in French, as far as typer lets it: its errors stay in English."""

from typing import Any

import typer


def help_in_french(app: typer.Typer) -> Any:
    """The commands of an application, whose help speaks French."""
    # Here, for no other command needs it, and it takes its time.
    from typer import rich_utils

    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
    rich_utils.DEFAULT_STRING = "[par défaut: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
    group: Any = typer.main.get_command(app)
    for command in (group, *group.commands.values()):
        command.get_help_option(typer.Context(command)).help = "Montre cette aide."
    return group
