"""Official documents of the village forum; `handlers.ports.DocumentMaker` is what it satisfies."""

from collections.abc import Sequence
from datetime import date

from bot.documents.agenda_text import compose
from bot.documents.page_docx import page_docx
from bot.documents.page_pdf import page_pdf
from bot.documents.survey_form import survey_form
from bot.documents.walk_in_list import walk_in_docx
from bot.documents.workbook import XLSX_TYPE
from handlers.ports import MadeFile
from planning.areas import Village
from planning.forums import AgendaVersion
from planning.ranking import Weights
from planning.walk_ins import WalkInList

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"


class OfficialDocuments:
    """Makes the documents; holds no state but the ranking's weights, so any thread may call it."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights or Weights()

    def agenda(self, version: AgendaVersion) -> tuple[MadeFile, ...]:
        """The DOCX and the PDF (with a picture of page 1), the same bytes for the same version."""
        page = compose(version, self._weights)
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

    def walk_ins(self, listed: WalkInList) -> MadeFile:
        """The list of what a helper wrote down for others, as DOCX."""
        name = f"{_named('walk-ins', listed.made_on)}.docx"
        return MadeFile(name=name, media_type=DOCX_TYPE, data=walk_in_docx(listed))

    def survey_form(self, villages: Sequence[Village], made_on: date) -> MadeFile:
        """The form for a survey, as XLSX."""
        name = f"{_named('survey', made_on)}.xlsx"
        return MadeFile(name=name, media_type=XLSX_TYPE, data=survey_form(villages, made_on))


def _named(stem: str, made_on: date) -> str:
    return f"{stem}-{made_on.isoformat()}"


def _file_part(code: str) -> str:
    """`code` as it may stand in a file's name on any system."""
    return "".join(c for c in code if c.isascii() and (c.isalnum() or c in "-_")) or "draft"
