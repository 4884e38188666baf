"""A stateful stand-in for the platform, checked against the spec. It shares no code with the client."""

from .clock import FastClock, RealClock, VirtualClock
from .platform import Platform

__all__ = ["FastClock", "Platform", "RealClock", "VirtualClock"]
