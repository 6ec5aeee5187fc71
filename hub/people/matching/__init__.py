"""Who on the register may be meant: pure rules that weigh evidence and say why in words."""
