"""What follows a forum: the village's own work, and what comes back."""

from planning.forums import OUTCOME_TH, WAY_TH

OUTCOMES = OUTCOME_TH
WAYS = WAY_TH
VOTES = " {for_it} ต่อ {against} เสียง"
