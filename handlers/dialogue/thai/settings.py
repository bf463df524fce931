"""The person's own choices: language."""

LANGUAGE_ASK = "อยากใช้ภาษาไหนคะ\nWhich language?"
LANGUAGE_SET = "ต่อไปนี้จะคุยเป็นภาษาไทยนะคะ"
BUTTON_THAI = "ภาษาไทย"
BUTTON_ENGLISH = "English"
