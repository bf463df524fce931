"""Running a forum: attendance, votes, resolutions, corrections."""

FORUM_TOO_LATE = "คำสั่งนี้เป็นของการประชุมครั้งก่อน ซึ่งปิดรายงานไปแล้วค่ะ ไม่ได้บันทึกเพิ่มนะคะ"
FORUM_STILL_OPEN = "การประชุมครั้งที่ {number}/{year} ยังไม่ปิดค่ะ ปิดครั้งนั้นก่อน แล้วค่อยนัดครั้งใหม่นะคะ"
BUTTON_END_FORUM = "ปิดประชุม"
