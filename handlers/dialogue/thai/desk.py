"""The issue desk: what heads and officers read there, and what contributors hear of it."""

DESK_HEAD = "{code} {village}\n{line}"
DESK_MOVED_TO = "เรื่องนี้รวมอยู่กับเรื่อง {code} แล้วค่ะ"
DESK_KIND = "หมวด: {category}"
DESK_VOICES = "{voices} · {reports} คำบอก"
DESK_AGE = "แจ้งครั้งแรก {date} ({age})"
DESK_DANGER = "⚠️ มีคนบอกว่าอันตราย"
DESK_STATE = "ตอนนี้: {state}"
DESK_SUPPORT = " (กดเดือดร้อนด้วย {number})"
BUTTON_DESK_TOLD = "ดูคำบอก"
BUTTON_DESK_PHOTOS = "ดูรูป {number} รูป"
BUTTON_DESK_MAP = "แผนที่"
BUTTON_DESK_LINE = "แก้ข้อความ"
BUTTON_DESK_KIND = "แก้หมวด"
BUTTON_DESK_PLACE = "แก้ที่"
BUTTON_DESK_END = "ปิด/ส่งต่อ"
BUTTON_DESK_MERGE = "รวมกับเรื่องอื่น"
BUTTON_DESK_SPLIT = "แยกเรื่อง"
BUTTON_DESK_PAST = "ประวัติ"
BUTTON_DESK_UNDO = "เลิกทำล่าสุด"
BUTTON_DESK_OPEN = "ดูเรื่อง {code}"
BUTTON_DESK_BACK = "กลับไปที่เรื่อง"
BUTTON_DESK_MORE = "ดูต่อ"

DESK_TOLD_HEAD = "คำบอกของเรื่อง {code} ({first}–{last} จาก {count}) ปิดชื่อและเบอร์ไว้ค่ะ"
DESK_TOLD_LINE = "{number}. ({date}) {words}"
DESK_TOLD_NONE = "ไม่มีคำบอกที่เปิดดูได้ค่ะ"
DESK_WORDLESS = "(ไม่มีข้อความ)"
DESK_PHOTO_MARK = " [รูป {number}]"
DESK_PHOTOS = "รูปของเรื่อง {code} ({first}–{last} จาก {count})"
DESK_PHOTO_NAME = "รูป {code} {number}.jpg"
DESK_PHOTOS_NONE = "เรื่องนี้ยังไม่มีรูปค่ะ"

DESK_ASK_LINE = "ข้อความตอนนี้:\n{line}\nพิมพ์ข้อความใหม่บรรทัดเดียวได้เลยค่ะ ข้อความนี้จะขึ้นในวาระ ไม่ใส่ชื่อคนนะคะ"
DESK_ASK_PLACE = "ที่ตอนนี้: {place}\nพิมพ์ที่ที่ถูก หรือกดส่งตำแหน่งค่ะ"
DESK_NO_PLACE = "ยังไม่ระบุ"
DESK_ASK_CLOSE = "จะตอบชาวบ้านว่าอย่างไรคะ พิมพ์คำตอบสั้น ๆ คนที่แจ้ง {people} คนจะได้รับข้อความนี้"
DESK_ASK_VILLAGE = "เป็นเรื่องของหมู่บ้านไหนคะ กดเลือก หรือพิมพ์ชื่อหมู่บ้านกับหมู่"
DESK_ASK_MERGE = "พิมพ์เลขเรื่องที่จะรวมด้วยค่ะ เลขขึ้นต้นด้วย IS- อยู่ในหน้าสรุป"
DESK_TOO_LONG = "ยาวไปนิดค่ะ ขอไม่เกิน {most} ตัวอักษร พิมพ์ใหม่อีกทีนะคะ"
DESK_TOO_SHORT = "ขอเป็นข้อความสั้น ๆ นะคะ พิมพ์อีกทีได้เลย"
DESK_LINE_DONE = "แก้ข้อความแล้วค่ะ\n{line}"
DESK_MASKED = "ปิดชื่อหรือเบอร์ไว้ให้แล้วค่ะ เพราะคนอื่นจะได้อ่าน"
DESK_PLACE_DONE = "แก้ที่เป็น {place} แล้วค่ะ\n{line}"
DESK_SPOT = "ตามตำแหน่งที่ส่งมา"
DESK_KIND_PICK = "เรื่องนี้เป็นหมวดไหนคะ"
DESK_KIND_DONE = "แก้หมวดเป็น {category} แล้วค่ะ\n{line}"
DESK_SAME = "เป็นแบบนั้นอยู่แล้วค่ะ"

DESK_ENDING = "{line}\nจะทำอย่างไรกับเรื่องนี้คะ ผู้แจ้งจะได้รับแจ้งทุกคน"
DESK_ENDING_NOT = "ตอนนี้เรื่องนี้: {state}\nปิดหรือส่งต่อจากตรงนี้ไม่ได้แล้วค่ะ"
BUTTON_DESK_CLOSE = "ตอบและปิด"
BUTTON_DESK_OURS = "เราทำเองได้"
BUTTON_DESK_WORK = "ดูงานนี้"
BUTTON_DESK_ON = "ส่งหมู่บ้านอื่น"
BUTTON_DESK_TAMBON = "ส่งต่อตำบล"
BUTTON_DESK_DISTRICT = "ส่งต่ออำเภอ"
DESK_CLOSED = "ตอบและปิดเรื่องแล้วค่ะ บอกผู้แจ้ง {people} คน"
DESK_OURS = "จดเป็นงานที่หมู่บ้านทำเองแล้วค่ะ บอกผู้แจ้ง {people} คน เสร็จเมื่อไรพิมพ์ «งานหมู่บ้าน»"
DESK_UP = "ส่งต่อ{level}แล้วค่ะ บอกผู้แจ้ง {people} คน{nobody}"
DESK_UP_NOBODY = "\nตอนนี้ยังไม่มีเจ้าหน้าที่ระดับนี้ในระบบ เรื่องรออยู่ในรายการนะคะ"
DESK_UP_WORDS = "ส่งต่อ{level}"
DESK_LEVELS = {"tambon": "ตำบล (อบต./เทศบาล)", "district": "อำเภอ"}
DESK_UP_NEWS = "มีเรื่องส่งต่อมาค่ะ\n{line}\n{village} เลขเรื่อง {code} แจ้ง {people} คน"
DESK_ON_DONE = "ส่งเรื่องให้{village} แล้วค่ะ บอกผู้แจ้ง {people} คน{nobody}"
DESK_ON_NOBODY = "\nหมู่บ้านนั้นยังไม่มีผู้ใหญ่บ้านในระบบ เรื่องรออยู่ในรายการนะคะ"
DESK_ON_NEWS = "{village} ส่งเรื่องมาให้ค่ะ เห็นว่าเป็นของหมู่บ้านท่าน\n{line}\nแจ้ง {people} คน ถ้าไม่ใช่ ส่งกลับได้ที่ปุ่ม «ปิด/ส่งต่อ»"
DESK_ON_NOT = "หมู่บ้านนี้ส่งไปไม่ได้ค่ะ ต้องเป็นหมู่บ้านอื่นในอำเภอเดียวกัน"

DESK_LIKE_HEAD = "เรื่องที่อาจเป็นเรื่องเดียวกับ\n{line}"
DESK_LIKE_LINE = "{number}. {line} – {people} คน\n   {verdict}"
DESK_LIKE_NONE = "ระบบไม่เห็นเรื่องที่เหมือนเรื่องนี้ค่ะ"
DESK_SURE = "ระบบว่าน่าจะเรื่องเดียวกัน ({percent}%)"
DESK_MAYBE = "ระบบว่าอาจเป็นเรื่องเดียวกัน ({percent}%)"
DESK_HARDLY = "ระบบว่าไม่ค่อยเหมือน ({percent}%)"
DESK_UNLIKE = "ระบบไม่เห็นว่าเหมือนกัน"
DESK_WHY = " เพราะ {reasons}"
DESK_SAME_TELLER = "ผู้แจ้งคนเดียวกัน"
BUTTON_DESK_LIKE = "รวมกับ {number}"
BUTTON_DESK_TYPE_CODE = "พิมพ์เลขเรื่อง"
DESK_ASK_MERGE_SURE = (
    "รวมสองเรื่องนี้ไหมคะ\n1. {one}\n2. {other}\n{verdict}\nรวมแล้วจะเป็น {people} คน เลิกทำทีหลังได้"
)
BUTTON_DESK_MERGE_YES = "รวมเลย"
BUTTON_DESK_MERGE_NO = "ไม่รวม"
DESK_MERGED = (
    "รวมแล้วค่ะ ตอนนี้ {voices}\n{line}\nบอกผู้แจ้งอีกเรื่อง {people} คนแล้ว ถ้าเขาว่าคนละเรื่อง จะแยกออกให้เอง"
)
DESK_MERGE_NOT = "สองเรื่องนี้รวมกันไม่ได้ค่ะ ต้องเป็นเรื่องที่ยังเปิดอยู่ในหมู่บ้านเดียวกัน"

DESK_SPLIT_HEAD = "จะแยกคำบอกไหนออกไปเป็นอีกเรื่องคะ พิมพ์เลข เช่น 2 หรือ 1 3"
DESK_SPLIT_THINKS = "ระบบว่าข้อ {numbers} ไม่ค่อยเหมือนข้ออื่น"
BUTTON_DESK_SPLIT_THESE = "แยกข้อ {numbers}"
DESK_SPLIT_NOT = "เรื่องนี้มีคำบอกเดียว แยกไม่ได้ค่ะ"
DESK_SPLIT_WHICH = "พิมพ์เลขข้อ 1 ถึง {count} และเหลือไว้อย่างน้อยหนึ่งข้อนะคะ"
DESK_SPLIT_CHANGED = "เมื่อครู่มีคนแจ้งเพิ่มหรือถอนไป ลำดับเปลี่ยนค่ะ ดูใหม่อีกทีนะคะ"
DESK_SPLIT_DONE = "แยกแล้วค่ะ\nเรื่องเดิม: {line} – {people} คน\nเรื่องใหม่ {code}: {new} – {others} คน"

DESK_UNDONE = "เลิกทำแล้วค่ะ: {act}"
DESK_UNDO_NONE = "ไม่มีอะไรให้เลิกทำค่ะ"
DESK_UNDO_OTHER = "หลังจากนั้นมีคนทำอย่างอื่นกับเรื่องนี้แล้วค่ะ เปิดเรื่องดูอีกทีนะคะ"
DESK_UNDO_DECIDED = "เรื่องที่แยกออกไปมีมติหรือเดินหน้าไปแล้วค่ะ แยกไว้ตามเดิมนะคะ"
DESK_UNDO_STATE = "สถานะเปลี่ยนไปทางอื่นแล้ว จึงคงไว้ตามเดิม"
DESK_ACTS = {
    "reword": "แก้ข้อความ",
    "recategorise": "แก้หมวด",
    "relocate": "แก้ที่",
    "hand_on": "ส่งหมู่บ้านอื่น",
    "close": "ตอบและปิด",
    "hand_up": "ส่งต่อ",
    "ours": "หมู่บ้านทำเอง",
    "merge": "รวมเรื่อง",
    "split": "แยกเรื่อง",
    "undo": "เลิกทำ",
}
DESK_PAST_HEAD = "ประวัติเรื่อง {code}"
DESK_PAST_LINE = "• {date} {who}: {what}"
DESK_PAST_FROM_TO = "{act} «{before}» เป็น «{after}»"
DESK_PAST_WORDS = "{act} – {words}"
DESK_PAST_UNDONE = " (เลิกทำแล้ว)"
DESK_PAST_UNDO = "เลิกทำ: {act}"
DESK_PAST_NONE = "ยังไม่มีใครแก้อะไรค่ะ"
DESK_PAST_LINKED = "รวมคำบอกเข้ามา {count} คำบอก"
DESK_PAST_LEFT = "แยกคำบอกออกไป {count} คำบอก"
DESK_WHO_MACHINE = "ระบบ"
DESK_WHO_TELLER = "ผู้แจ้ง"
DESK_WHO_OFFICE = "ผู้มีหน้าที่"

MERGED_NEWS = (
    "เรื่องที่ท่านแจ้ง {code}\n{line}\nรวมกับเรื่องนี้แล้วค่ะ เพราะน่าจะเรื่องเดียวกัน: {other} รวมเป็น {people} คน\n"
    "ถ้าคนละเรื่อง กดบอกได้เลยนะคะ"
)
MERGED_NEWS_SUPPORTED = (
    "เรื่องที่ท่านบอกว่าเดือดร้อนด้วย\n{line}\nรวมกับเรื่องนี้แล้วค่ะ เพราะน่าจะเรื่องเดียวกัน: {other} รวมเป็น {people} คน\n"
    "ถ้าคนละเรื่อง กดบอกได้เลยนะคะ"
)
APART_NEWS = "เรื่องที่ท่านแจ้ง {code}\n{line}\nแยกกลับเป็นเรื่องเดิมแล้วค่ะ"
APART_NEWS_SUPPORTED = "เรื่องที่ท่านบอกว่าเดือดร้อนด้วย\n{line}\nแยกกลับเป็นเรื่องเดิมแล้วค่ะ"
BUTTON_NOT_SAME = "คนละเรื่อง"
NOT_SAME_DONE = "ค่ะ แยกกลับเป็นเรื่องเดิมแล้ว\n{line}"
NOT_SAME_OVER = "เรื่องของท่านแยกอยู่แล้วค่ะ ไม่ต้องทำอะไร"
MOVED_NEWS = "เรื่องที่ท่านแจ้ง {code}\n{line}\nส่งต่อให้{village} ดูแลแล้วค่ะ"
MOVED_NEWS_SUPPORTED = "เรื่องที่ท่านบอกว่าเดือดร้อนด้วย\n{line}\nส่งต่อให้{village} ดูแลแล้วค่ะ"
