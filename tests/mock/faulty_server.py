"""The mock on a port with a plan of faults, which is its argument: `python faulty_server.py '{"rules": […]}'`. Time runs ten times as fast."""

import json
import sys

from supervisely_ext.mock import FastClock, Platform
from supervisely_ext.mock.faults import read_plan
from supervisely_ext.mock.server import serve
from supervisely_ext.port import listen, url_of

if __name__ == "__main__":
    with listen("127.0.0.1", 0) as listening:
        platform = Platform(clock=FastClock(10), faults=read_plan(json.loads(sys.argv[1])))
        serve(platform, listening, announce=lambda: print(url_of(listening), flush=True))
