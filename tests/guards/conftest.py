from kit.hub import *  # noqa: F403 - the fixtures of a whole hub
