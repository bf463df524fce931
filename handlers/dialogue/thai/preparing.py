"""Preparing a forum: its day and place, the notice, and the desk on which its agenda is arranged."""

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")

MEET_DAYS = (
    "จะนัดประชุมวันไหนดีคะ\n{serves}\nกดเลือกวัน หรือพิมพ์เอง เช่น นัดประชุม 12 ธันวาคม 2569 13.00 ศาลากลางบ้าน"
)
MEET_SERVES = "ประชุมรอบนี้ใช้กับแผนหมู่บ้านปี {year} (อำเภอเปิดรับ {opens} ถึง {closes})"
MEET_LATE = "แผนหมู่บ้านปี {year} ปิดแล้ว แต่ยังเสนอเพิ่มได้ที่ {plans}"
MEET_LATE_PLAN = "แผน{level} (ถึง {closes})"
MEET_LEVELS = {"tambon": "ตำบล", "local": "ท้องถิ่น", "district": "อำเภอ"}
MEET_TIMES = "{day} เริ่มกี่โมงคะ"
MEET_PLACES = "{day} {time} ประชุมที่ไหนคะ กดเลือก หรือพิมพ์ชื่อสถานที่ได้เลย"
MEET_PLACE_TYPE = "พิมพ์ชื่อสถานที่ประชุมได้เลยค่ะ"
MEET_PAST = "(วันนี้ผ่านไปแล้ว จดไว้ให้ ไม่ต้องแจ้งชาวบ้านนะคะ)"
MEET_SET = "ประชุมครั้งที่ {number}/{year} {day} {time} {place}"
BUTTON_MEET_DAYS = "เลือกวันอื่น"
BUTTON_MEET_PLACE = "พิมพ์เอง"
BUTTON_MEET_CALL = "แจ้งชาวบ้าน"
BUTTON_MEET_OFF = "ยกเลิกนัด"
BUTTON_ARRANGE = "จัดวาระ"

CALL_ASK = "จะแจ้งชาวบ้านไหมคะ\n{people}\n{cost}"
CALL_PEOPLE = "คนในหมู่บ้านที่แจ้งทางแชตได้ {people} คน"
CALL_PEOPLE_NEW = "ยังไม่ได้แจ้งอีก {people} คน"
CALL_GROUPS = (
    "กลุ่มของหมู่บ้าน {groups} กลุ่ม (ไลน์นับตามจำนวนคนในกลุ่ม ถ้าท่านพิมพ์ «ประกาศประชุม» ในกลุ่มเอง ไม่เสียโควตา)"
)
REACH_PEOPLE = "{people} คน"
REACH_GROUPS = "{groups} กลุ่ม"
CALL_FREE = "ไม่เสียโควตาไลน์ค่ะ"
CALL_COST = (
    "ใช้โควตาไลน์ {units} ข้อความ (เตือนก่อนวันประชุมอีก 1 รอบเท่ากัน) เดือนนี้ใช้ไปแล้ว {used} จาก {limit}"
)
CALL_SLOW = "วันนี้ส่งได้ราว {room} ที่เหลือจะทยอยส่ง หรือส่งตอนเขาทักมา (ฟรี)"
CALL_NOBODY = "ยังไม่มีใครให้แจ้งทางแชตค่ะ เชิญชวนให้ลูกบ้านสแกนโปสเตอร์ หรือผูกกลุ่มหมู่บ้านก่อนนะคะ"
CALL_NO_DAY = "ยังไม่ได้นัดวันประชุมค่ะ"
CALL_SENT = "ส่งแล้วค่ะ ถึง {reach} ก่อนวันประชุม 1 วันจะเตือนให้อีกครั้ง"
CALL_SENT_BEFORE = "แจ้งไปครบแล้วค่ะ"
CALL_LATER = "ยังไม่ส่งค่ะ พร้อมเมื่อไรกด «แจ้งชาวบ้าน» ได้เลย"
BUTTON_CALL_ALL = "ส่งทุกคน"
BUTTON_CALL_GROUPS = "เฉพาะกลุ่ม"
BUTTON_CALL_LATER = "ยังไม่ส่ง"
MOVED_ASK = "เคยแจ้งวันเดิมไว้ {reach} จะบอกว่าเปลี่ยนเลยไหมคะ ถ้าไม่กด อีกครึ่งชั่วโมงจะบอกให้เอง"
BUTTON_MOVED_TELL = "บอกเลย"
MOVED_SENT = "บอกแล้วค่ะ ถึง {reach}"
OFF_ASK = "จะยกเลิกนัด {when} ใช่ไหมคะ\nคนที่เคยแจ้งไว้ {reach} จะรู้ทันที"
OFF_NONE = "ยังไม่มีนัดประชุมให้ยกเลิกค่ะ"
OFF_DONE = "ยกเลิกนัดแล้วค่ะ บอกแล้ว {reach} วาระที่จัดไว้ยังอยู่ครบ"
OFF_KEPT = "ค่ะ นัดเดิมยังอยู่"
BUTTON_OFF_YES = "ยกเลิกนัดเลย"
BUTTON_OFF_NO = "ไม่ยกเลิก"

NOTICE_CALLED = (
    "📣 เชิญประชุมประชาคม{village}\n{when}\n{with_whom}มีเรื่องอะไรอยากให้ที่ประชุมคุย พิมพ์บอกไว้ก่อนได้เลยค่ะ"
)
NOTICE_WITH = "จัดร่วมกับ {conveners}\n"
NOTICE_MOVED = "📣 ประชุมประชาคม{village} เปลี่ยนนัดใหม่ค่ะ\n{when}"
NOTICE_CALLED_OFF = "📣 ประชุมประชาคม{village} {when} ยกเลิกนัดนี้ก่อนค่ะ นัดใหม่เมื่อไรจะแจ้งอีกที"
NOTICE_REMINDER = "📣 พรุ่งนี้ประชุมประชาคม{village} ค่ะ\n{when}\nมาช่วยกันคิดช่วยกันเลือกนะคะ"
REMINDER_HEAD = "พรุ่งนี้ประชุมครั้งที่ {number}/{year} ค่ะ {when}\nเอกสารพร้อมหรือยังคะ ถึงเวลาแล้วพิมพ์ «เริ่มประชุม»"

ARRANGE_HEAD = "ร่างระเบียบวาระ ครั้งที่ {number}/{year} มี {count} เรื่อง\nกดเลขเพื่อเลื่อน ปักหมุด หรือเอาออก"
ARRANGE_LINE = "{number}. {pin}{line} – {people} คน"
ARRANGE_EMPTY = "ร่างระเบียบวาระ ครั้งที่ {number}/{year} ยังไม่มีเรื่องค่ะ"
ARRANGE_TOLD = "ประธานแจ้ง {opening} เรื่อง · จัดร่วม {conveners} หน่วยงาน"
ARRANGE_LIKE = "คล้ายกับเรื่อง «{line}» ถ้าเป็นเรื่องเดียวกัน กดรวมได้เลย"
ARRANGE_ITEM = "ข้อ {number}. {line}\n{people} คนแจ้ง สนับสนุน {supporters} คน คะแนน {score}{pin}"
ARRANGE_PINNED = "\n📌 ปักหมุดไว้ ขึ้นก่อนทุกเรื่อง"
ARRANGE_GONE = "เรื่องนี้ไม่อยู่ในร่างวาระแล้วค่ะ"
ARRANGE_END = "เลื่อนต่อไม่ได้แล้วค่ะ สุดของหมวดนี้แล้ว ถ้าอยากให้ขึ้นก่อนทุกเรื่อง กดปักหมุด"
ARRANGE_MOVED = "เลื่อนแล้วค่ะ"
ARRANGE_WHY = (
    "เอาออกจากวาระครั้งนี้เพราะอะไรคะ กดเลือก หรือพิมพ์เหตุผลสั้น ๆ\n«{line}»\n(เรื่องยังเปิดอยู่ คนแจ้งจะได้รู้เหตุผล)"
)
ARRANGE_OUT = "เอาออกแล้วค่ะ เหตุผล: {reason}\nเรื่องยังเปิดอยู่ เอากลับเข้าวาระได้ทุกเมื่อ"
ARRANGE_REASONS = ("รอข้อมูลเพิ่มก่อน", "ไม่ใช่อำนาจของหมู่บ้าน", "กำลังแก้ไขอยู่แล้ว", "ไว้ประชุมครั้งหน้า")
ARRANGE_IN = "เข้าวาระแล้วค่ะ เป็นข้อ {number}"
ARRANGE_OTHERS = "เรื่องที่ไม่อยู่ในร่างวาระ กดเลขเพื่อเอาเข้า"
ARRANGE_OTHERS_LINE = "{number}. {line} – {why}"
ARRANGE_OTHERS_NONE = "ไม่มีเรื่องอื่นให้เอาเข้าแล้วค่ะ"
ARRANGE_OUT_BEFORE = "เอาออกไว้: {reason}"
ARRANGE_TOUCHY = (
    "«{line}»\nข้อความนี้คล้ายพูดถึงตัวบุคคลหรือเรื่องที่ไม่ควรขึ้นที่ประชุม ยังไม่ได้ใส่ให้ค่ะ"
    "\nถ้าเป็นเรื่องแจ้งทั่วไป กดใส่ได้เลย หรือพิมพ์ใหม่ไม่เอ่ยถึงใคร ถ้าจะร้องเรียน พิมพ์ขึ้นต้นว่า «แจ้ง»"
)
BUTTON_PUT_IN = "ใส่ตามนี้"
ARRANGE_ASK_ITEM = "พิมพ์เรื่องที่จะเพิ่มได้เลยค่ะ บอกว่าอะไร ที่ไหน (จดเป็นเรื่องที่ท่านแจ้งเอง)"
ARRANGE_ADDED = "เพิ่มแล้วค่ะ เป็นข้อ {number}: {line}\nเลขรับเรื่อง {code}"
ARRANGE_ADDED_TO = "เรื่องนี้มีคนแจ้งแล้ว รวมด้วยกัน อยู่ข้อ {number}: {line}\nเลขรับเรื่อง {code}"
ARRANGE_PRIVATE = "เรื่องนี้ไม่ควรขึ้นที่ประชุมค่ะ ส่งให้ศูนย์ดำรงธรรมอำเภอดูแลเท่านั้น เลขรับเรื่อง {code}"
ARRANGE_UNKNOWN = "จดไว้แล้วค่ะ เลขรับเรื่อง {code} แต่ยังไม่เข้าวาระ ลองพิมพ์ให้ชัดอีกนิดนะคะ"
ARRANGE_LOG = "ประวัติวาระครั้งที่ {number}/{year}"
ARRANGE_LOG_NONE = "ยังไม่ได้แก้อะไรในร่างวาระครั้งนี้ค่ะ"
ARRANGE_LOG_LINE = "• {date} {what}"
ARRANGE_DID = {
    "before": "เลื่อนขึ้น «{line}»",
    "after": "เลื่อนลง «{line}»",
    "pin": "ปักหมุด «{line}»",
    "unpin": "เลิกปักหมุด «{line}»",
    "take_out": "เอาออก «{line}» เพราะ{words}",
    "bring_in": "เอาเข้า «{line}»",
    "tell": "ประธานแจ้ง: {words}",
    "tell_not": "เลิกแจ้ง: {words}",
    "convener": "จัดร่วมกับ {words}",
    "convener_not": "ไม่จัดร่วมกับ {words} แล้ว",
    "when": "นัด {words}",
}
OPENING_HEAD = "วาระที่ ๑ เรื่องที่ประธานแจ้ง"
OPENING_NONE = "วาระที่ ๑ ยังไม่มีเรื่องที่ประธานจะแจ้งค่ะ เพิ่มไว้ก่อนได้ จะพิมพ์ลงในเอกสารให้"
OPENING_ASK = "จะแจ้งเรื่องอะไรให้ที่ประชุมทราบคะ พิมพ์มาได้เลย ทีละเรื่อง"
OPENING_ADDED = "เพิ่มในวาระที่ ๑ แล้วค่ะ: {line}"
CONVENERS_HEAD = "ผู้จัดประชุมร่วมกับหมู่บ้าน"
CONVENERS_NONE = "เวทีเดียวใช้ได้กับหลายแผนค่ะ ใครจัดร่วมบ้างคะ กดเลือก หรือพิมพ์เอง"
CONVENERS_ASK = "พิมพ์ชื่อหน่วยงานที่จัดร่วมได้เลยค่ะ เช่น เทศบาลตำบลดอนแก้ว"
CONVENERS_USUAL = (
    "องค์การบริหารส่วนตำบล{tambon}",
    "ที่ว่าการอำเภอ{district}",
    "โรงพยาบาลส่งเสริมสุขภาพตำบล{tambon}",
    "สำนักงานพัฒนาชุมชนอำเภอ{district}",
)
CONVENERS_SHORT = ("อบต.{tambon}", "อำเภอ{district}", "รพ.สต.{tambon}", "พัฒนาชุมชนอำเภอ")
LISTED = "{number}. {line}"
BUTTON_UP = "เลื่อนขึ้น"
BUTTON_DOWN = "เลื่อนลง"
BUTTON_PIN = "ปักหมุด"
BUTTON_UNPIN = "เลิกปักหมุด"
BUTTON_TAKE_OUT = "เอาออก"
BUTTON_DRAFT = "กลับไปร่างวาระ"
BUTTON_PAGE_NEXT = "หน้าต่อไป"
BUTTON_PAGE_BACK = "หน้าก่อน"
BUTTON_ADD_ITEM = "เพิ่มเรื่องเอง"
BUTTON_OTHERS = "เรื่องที่มีอยู่"
BUTTON_OPENING = "ประธานแจ้ง"
BUTTON_OPENING_ADD = "เพิ่มเรื่องแจ้ง"
BUTTON_CONVENERS = "ผู้จัดร่วม"
BUTTON_CONVENER_ADD = "พิมพ์ชื่อหน่วยงาน"
BUTTON_DROP = "ลบข้อ {number}"
BUTTON_BRING_IN = "เอาเข้าข้อ {number}"
BUTTON_ITEM_ASK = "เพิ่มอีกเรื่อง"
REPRINTED = "ระเบียบวาระ {code} ฉบับที่ {version} ฉบับเดิมทุกตัวอักษรค่ะ"
REPRINT_NONE = "ไม่พบระเบียบวาระเลขนี้ในพื้นที่ของท่านค่ะ"
REPRINT_NO_FILES = "ฉบับ {code} ไม่มีไฟล์เก็บไว้ค่ะ ขอให้อำเภอพิมพ์ให้จากระบบนะคะ"
