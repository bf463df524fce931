"""First names and aims of projects, made from an issue; officers word them better later."""

from planning.areas import Village
from planning.issues import Issue

_WORK = {
    "road": "ปรับปรุงซ่อมแซมถนน",
    "lighting": "ติดตั้งและซ่อมแซมไฟฟ้าส่องสว่างสาธารณะ",
    "electricity": "ขยายเขตและปรับปรุงระบบไฟฟ้า",
    "water_supply": "ปรับปรุงระบบประปาหมู่บ้าน",
    "drainage": "ก่อสร้างและปรับปรุงระบบระบายน้ำ",
    "water_source": "ปรับปรุงแหล่งน้ำเพื่อการเกษตร",
    "telecom": "ปรับปรุงระบบโทรคมนาคมและเสียงตามสาย",
    "public_building": "ปรับปรุงอาคารและสถานที่สาธารณะ",
    "livelihood": "ส่งเสริมอาชีพและรายได้",
    "farming": "ส่งเสริมการเกษตรและปศุสัตว์",
    "debt": "แก้ไขปัญหาหนี้สินและเสริมความเข้มแข็งกองทุน",
    "welfare": "จัดสวัสดิการและดูแลผู้เปราะบาง",
    "health": "ส่งเสริมสุขภาพและป้องกันโรค",
    "education": "ส่งเสริมการศึกษา ศาสนา วัฒนธรรม และกีฬา",
    "animals": "ป้องกันและแก้ไขปัญหาสัตว์จรจัดและสัตว์รบกวน",
    "waste": "บริหารจัดการขยะและความสะอาด",
    "pollution": "ป้องกันและแก้ไขปัญหามลพิษ",
    "nature": "อนุรักษ์ทรัพยากรธรรมชาติและป้องกันตลิ่งพัง",
    "safety": "เสริมความปลอดภัยในชีวิตและทรัพย์สิน",
    "traffic": "ปรับปรุงความปลอดภัยทางถนน",
    "disaster": "ป้องกันและบรรเทาสาธารณภัย",
    "land": "แก้ไขปัญหาที่ดินและเอกสารสิทธิ",
    "service": "ปรับปรุงการให้บริการประชาชน",
}


def project_name(issue: Issue, village: Village) -> str:
    """«โครงการ… บริเวณ… หมู่ที่ … บ้าน… ตำบล…», without what is not known of it."""
    work = _WORK.get(issue.category, "แก้ไขปัญหาความเดือดร้อนของประชาชน")
    place = f" บริเวณ{issue.place.removeprefix('บริเวณ')}" if issue.place else ""
    moo = f" หมู่ที่ {village.moo}" if village.moo else ""
    tambon = f" ตำบล{village.tambon}" if village.tambon else ""
    return f"โครงการ{work}{place}{moo} {village.name}{tambon}"


def project_objective(issue: Issue) -> str:
    """The aim as a plan states it, standing on the issue's own line."""
    return f"เพื่อแก้ไขปัญหาและตอบสนองความต้องการของประชาชน กรณี{issue.neutral_line}"
