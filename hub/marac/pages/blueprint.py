"""The room's blueprint."""

from flask import Blueprint

pages = Blueprint("marac", __name__, template_folder="../templates")
