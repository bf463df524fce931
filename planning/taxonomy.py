"""The 27 categories in their four planning pillars and more (data: planning/data/taxonomy.csv)."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Pillar(StrEnum):
    """ด้าน of the development plan, in the order agendas list them."""

    INFRASTRUCTURE = "infrastructure"
    ECONOMY = "economy"
    SOCIAL = "social"
    ENVIRONMENT = "environment"
    SECURITY = "security"
    ADMINISTRATION = "administration"


PILLAR_TH = {
    Pillar.INFRASTRUCTURE: "ด้านโครงสร้างพื้นฐาน",
    Pillar.ECONOMY: "ด้านเศรษฐกิจ",
    Pillar.SOCIAL: "ด้านสังคม",
    Pillar.ENVIRONMENT: "ด้านทรัพยากรธรรมชาติและสิ่งแวดล้อม",
    Pillar.SECURITY: "ด้านความมั่นคงและความปลอดภัย",
    Pillar.ADMINISTRATION: "ด้านการบริหารจัดการ",
}


@dataclass(frozen=True, kw_only=True)
class Category:
    """One code of the taxonomy; `program` is the แผนงาน its projects fall under."""

    code: str
    name_th: str
    name_en: str
    pillar: Pillar
    program: str


@cache
def categories() -> dict[str, Category]:
    """All categories by code, in the taxonomy's order."""
    text = files("planning").joinpath("data/taxonomy.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Category(
            code=row["code"],
            name_th=row["name_th"],
            name_en=row["name_en"],
            pillar=Pillar(row["pillar"]),
            program=row["program"],
        )
        for row in csv.DictReader(text.splitlines())
    }


ALWAYS_CONFIDENTIAL = frozenset({"drugs", "official_conduct", "dispute"})
"""Never before an open forum, whatever the wording (domain.md, PDPA)."""
