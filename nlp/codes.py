"""The category codes of the taxonomy, as the language part names them."""

CODES = (
    "road", "lighting", "electricity", "water_supply", "drainage", "water_source", "telecom",
    "public_building", "livelihood", "farming", "debt", "welfare", "health", "education",
    "animals", "waste", "pollution", "nature", "safety", "traffic", "drugs", "disaster",
    "land", "official_conduct", "dispute", "service", "other",
)  # fmt: skip
"""Category codes in the order of the taxonomy."""
