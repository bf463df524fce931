"""One's own data, consents, linked accounts, slowing and muting."""

ONLY_IN_PRIVATE = (
    "That is better between the two of us. Please write to the bot in private and ask again."
)

OWN_HEAD = "What we keep about you"
OWN_ACCOUNT = "• Account: {channel} (since {date})"
OWN_VILLAGE = "• Village: {village}"
OWN_ROLE = "• Role: {role} ({area})"
OWN_REPORTS = "• Reports: {count}"
OWN_SUPPORTS = "• Neighbours' matters you support: {count}"
OWN_MEDIA = "• Photos and voice: {count}"
OWN_CONSENT = "• {name}: {answer}"
OWN_MUTED = "• Not heard until {date}"
OWN_FILE = "Everything is in this file. It opens for {hours} hours; keep it to yourself."
OWN_NO_FILE = "Type «my data» once more for the file with everything."
OWN_FILE_NAME = "my-data"
CHANNEL_LINE = "LINE"
CHANNEL_TELEGRAM = "Telegram"
CHANNEL_WEBCHAT = "web page"
CHANNEL_WALK_IN = "written down"

ERASE_ASK = (
    "This erases all that says it is you: accounts, messages, photos, voice, settings and roles.\n"
    "The village's matters stay, counted as one person, nobody knows who.\n"
    "It cannot be undone, and you can no longer ask about your old matters.\n"
    "Erase now? (Press the button or type «confirm delete».)"
)
ERASED = (
    "It is erased. Thank you for speaking up for the village. 🙏\n"
    "If you write again, we start anew."
)
ERASE_KEPT = "Nothing was erased. All is as before."
BUTTON_ERASE_YES = "Erase now"
BUTTON_ERASE_NO = "Keep it"
BUTTON_ERASE = "Delete my data"
BUTTON_OWN_DATA = "My data"
BUTTON_CONSENTS = "Consent"

CONSENTS = "You decide, and you can change your mind at any time."
CONSENT_PHOTO_IN_PUBLIC = "Your photos may be shown at the forum or on notices"
CONSENT_NEWS = "News about what you told or support is sent to you"
CONSENT_YES = "yes"
CONSENT_NO = "no"
BUTTON_PHOTO_IN_PUBLIC_YES = "Photos: allow"
BUTTON_PHOTO_IN_PUBLIC_NO = "Photos: do not"
BUTTON_NEWS_YES = "Send me news"
BUTTON_NEWS_NO = "No news please"
CONSENT_DONE = "Noted. {name}: {answer}"
CONSENT_NEWS_OFF = "Noted: no news will be sent. To see where things stand, type «เรื่องของฉัน»."

LINK_CODE = (
    "If you also write to us in the other app, open it and type\n\nlink {code}\n\n"
    "It works for 10 minutes. Tell the code to nobody."
)
LINK_BAD = "This code does not work; its time may be over. Type «link account» in the other app for a new one."
LINK_WAIT = "Several wrong codes were tried. Please wait an hour and try again."
LINK_SAME = "Type this code in the other app: ask for it in LINE, type it in Telegram, or the other way round."
LINK_FIRST_PART = "This account is linked already. Type «unlink account» first."
LINK_ASK = (
    "Is this code from your own {channel}?\n"
    "Once linked, both accounts see each other's matters. If somebody sent you the code, press No."
)
LINK_DONE = "Linked: LINE or Telegram, it is you. To part them, type «unlink account»."
LINK_TOLD = "A {channel} account was linked to this one. If that was not you, type «unlink account» at once."
LINK_REFUSED = "Not linked. All is as before. Do not follow whoever sent you the code."
LINK_MUTED = "Accounts cannot be linked or parted at the moment."
PARTED = "Parted. What was told in one app stays with that app."
PART_NONE = "This account is not linked to another."
BUTTON_LINK_YES = "Yes, it is mine"
BUTTON_LINK_NO = "No"

SLOW = (
    "Your messages come very fast; please give us a moment. All of them are kept: see «เรื่องของฉัน»."
)
SAID_BEFORE = "We have this already, receipt {code}. No need to send it again."
LINK_ONLY = "We cannot open links. Please type shortly what it is about and where."

MUTE_HOW = "Type it like this: พักผู้แจ้ง AB12CD 7 วัน เหตุผล … (1 to 90 days, with a reason)"
MUTE_NOT_THEM = "Not possible: it was written down by somebody else, or its sender has a role."
MUTE_DONE = (
    "The sender of {code} rests until {date}. Messages are kept and danger still alarms. "
    "To end it earlier, type «เลิกพัก {code}»."
)
MUTE_ENDED = "The sender of {code} is heard again."
MUTE_NONE = "The sender of {code} is not resting."
MUTED = (
    "An officer lets this account rest until {date}. What you send is kept but not answered.\n"
    "Danger to life can always be told, or call 191 / 199 / 1669. Questions: 1567"
)
