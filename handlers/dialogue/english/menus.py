"""The answers to a menu's tiles."""

ASK_MATTER = "What is the matter? Just write it here. A photo or your location helps, too."
HOTLINES = (
    "Police: 191\nFire and rescue: 199\nMedical emergency: 1669\nDisaster: 1784\n"
    "Violence against children, women or the old: 1300\nComplaints, Damrongdhama Centre: 1567"
)
