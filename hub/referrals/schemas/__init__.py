"""The shapes of a concern: forms for its pages, one JSON body, and how either becomes a command."""

from hub.referrals.schemas.body import ConcernBody
from hub.referrals.schemas.whole import DraftReader, Whole

__all__ = ["ConcernBody", "DraftReader", "Whole"]
