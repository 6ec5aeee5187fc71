"""The pages of a case that is heard, with the ids that somebody who has signed can open."""

OF_A_CASE = tuple(
    (endpoint, address, "SELECT item_id FROM action")
    for endpoint, address in (
        ("marac.hearing", "/cases/{}/hearing"),
        ("marac.case_attendance", "/cases/{}/attendance"),
        ("marac.teller", "/cases/{}/teller"),
        ("marac.told", "/cases/{}/told"),
        ("marac.give", "/meetings/cases/{}/letter"),
        ("marac.pass_on", "/to-pass-on/{}"),
        ("marac.new_action", "/cases/{}/actions/new"),
    )
)
