"""Writing down for people without a phone, and what helpers hear of it."""

HELP_WHOM = (
    "For whom? Type the name, and a phone number if there is one.\n"
    "If they give no name, press the button."
)
HELP_THEIRS = "Which village is it about? Choose, or type its name or moo."
HELP_THEIR_WORDS = "What is it about? Type it as they told you; a photo helps."
HELP_NO_VILLAGE = "There is no such village in your area. Please type its name or moo again."
BUTTON_NO_NAME = "No name"
BUTTON_HELP_FOR = "Another person"
BUTTON_PRINT_HELPED = "List to print"
HELPED_NONE = "You have written down nothing for others yet. Type «แจ้งแทน» to begin."
