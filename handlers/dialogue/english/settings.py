"""The person's own choices: language."""

LANGUAGE_ASK = "Which language?\nอยากใช้ภาษาไหนคะ"
LANGUAGE_SET = (
    "From now on I will write in English. Please tell your matter in Thai: the village reads Thai."
)
BUTTON_THAI = "ภาษาไทย"
BUTTON_ENGLISH = "English"
