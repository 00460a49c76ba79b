"""A geocoder on the loopback that speaks as Nominatim, Photon and GeoNames do, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, dict[str, str], bytes]


def nominatim_place(name: str = "Bir Nasuh", **values: Any) -> dict[str, Any]:
    """As Nominatim 5.3 answers /search?format=json&addressdetails=1."""
    given = {
        "place_id": 100009, "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright", "osm_type": "node",
        "osm_id": 105, "lat": "35.5530000", "lon": "44.1190000", "class": "place", "type": "hamlet", "place_rank": 20,
        "importance": 0.13, "addresstype": "hamlet", "name": name, "display_name": f"{name}, Kirkuk Governorate, Iraq",
        "address": {"hamlet": name, "state": "Kirkuk Governorate", "country": "Iraq", "country_code": "iq"},
        "boundingbox": ["35.53", "35.57", "44.09", "44.13"],
    }  # fmt: skip
    return {**given, **values}


def photon_place(name: str = "Bir Nasuh", **values: Any) -> dict[str, Any]:
    """As Photon answers /api, one feature."""
    told = {
        "osm_type": "N", "osm_id": 105, "osm_key": "place", "osm_value": "hamlet", "type": "locality", "name": name,
        "county": "Dibis District", "state": "Kirkuk Governorate", "country": "Iraq", "countrycode": "IQ",
    }  # fmt: skip
    point = {"type": "Point", "coordinates": [44.119, 35.553]}
    return {"type": "Feature", "properties": {**told, **values}, "geometry": point}


def geonames_place(name: str = "Bir Nasuh", **values: Any) -> dict[str, Any]:
    """As GeoNames answers /searchJSON, one of `geonames`."""
    given = {
        "geonameId": 990105, "name": name, "toponymName": name, "lat": "35.553", "lng": "44.119", "fcl": "P", "fcode": "PPL",
        "countryCode": "IQ", "countryName": "Iraq", "adminName1": "Kirkuk", "population": 0,
    }  # fmt: skip
    return {**given, **values}


def as_json(body: Any) -> Reply:
    return 200, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(body, ensure_ascii=False).encode()


def answering(service: str, *places: dict[str, Any]) -> Reply:
    """The reply of a service that found some places."""
    bodies = {
        "nominatim": list(places),
        "photon": {"type": "FeatureCollection", "features": list(places)},
        "geonames": {"totalResultsCount": len(places), "geonames": list(places)},
    }
    return as_json(bodies[service])


@dataclass(frozen=True)
class Request:
    """One request: path, parameters and headers."""

    path: str
    parameters: dict[str, list[str]]
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.parameters["q"][0]


@dataclass
class Stub:
    """What the server answers, and what it was asked.

    Attributes:
        reply: Makes a reply of a request.
        hurried: Replies given first, one each.
        delay: Seconds before a reply.
    """

    reply: Callable[[Request], Reply] = lambda _: answering("nominatim")
    hurried: list[Reply] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    delay: float = 0.0
    address: str = ""

    def handle(self, request: Request) -> Reply:
        self.requests.append(request)
        time.sleep(self.delay)
        return self.hurried.pop(0) if self.hurried else self.reply(request)


@contextmanager
def geocoder() -> Iterator[Stub]:
    """A running stub; `address` says where."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, headers, body = stub.handle(Request(parts.path, parse_qs(parts.query), dict(self.headers)))
            try:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # who asked has gone
                pass

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stub.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield stub
        finally:
            server.shutdown()
            thread.join()
