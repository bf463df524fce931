"""One unit of work: all repositories on one connection and one transaction."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import Accounts
from storage.after import After
from storage.album import Album
from storage.areas import Areas
from storage.audit import Audit
from storage.checks import Checks
from storage.consents import Consents
from storage.conversations import Conversations
from storage.desk import Desk
from storage.digests import Digests
from storage.erasures import Erasures
from storage.forums import Forums
from storage.groups import Groups
from storage.inbox import Inbox
from storage.issues import Issues
from storage.keys import Keys
from storage.minutes import ClosedMinutes
from storage.movements import Movements
from storage.mutes import Mutes
from storage.outbox import Outbox
from storage.own_data import OwnData
from storage.people import People
from storage.plans import Plans
from storage.preparing import Preparing
from storage.projects import Projects
from storage.pushes import Pushes
from storage.reports import Reports
from storage.retention import TooOld
from storage.retracting import Retracting
from storage.running import Running
from storage.surveys import Surveys
from storage.telling import Telling
from storage.told import Told
from storage.walk_ins import WalkIns
from storage.works import Works


class UnitOfWork:
    """The repositories of one transaction; none may be used after it ended."""

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        """Repositories on `connection`, whose transaction somebody else begins and ends."""
        self.areas = Areas(connection, keys)
        self.people = People(connection, keys)
        self.conversations = Conversations(connection, keys)
        self.inbox = Inbox(connection, keys)
        self.outbox = Outbox(connection, keys)
        self.reports = Reports(connection, keys)
        self.issues = Issues(connection, keys)
        self.forums = Forums(connection, keys)
        self.running = Running(connection, keys)
        self.minutes = ClosedMinutes(connection, keys)
        self.projects = Projects(connection, keys)
        self.plans = Plans(connection, keys)
        self.preparing = Preparing(connection, keys)
        self.telling = Telling(connection, keys)
        self.audit = Audit(connection, keys)
        self.groups = Groups(connection, keys)
        self.walk_ins = WalkIns(connection, keys)
        self.surveys = Surveys(connection, keys)
        self.checks = Checks(connection, keys)
        self.pushes = Pushes(connection, keys)
        self.told = Told(connection, keys)
        self.album = Album(connection, keys)
        self.retracting = Retracting(connection, keys)
        self.own_data = OwnData(connection, keys)
        self.erasures = Erasures(connection, keys)
        self.consents = Consents(connection, keys)
        self.accounts = Accounts(connection, keys)
        self.mutes = Mutes(connection, keys)
        self.desk = Desk(connection, keys)
        self.too_old = TooOld(connection, keys)
        self.after = After(connection, keys)
        self.works = Works(connection, keys)
        self.digests = Digests(connection, keys)
        self.movements = Movements(connection, keys)
