"""What the hub can hold about somebody, in the order in which a pack has it."""

from enum import StrEnum


class ItemKind(StrEnum):
    """Of which sort an item of a pack is."""

    REGISTER = "register"
    ADDRESSES = "addresses"
    CONTACT = "contact"
    ALLOCATION = "allocation"
    CONSENT = "consent"
    REQUEST = "request"
    DISCLOSURE = "disclosure"
    INVITATION = "invitation"
    CORRECTION = "correction"
    CONCERN = "concern"
    NAMED = "named"
    ADDITION = "addition"
    SCREENING = "screening"
    EQUALITY = "equality"
    HEARD = "heard"
    NOTE = "note"
    RESEARCH = "research"
    ACTION = "action"


KIND_WORDS = {
    ItemKind.REGISTER: "What our register says",
    ItemKind.ADDRESSES: "Addresses",
    ItemKind.CONTACT: "How to reach you safely",
    ItemKind.ALLOCATION: "Who your worker is or was",
    ItemKind.CONSENT: "What you said about sharing",
    ItemKind.REQUEST: "Somebody asked us for information",
    ItemKind.DISCLOSURE: "What we told somebody",
    ItemKind.INVITATION: "Somebody was asked to a meeting",
    ItemKind.CORRECTION: "Something that was put right",
    ItemKind.CONCERN: "A concern that somebody raised",
    ItemKind.NAMED: "What a concern says of you",
    ItemKind.ADDITION: "More about a concern",
    ItemKind.SCREENING: "What was decided about a concern",
    ItemKind.EQUALITY: "What was written down for figures about equality",
    ItemKind.HEARD: "That a meeting took place",
    ItemKind.NOTE: "A note of a meeting",
    ItemKind.RESEARCH: "What an agency told a meeting",
    ItemKind.ACTION: "What was to be done",
}
"""The heading of an item, as the person reads it on paper."""
ORDER = {kind: place for place, kind in enumerate(ItemKind)}
