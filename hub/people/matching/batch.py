"""Matching a list of queries against a whole register in memory, for files and for measuring.

The register is read once. Only records that share a key with some query are kept, while all are
counted, so that rare names weigh more than common ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from hub.people.matching.engine import Candidate, rank_prepared
from hub.people.matching.keys import keys_of
from hub.people.matching.subjects import Entry, Prepared, Query, prepare
from hub.people.matching.weights import Tally

MOST_CANDIDATES = 100
"""How many records, those that share most keys, are weighed for one query."""


def match_all(
    queries: Sequence[Query], register: Iterable[Entry], limit: int = 10
) -> Iterator[tuple[Query, list[Candidate]]]:
    """Yield each query with at most so many likely candidates, in the order of the queries.

    The same input gives the same answer, whatever the order of the register.
    """
    prepared = [prepare(query) for query in queries]
    keys = [keys_of(query) for query in prepared]
    holders: dict[str, list[int]] = {key: [] for of_one in keys for key in of_one}
    kept: list[tuple[str, Prepared]] = []
    tally = Tally()
    for entry in register:
        person = prepare(entry)
        tally.add(person)
        shared = [held for key in keys_of(person) if (held := holders.get(key)) is not None]
        if shared:
            for held in shared:
                held.append(len(kept))
            kept.append((entry.person_id, person))
    frequencies = tally.frequencies()
    for query, ready, of_one in zip(queries, prepared, keys, strict=True):
        sharing = Counter(place for key in of_one for place in holders[key])
        nearest = sorted(sharing, key=lambda place: (-sharing[place], kept[place][0]))
        pool = (kept[place] for place in nearest[:MOST_CANDIDATES])
        yield query, rank_prepared(ready, pool, frequencies, limit)
