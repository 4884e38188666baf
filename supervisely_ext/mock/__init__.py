"""A stateful stand-in for the platform, checked against the spec. It shares no code with the client but what draws a workflow, tells JSON's shapes apart and opens a port."""

from .clock import Deadlock, FastClock, RealClock, VirtualClock
from .lifecycle import LifecycleError
from .platform import Platform
from .seeds import Seed, SeedError

__all__ = ["Deadlock", "FastClock", "LifecycleError", "Platform", "RealClock", "Seed", "SeedError", "VirtualClock"]
