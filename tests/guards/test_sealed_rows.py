"""Whatever the hub writes by itself is bound to its row: every sealed value of a made-up county."""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import create_engine, text

from kit.running import county
from migrations.metadata import METADATA


def test_every_sealed_value_of_a_county_is_bound_to_its_row():
    bound, loose = 0, set()
    with county("sqlite", seed="rows", people=30, meetings=1) as town:
        keyring, plain = town.keyring(), create_engine(town.url)
        with plain.connect() as connection:
            for table in METADATA.sorted_tables:
                for column in table.c:
                    if not getattr(column.type, "is_sealed", False):
                        continue
                    asked = f'SELECT id, "{column.name}" FROM "{table.name}"'
                    for row_id, sealed in connection.execute(text(asked)):
                        if sealed is not None:
                            place = f"{table.name}.{column.name}#{UUID(row_id).hex}"
                            try:
                                keyring.unseal(sealed, place)
                                bound += 1
                            except InvalidTag:
                                loose.add(place.partition("#")[0])
        plain.dispose()
    assert loose == set()
    assert bound > 300
