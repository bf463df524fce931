"""The village's open issues, support, and what became of them."""

ISSUES_HEAD = "เรื่องใน{village} ที่ยังรออยู่ {count} เรื่องค่ะ"
ISSUES_NONE = "ตอนนี้{village} ยังไม่มีเรื่องค้างค่ะ ถ้ามีเรื่องเดือดร้อน พิมพ์บอกได้เลยนะคะ"
ISSUES_LINE = "{number}. {line}\n   {voices} – {state}"
ISSUES_ASK = "เรื่องไหนท่านเดือดร้อนด้วย กดเลขเรื่องนั้นได้เลยค่ะ กดอีกครั้งคือเอาคืน"
ISSUES_MINE = "ท่านแจ้งไว้"
ISSUES_WITH_ME = "นับท่านแล้ว"
VOICES = "{people} คน"
VOICES_HOMES = "{people} คน · ราว {homes} ครัวเรือน"
SUPPORTED = "นับท่านด้วยแล้วค่ะ เรื่องนี้รวม {voices}\n{line}\nมีความคืบหน้าจะบอกนะคะ"
UNSUPPORTED = "เอาออกให้แล้วค่ะ เรื่องนี้เหลือ {voices}\n{line}"
SUPPORT_OWN = "เรื่องนี้ท่านแจ้งไว้อยู่แล้ว นับให้แล้วค่ะ รวม {voices}\n{line}"
SUPPORT_CLOSED = "เรื่องนี้ปิดไปแล้วค่ะ ({state}) ถ้ายังเดือดร้อนอยู่ พิมพ์บอกเป็นเรื่องใหม่ได้เลยนะคะ"
SUPPORT_ELSEWHERE = "เรื่องนี้เป็นของหมู่บ้านอื่นค่ะ ถ้าที่ของท่านเดือดร้อนด้วย พิมพ์บอกได้เลยนะคะ"
BUTTON_ISSUES = "เรื่องในหมู่บ้าน"
BUTTON_SUPPORT = "{number} เดือดร้อนด้วย"
BUTTON_UNSUPPORT = "{number} เอาคืน"
BUTTON_TAKE_BACK = "เอาคืน"
BUTTON_SUPPORT_AGAIN = "เดือดร้อนด้วย"
BUTTON_ISSUES_MORE = "ดูเรื่องต่อไป"
BUTTON_ISSUES_BACK = "ย้อนกลับ"
ALREADY_GOING = "เรื่องนี้ตอนนี้: {state}"
MINE_SUPPORTED_HEAD = "เรื่องที่ท่านเดือดร้อนด้วย"
MINE_SUPPORTED_LINE = "• {line}\n   ตอนนี้: {state}"

NEWS_SUPPORTED = "เรื่องที่ท่านบอกว่าเดือดร้อนด้วย\n{line}\nตอนนี้: {state}"
NEWS_PRIVATE = "เรื่องที่ท่านแจ้ง {code}\nตอนนี้: {state}"
NEWS_RESOLUTION_SUPPORTED = (
    "เรื่องที่ท่านบอกว่าเดือดร้อนด้วย\n{line}\nที่ประชุมประชาคม{village}: {outcome}{votes}{way}"
)
NEWS_FORUM = "เรื่องที่ท่านแจ้ง {code}\n{line}\nเข้าวาระประชุมประชาคม{village} แล้วค่ะ{when}"
NEWS_FORUM_SUPPORTED = "เรื่องที่ท่านบอกว่าเดือดร้อนด้วย\n{line}\nเข้าวาระประชุมประชาคม{village} แล้วค่ะ{when}"
NEWS_WHEN = "\nประชุม {date} {time} {place}"
DONE_ASK = "เสร็จแล้วจริงไหมคะ ช่วยดูให้หน่อยนะคะ"
BUTTON_DONE = "เสร็จแล้ว"
BUTTON_NOT_YET = "ยังไม่เสร็จ"
DONE_THANKS = "ขอบคุณที่ช่วยดูให้ค่ะ 🙏"
NOT_YET_ASK = (
    "ขอบคุณที่บอกค่ะ เปิดเรื่องนี้ใหม่ให้แล้ว และบอกผู้ใหญ่บ้านกับเจ้าหน้าที่แล้ว\nยังเหลือตรงไหนคะ ส่งรูปหรือพิมพ์บอกสั้น ๆ ได้เลย"
)
NOT_YET_ASK_PRIVATE = (
    "ขอบคุณที่บอกค่ะ เปิดเรื่องนี้ใหม่ให้แล้ว และบอกเจ้าหน้าที่อำเภอแล้ว\nยังเหลืออะไรคะ พิมพ์บอกสั้น ๆ ได้เลย"
)
NOT_YET_OPEN = "ขอบคุณที่บอกค่ะ เรื่องนี้เปิดอยู่แล้ว\nยังเหลือตรงไหนคะ ส่งรูปหรือพิมพ์บอกสั้น ๆ ได้เลย"
ANSWERED_BEFORE = "ท่านตอบไว้แล้วค่ะ ขอบคุณนะคะ"
REOPENED_REASON = "คนในหมู่บ้านบอกว่ายังไม่เสร็จ"
REOPENED = "มีคนบอกว่าเรื่องนี้ยังไม่เสร็จค่ะ\n{line}\n{village} เลขเรื่อง {code}\nเปิดเรื่องใหม่แล้ว ตอนนี้: {state} ช่วยดูอีกทีนะคะ"
REOPENED_PRIVATE = (
    "เรื่อง {code} {village} ผู้แจ้งบอกว่ายังไม่เสร็จค่ะ เปิดเรื่องใหม่แล้ว ตอนนี้: {state} ช่วยดูอีกทีนะคะ"
)

QUOTA_HEAD = "โควตาข้อความ LINE เดือน {month}"
QUOTA_USED = "ใช้ไป {used} จาก {limit} (วันนี้ {today}) กันไว้เรื่องอันตราย {reserve}"
QUOTA_FORECAST = "ถ้าเป็นแบบนี้ สิ้นเดือนจะใช้ราว {forecast}"
QUOTA_WAITING = "รอส่ง {number} ข้อความ ในนี้รอไปกับคำตอบครั้งหน้า {held}"
QUOTA_RANK = "• {rank} {number}"
QUOTA_NONE_WAITING = "ไม่มีข้อความค้างส่ง"
QUOTA_WARNING = (
    "ข้อความ LINE เดือนนี้ใช้ไป {percent}% แล้วค่ะ ({used} จาก {limit})\n"
    "เรื่องไม่ด่วนจะรอไปกับคำตอบครั้งหน้า เรื่องอันตรายยังส่งได้ พิมพ์ «โควตา» เพื่อดู"
)
RANK_DANGER = "เรื่องอันตราย"
RANK_ANSWER = "คำตอบที่ตอบไม่ทัน"
RANK_OUTCOME = "ความคืบหน้าของเรื่อง"
RANK_FORUM = "นัดประชุม"
RANK_DIGEST = "สรุป"
RANK_OTHER = "อื่น ๆ"
