"""The hub: it puts a care-experienced young person's named leaving care worker in the room."""
