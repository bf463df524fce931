"""Official documents of the village forum; `handlers.ports.DocumentMaker` is what it satisfies."""

from collections.abc import Sequence
from datetime import date

from bot.documents.agenda_text import compose
from bot.documents.check_in_card import check_in_card
from bot.documents.minutes_text import compose_minutes
from bot.documents.page_docx import page_docx
from bot.documents.page_pdf import page_pdf
from bot.documents.results import results_png
from bot.documents.summary_picture import summary_picture
from bot.documents.survey_form import survey_form
from bot.documents.walk_in_list import walk_in_docx
from bot.documents.workbook import XLSX_TYPE
from handlers.ports import MadeFile
from planning.areas import Village
from planning.check_in import CheckInCard
from planning.forums import AgendaVersion
from planning.minutes import Minutes
from planning.outlook import Outlook
from planning.walk_ins import WalkInList

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
PNG_TYPE = "image/png"


class OfficialDocuments:
    """Makes the documents; holds no state, so any thread may call it."""

    def agenda(self, version: AgendaVersion) -> tuple[MadeFile, ...]:
        """The DOCX and the PDF (with a picture of page 1), the same bytes for the same version."""
        page = compose(version)
        pdf, picture = page_pdf(page, int(version.frozen_at.timestamp()))
        name = f"agenda-{_file_part(version.code)}"
        return (
            MadeFile(
                name=f"{name}.docx",
                media_type=DOCX_TYPE,
                data=page_docx(page, version.frozen_at),
            ),
            MadeFile(name=f"{name}.pdf", media_type=PDF_TYPE, data=pdf, picture=picture),
        )

    def minutes(self, minutes: Minutes) -> tuple[MadeFile, ...]:
        """The DOCX and the PDF (with a picture of page 1); of closed ones the picture of the results, too."""
        page = compose_minutes(minutes)
        pdf, picture = page_pdf(page, int(minutes.closed_at.timestamp()))
        code = _file_part(minutes.code)
        word = page_docx(page, minutes.closed_at)
        made = (
            MadeFile(name=f"minutes-{code}.docx", media_type=DOCX_TYPE, data=word),
            MadeFile(name=f"minutes-{code}.pdf", media_type=PDF_TYPE, data=pdf, picture=picture),
        )
        if not minutes.code:
            return made
        results = results_png(minutes)
        return (*made, MadeFile(name=f"results-{code}.png", media_type=PNG_TYPE, data=results))

    def check_in(self, card: CheckInCard) -> MadeFile:
        """What is held up at a forum for checking in, as PNG."""
        return check_in_card(card)

    def walk_ins(self, listed: WalkInList) -> MadeFile:
        """The list of what a helper wrote down for others, as DOCX."""
        name = f"{_named('walk-ins', listed.made_on)}.docx"
        return MadeFile(name=name, media_type=DOCX_TYPE, data=walk_in_docx(listed))

    def summary(self, seen: Outlook) -> MadeFile:
        """An area at one look, as PNG."""
        return summary_picture(seen)

    def survey_form(self, villages: Sequence[Village], made_on: date) -> MadeFile:
        """The form for a survey, as XLSX."""
        name = f"{_named('survey', made_on)}.xlsx"
        return MadeFile(name=name, media_type=XLSX_TYPE, data=survey_form(villages, made_on))


def _named(stem: str, made_on: date) -> str:
    return f"{stem}-{made_on.isoformat()}"


def _file_part(code: str) -> str:
    """`code` as it may stand in a file's name on any system."""
    return "".join(c for c in code if c.isascii() and (c.isalnum() or c in "-_")) or "draft"
