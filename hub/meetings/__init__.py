"""Any meeting about a person: who must be invited, who was, who answered and who came."""
