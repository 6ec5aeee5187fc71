"""The blueprint that the modules of this folder hang their views on."""

from flask import Blueprint

pages = Blueprint("agencies", __name__, template_folder="../templates")

PUBLIC_ENDPOINTS = frozenset({"agencies.services", "agencies.service"})
"""What needs no sign-in: the search for a service, and one service."""
