"""The sample agency in a database of the demo's: never beside a real organization, and who acts in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.compose import Service
from bot.domain.organization import Organization, Person
from bot.domain.organization_messages import OPERATOR, ImportDirectory
from bot.errors import ConfigurationError
from bot.services.directory import sample_directory
from bot.settings import Settings, Slack, Teams

MANAGER, OFFICER, OFFICIAL = "task-manager", "unit-chief@MQMU", "dad@HCC"
ROLES = {MANAGER: "the task manager", OFFICER: "the MQMU chief", OFFICIAL: "the DAD-HCC"}


def demo_settings(settings: Settings, folder: Path) -> Settings:
    """The database and file store that are set, else new ones in `folder`; of the platforms only what is local."""
    new = {
        "database_url": f"sqlite+aiosqlite:///{folder.absolute()}/taskings.db",
        "files_url": (folder / "files").absolute().as_uri(),
    }
    unset = {name: value for name, value in new.items() if name not in settings.model_fields_set}
    local = {"http_host": "127.0.0.1", "slack": Slack(), "teams": Teams(local_client=True)}
    return settings.model_copy(update=unset | local)


async def move_in(running: Service) -> None:
    """Import the sample agency; again is an update. Raises ConfigurationError where somebody else is at home."""
    sample = sample_directory()
    organization = await running.desk.handle.store.read(lambda uow: uow.organization())
    if others := _others(organization, sample):
        raise ConfigurationError(
            f"The database holds an organization that is not the sample agency ({others[0]} for one); "
            "name another in TASKINGS_DATABASE_URL, or none for a new one."
        )
    await running.desk.handle.organize(sample, OPERATOR, "command line")


async def forget_places(running: Service) -> None:
    """What was shown before was shown on platforms that are closed by now; people are found anew on those that run."""
    outbox = running.deliver.outbox
    for surface, _, _ in await outbox.everything():
        if surface.platform:
            await outbox.gone(surface, timedelta(), "the local platform was closed")


def holder(post: str) -> Person:
    """Who holds a position in the sample agency."""
    return next(person for person in sample_directory().people if post in map(str, person.posts))


def _others(organization: Organization, sample: ImportDirectory) -> list[str]:
    components = {component.code: component for component in sample.components}
    people = {person.email for person in sample.people}
    strange = [code for code, component in organization.components.items() if components.get(code) != component]
    return [*strange, *(email for email in organization.people if email not in people)]
