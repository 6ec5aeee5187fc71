"""The file of situations is read strictly: every fault is named with its entry and its path."""

import copy
import json

import pytest

from hub.cli.files import BadInputError
from hub.cli.situation_files import read_situations
from kit.situations import EXAMPLE

GONE = object()


def faults_of(document):
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(BadInputError) as raised:
        read_situations(text)
    return [(fault.entry, fault.field) for fault in raised.value.faults]


def changed(*changes):
    """Return the example with each ``(path, value)`` set, added or (GONE) taken out."""
    document = copy.deepcopy(EXAMPLE)
    for path, value in changes:
        place = document["situations"][0]
        for step in path[:-1]:
            place = place[step]
        if value is GONE:
            del place[path[-1]]
        elif isinstance(place, list) and path[-1] == len(place):
            place.append(value)
        else:
            place[path[-1]] = value
    return document


def put(path, value):
    return [(path, value)]
