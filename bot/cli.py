"""The command line: one command a verb. Commands load what they need when they run."""

import typer

from bot.commands.agenda import agenda
from bot.commands.areas import areas
from bot.commands.channels import channels
from bot.commands.demo import demo
from bot.commands.doctor import doctor
from bot.commands.evaluate import evaluate
from bot.commands.invite import invite
from bot.commands.migrate import migrate
from bot.commands.minutes import minutes
from bot.commands.posters import posters
from bot.commands.projects import projects
from bot.commands.quota import quota
from bot.commands.reports import reports
from bot.commands.retention import retention
from bot.commands.serve import serve
from bot.commands.simulate import simulate
from bot.commands.summary import summary
from bot.commands.trace import trace
from bot.commands.understand import understand
from bot.commands.weights import weights

app = typer.Typer(
    name="prachakhom",
    help="Villagers' words from LINE and Telegram into the village forum's agenda and the project bank.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _command in (
    demo, serve, simulate, invite, posters,
    summary, reports, agenda, weights, minutes, projects, trace, understand, quota, migrate, retention, doctor,
):  # fmt: skip
    app.command()(_command)
app.add_typer(areas, name="areas")
app.add_typer(channels, name="channels")
app.add_typer(evaluate, name="evaluate")


def main() -> None:
    """The console script."""
    app()
