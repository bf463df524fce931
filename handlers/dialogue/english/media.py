"""Photos, voice and files; what was edited or taken back."""

ASK_WORDS_PLACE = "Got the spot. What is the matter there? A few words will do."
ASK_WORDS_LISTENING = (
    "Got the voice message; I am listening to it. Or type a few words, as you like."
)
PLACE_BY_PHOTO = "Where: by the place in the photo"
VIDEO_UNREAD = (
    "I cannot watch videos yet. Could you send a photo or two, and type what it is about?"
)
VIDEO_TOO = "I cannot watch the video yet. If you have photos, just send them."
FILE_UNREAD = (
    "I cannot open this kind of file yet. Could you send it as a photo, or type a few words?"
)
FILE_TOO = "I cannot open the file yet. If you have photos, just send them."
CONTACT_UNKEPT = (
    "I did not keep that contact. If something is the matter in the village, just type it."
)
HEARD = "I heard «{words}». Is that right? If not, press «Misheard» and type it anew."
MISHEARD_DONE = "I removed what I misheard. Please type it in a few words."
VOICE_UNHEARD = "I could not make out the voice message of {code}. Please type it in a few words."
REWORDED = "{code} now reads as you edited it."
TAKEN_BACK = "The unsent message is removed from {code}."
UNSENT_ALL = "The unsent message is removed, and {code} is withdrawn."
WORDS_GONE = "(message removed)"
PHOTO_BROKEN = "I could not open the photo of {code}. Please take it again and send it once more."
PHOTO_HEIC = (
    "I cannot open that kind of picture in {code}. Please send it as a plain photo, not as a file."
)
PHOTO_TOO_LARGE = (
    "The photo of {code} is too large. Please send it as a plain photo, not as a file."
)
PHOTO_LOST = "I could not fetch the photo of {code}. If you still have it, please send it again."

BUTTON_MISHEARD = "Misheard"
