"""English for what everybody hears: receipts, questions, states, the head's and the officer's answers."""

from planning.issues import IssueState

PRIVACY_SHORT = (
    "This service belongs to the district. It takes matters to the village forum and the development plan and "
    "shows nobody your name. (Type «privacy» to read more.)"
)
PRIVACY = (
    "What is kept: the words, photos and places you send, and your chat account to answer you (apart, and "
    "encrypted).\n"
    "What for: to gather the village's matters for its forum and for the development plans, a public duty.\n"
    "Who sees it: the meeting sees the matter only, never names or telephone numbers. Complaints about people "
    "and drugs are seen by the district's Damrongdhama Centre alone.\n"
    "Type «my data» to see, «delete my data» to erase, «consent» to decide; or ask the district, 1567."
)
WELCOME = "Hello 🙏 This is where you can tell your village's problems and needs."
WELCOME_BACK = "Hello! You are in {village}. If anything is wrong there, just write it here."
ASK_VILLAGE = (
    "Which village do you live in?\n"
    "Press the button to share your location, or type the village and its number, such as «บ้านหนองน้ำใส หมู่ 3»"
)
PICK_VILLAGE = "Which of these villages? Please press one."
NO_SUCH_VILLAGE = (
    "I cannot find that village. Please type its name and number, such as «บ้านหนองน้ำใส หมู่ 3», "
    "or share your location."
)
NO_VILLAGES_YET = "There is no list of villages yet. What you sent is kept and will not be lost."
JOINED = "You are noted as living in {village}, tambon {tambon}. If anything is wrong there, just write it."
DANGER = (
    "⚠️ If a life is in danger, call now, do not wait.\n"
    "Medical emergency 1669\nFire and rescue 199\nPolice 191\nFirst bring people to safety."
)
RECEIVED = "Received. Thank you for telling us 🙏"
GROUP_RECEIPT = "Received. Number {code} (you can go on with me in a private chat)"
PLACE_SKIPPED = "Never mind. Your matter is received."
FORUM_CLOSED = "Meeting {number}/{year} is closed. What comes from now on goes to the next one."
FORUM_NONE = "No meeting is open now."
VOTES_ODD = (
    "As many or more votes are against. Please look at the numbers and write the resolution anew."
)
ALARM_DISTRICT = (
    "⚠️ Danger was reported in {village}, number {code}, at {time}. Please look at once."
)
SET_ASIDE = (
    "The system cannot deal with this message yet. It is kept for an officer to look at and not lost. "
    "If it is urgent, call 191 / 1669."
)
RECEIVED_FOR_OTHER = "Written down for them."
ADDED = "Added to {code}."
CODE = "Number {code}"
CATEGORY = "Kind: {category} (press to choose another)"
PLACE = "Place: {place}"
PLACE_SHARED = "Place: as you shared it"
CONFIDENTIAL = (
    "This is kept secret. It does not go to the meeting; only the district's Damrongdhama Centre sees it. "
    "For advice call 1567."
)
CONFIDENTIAL_HARM = "If anyone is hurting you, call 191 or 1300, day or night."
ASK_SAME = "{known}\nIs it the same matter?"
KNOWN = "{people} have told this already: {line} ({age})"
KNOWN_OWN = "You have told us already: {line} ({age})"
PUT_WITH = "Put with what you told before: {line}. If it is another matter, press «Another matter»."
LINKED = "Neighbours have told this too, {people} people by now: {line}"
ASK_PLACE = "Where is it? Type the nearest place, or share the location."
ASK_WORDS = "Got it. What is it about? A few words will do."
ASK_WORDS_VOICE = "I got your voice message but cannot listen yet. Please type a few words."
SAME_DONE = "Joined with the matter already told. {people} people have told it now."
DIFFERENT_DONE = "All right, it is a matter of its own now."
STALE = "This question is closed already. Nothing has changed."
CATEGORY_PICK = "Which kind is {code}?"
CATEGORY_DONE = "The kind is now {category}."
QUESTION_KEPT = (
    "Kept as a question for the village head and the district, number {code}.\n"
    "To see what became of your matters, press this button."
)
GREETING = "Hello! If anything is wrong in the village, just write it here."
THANKS = "You are welcome 🙏"
LEAVE = "All right 🙏"
CANNOT_READ = (
    "I cannot read this kind of message yet. Please type it, or send a photo or a location."
)
MINE_NONE = "You have told no matter yet. Just write it here."
MINE_HEAD = "What you have told"
MINE_LINE = "• {code} {line}\n   told {date} – {state}"
MINE_MORE = "(There are earlier ones.)"
HELP = (
    "Just write what is wrong or needed. Photos and locations help.\n"
    "• เรื่องของฉัน or /mine – what became of it\n• /village – matters of the village; press «me too»\n"
    "• เปลี่ยนหมู่บ้าน – change village\n• privacy"
)
HELP_HEAD = (
    "For village heads\n• สรุป – the village's matters (สรุป น้ำ, สรุป ใหม่)\n• ส่งสรุป – when to be sent it\n"
    "• เรื่อง <number> – look, correct, merge, split, close, pass on\n"
    "• นัดประชุม – call the meeting\n• จัดวาระ – arrange the agenda\n• ระเบียบวาระ – papers for the meeting\n"
    "• ลงมติ, or มติ 2 เห็นชอบ 42/3 ขอรับการสนับสนุน – resolutions\n"
    "• แจ้งแทน – for people without a phone\n• แบบสำรวจ – a survey's form\n• กลุ่มหมู่บ้าน – the village's group"
)
HELP_OFFICER = (
    "For kamnans and officers\n• สรุป <village, tambon or district>\n"
    "• ส่งสรุป – when to be sent it\n• สถานะ <number>\n"
    "• เรื่อง <number> – look, correct, merge, split, close, pass on\n"
    "• อัปเดต <number> กำลังทำ <reason>\n• แจ้งแทน – for people without a phone\n"
    "• เรื่องที่จดแทน – what became of it\n• แบบสำรวจ – a survey's form\n"
    "• คำถาม – questions of villagers\n• เรื่องลับ – district officers only"
)
ROLE_GIVEN = "Welcome. You are now {role} ({area})."
INVITATION_BAD = "This invitation is no longer good. Please ask the district for a new one."
NOT_ALLOWED = "Only those in charge of the area can do that."
NOT_FOUND = "No such number or name in your area. Please look at the spelling."
NO_AGENDA = "There is no agenda yet. Type «ระเบียบวาระ» first."
NO_ITEM = "The agenda ends with item {last}."
AGENDA_EMPTY = "There is nothing for the agenda now. Here is an empty form for the meeting."
AGENDA_READY = (
    "Agenda of {village}, meeting {number}/{year}, version {version} ({code}): {count} items."
)
ITEM = "Item {number} of {last}\n{line}\nTold by {people}\nWhat does the meeting say?"
WAY = "Item {number} is approved. How will it be done?"
RESOLVED = "Resolution on item {number} kept: {outcome}{votes}{way}"
IN_BANK = "In the project bank as {code}"
ALL_RESOLVED = "Every item is decided. When the meeting is over, type «ปิดประชุม»."
STATUS_CHANGED = "Kept. {line} – {state}. {people} people are told."
NEWS = "Your matter {code}\n{line}\nNow: {state}"
NEWS_WORDS = "Reason or details: {words}"
NEWS_RESOLUTION = "Your matter {code}\n{line}\nThe forum of {village}: {outcome}{votes}{way}"
QUESTIONS_HEAD = "Questions of villagers"
QUESTIONS_NONE = "No questions are open."
QUESTION_LINE = "• {code} {village} ({date})\n   {words}"
CONFIDENTIAL_HEAD = "The district's secret matters (every look is noted)"
CONFIDENTIAL_NONE = "No secret matters are open in the area."
CONFIDENTIAL_LINE = "• {code} {village} – {category} ({date})\n   {words}"
ALARM = "⚠️ Danger was reported in {village}\n{line}\nNumber {code} at {time}. Please look at once."

BUTTON_SAME = "The same"
BUTTON_DIFFERENT = "Another matter"
BUTTON_CATEGORY = "Wrong kind"
BUTTON_MINE = "My reports"
BUTTON_HELP = "Menu"
BUTTON_AGENDA = "Agenda"
BUTTON_SUMMARY = "Summary"
BUTTON_DECIDE = "Decide"
BUTTON_NEXT = "Next item"
BUTTON_CHANGE_VILLAGE = "Change village"

STATES = {
    IssueState.NOTED: "received, waits for the forum",
    IssueState.BEFORE_FORUM: "on the forum's agenda",
    IssueState.VILLAGE_WORK: "the village does it itself",
    IssueState.IN_BANK: "in the project bank, waits for money",
    IssueState.IN_PLAN: "in the plan",
    IssueState.FUNDED: "has money",
    IssueState.UNDER_WAY: "under way",
    IssueState.DONE: "done",
    IssueState.POSTPONED: "put off by the forum",
    IssueState.REJECTED: "not agreed to by the forum",
    IssueState.CLOSED: "answered and closed",
    IssueState.PASSED_UP: "passed on to the tambon or district",
    IssueState.NOT_POSSIBLE: "not possible",
    IssueState.MERGED: "joined with another matter",
}

AWAITING_VILLAGE_TH = "waits for your village"
QUESTION_TH = "question, passed on"
WITHDRAWN_TH = "withdrawn"
CONFIDENTIAL_TH = "with the Damrongdhama Centre (secret)"
AWAITING_WORDS_TH = "waits for what it is about"

SHORT_CATEGORY = {
    "road": "Road, bridge",
    "lighting": "Street lights",
    "electricity": "Electricity",
    "water_supply": "Tap water",
    "drainage": "Drains, flooding",
    "water_source": "Canal, pond, weir",
    "telecom": "Internet, speakers",
    "public_building": "Public buildings",
    "livelihood": "Work, income",
    "farming": "Farming",
    "debt": "Debt, funds",
    "welfare": "Welfare",
    "health": "Health",
    "education": "School, temple",
    "animals": "Dogs, animals",
    "waste": "Rubbish",
    "pollution": "Smell, noise, smoke",
    "nature": "Trees, forest, banks",
    "safety": "Safety, theft",
    "traffic": "Traffic, accidents",
    "drugs": "Drugs, gambling",
    "disaster": "Disaster, drought",
    "land": "Land, deeds",
    "official_conduct": "About an official",
    "dispute": "Dispute, family",
    "service": "State services",
    "other": "Other",
}

BUTTON_MORE = "More kinds"
