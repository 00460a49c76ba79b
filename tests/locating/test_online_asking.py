"""Asking a geocoder through geopy, against a server on the loopback: cache, rate, retries, refusals, and the three services."""

from __future__ import annotations

import datetime as dt
import json
import socket

import pytest

from pipeline.locating.online.asking import Asker, GeocodingError, Limiter, UnansweredError
from pipeline.locating.online.cache import AnswerCache
from pipeline.locating.online.services import open_service, user_agent
from pipeline.settings import GeocodingSettings
from tests.geocoder import answering, as_json, geocoder, geonames_place, nominatim_place, photon_place

PLACES = {"nominatim": nominatim_place(), "photon": photon_place(), "geonames": geonames_place()}
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


class Clock:
    """Seconds that pass only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def stub(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with geocoder() as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asker(stub, clock, tmp_path):
    def make(service: str = "nominatim", *, rate: float = 1.0, again: bool = False, **settings: object) -> Asker:
        given = {"service": service, "url": stub.address, "username": "someone", "timeout": 5, **settings}
        opened = open_service(GeocodingSettings.model_validate(given))
        cache, limiter = AnswerCache(tmp_path / "cache"), Limiter(rate, clock, clock.sleep)
        return Asker(opened, cache, limiter, again, lambda: NOON)

    return make


@pytest.mark.parametrize("service", sorted(PLACES))
def test_each_service_is_asked_in_its_way_and_its_answer_is_kept_as_it_came(stub, asker, service: str) -> None:
    stub.reply = lambda _: answering(service, PLACES[service])
    kept = asker(service).ask("Bir Nasuh", ["IQ"])
    (request,) = stub.requests
    assert (kept.asked_at, kept.answers) == ("2026-03-01T12:00:00Z", [PLACES[service]])
    path, countries, text = {
        "nominatim": ("/search", request.parameters.get("countrycodes") == ["iq"], "Bir Nasuh"),
        "photon": ("/api", "countrycodes" not in request.parameters, "Bir Nasuh, Iraq"),
        "geonames": ("/searchJSON", request.parameters.get("country") == ["IQ"], "Bir Nasuh"),
    }[service]
    assert (request.path, countries, request.text) == (path, True, text)


def test_khaldun_says_who_it_is_and_whom_to_write_to(stub, asker) -> None:
    asker(contact="desk@example.org").ask("Bir Nasuh", [])
    assert stub.requests[0].headers["User-Agent"] == user_agent("desk@example.org")
    assert user_agent("desk@example.org").startswith("khaldun/")
    assert user_agent("desk@example.org").endswith(" (desk@example.org)")


def test_the_cache_is_looked_up_before_the_limit_of_rate_and_outlives_the_process(stub, asker, clock) -> None:
    stub.reply = lambda _: answering("nominatim", PLACES["nominatim"])
    first = asker().ask("Bir Nasuh", ["IQ"])
    again = [asker().ask("Bir Nasuh", ["IQ"]) for _ in range(50)]
    assert (len(stub.requests), clock.slept) == (1, [])
    assert again == [first] * 50


def test_that_there_is_no_such_place_is_kept_too(stub, asker) -> None:
    assert [asker().ask("Nowhere", ["IQ"]).answers for _ in range(2)] == [[], []]
    assert len(stub.requests) == 1


def test_another_country_or_another_server_is_another_question(stub, asker) -> None:
    asker().ask("Bir Nasuh", ["IQ"])
    asker().ask("Bir Nasuh", ["SY"])
    asker(url=f"{stub.address}/other").ask("Bir Nasuh", ["IQ"])
    assert len(stub.requests) == 3


def test_asked_again_on_request(stub, asker) -> None:
    asker().ask("Bir Nasuh", ["IQ"])
    stub.reply = lambda _: answering("nominatim", PLACES["nominatim"])
    assert asker(again=True).ask("Bir Nasuh", ["IQ"]).answers
    assert asker().ask("Bir Nasuh", ["IQ"]).answers
    assert len(stub.requests) == 2


def test_a_damaged_file_of_the_cache_is_as_good_as_none(stub, asker, tmp_path) -> None:
    asker().ask("Bir Nasuh", ["IQ"])
    (path,) = (tmp_path / "cache").iterdir()
    for damage in ("", "[]", "{}", '{"question": 1, "asked_at": 1, "answers": 3}'):
        path.write_text(damage, encoding="utf-8")
        asker().ask("Bir Nasuh", ["IQ"])
    assert len(stub.requests) == 5


def test_a_cache_that_cannot_be_written_hinders_nothing(stub, asker, tmp_path) -> None:
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    asker().ask("Bir Nasuh", ["IQ"])
    assert len(stub.requests) == 1


@pytest.mark.parametrize("rate", [0.5, 1.0, 4.0])
def test_the_rate_is_held(stub, asker, clock, rate: float) -> None:
    one = asker(rate=rate)
    for number in range(5):
        one.ask(f"Place {number}", [])
    assert clock.seconds == pytest.approx(4 / rate)


def test_a_service_that_stumbles_is_asked_again_after_growing_pauses(stub, asker, clock) -> None:
    stub.hurried = [(502, {}, b""), (503, {}, b"")]
    stub.reply = lambda _: answering("nominatim", PLACES["nominatim"])
    assert asker(rate=100).ask("Bir Nasuh", []).answers
    assert (len(stub.requests), clock.slept) == (3, [2.0, 4.0])


def test_one_that_goes_on_stumbling_leaves_the_question_unanswered(stub, asker) -> None:
    stub.reply = lambda _: (500, {}, b"<html>" + b"trouble " * 1000)
    with pytest.raises(UnansweredError, match="no answer after 3 tries"):
        asker(rate=100).ask("Bir Nasuh", [])
    assert len(stub.requests) == 3


def test_a_slow_service_is_given_up(stub, asker) -> None:
    stub.delay = 0.3
    with pytest.raises(UnansweredError, match="timed out"):
        asker(rate=100, timeout=0.05).ask("Bir Nasuh", [])


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((429, {"Retry-After": "120"}, b""), "asks for fewer questions .*in 120 seconds"),
        ((429, {}, b""), "asks for fewer questions .*some hours"),
        ((403, {}, b"blocked"), "refuses to answer .*terms of use"),
        ((401, {}, b""), "refuses to answer .*username"),
    ],
)
def test_who_is_blocked_stops_at_once(stub, asker, reply, said: str) -> None:
    stub.reply = lambda _: reply
    with pytest.raises(GeocodingError, match=said):
        asker(rate=100).ask("Bir Nasuh", [])
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("value", "message", "said"),
    [(19, "the hourly limit is used up", "asks for fewer questions"), (10, "user does not exist.", "refuses to answer")],
)
def test_geonames_refuses_with_a_good_status_which_is_never_kept(stub, asker, value: int, message: str, said: str) -> None:
    stub.reply = lambda _: as_json({"status": {"value": value, "message": message}})
    for _ in range(2):
        with pytest.raises(GeocodingError, match=said):
            asker("geonames").ask("Bir Nasuh", [])
    assert len(stub.requests) == 2


def test_no_network_is_said_so(asker) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(GeocodingError, match=r"cannot be reached .*Check the network"):
        asker(rate=100, url=url).ask("Bir Nasuh", [])


@pytest.mark.parametrize("service", sorted(PLACES))
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>A gateway speaks</html>", b'"text"', b"[[1]]", b'{"features": 1}', b'{"geonames": [1]}', b'{"features": [{}]}',
     b'[{"lat": "north", "lon": "1"}]', b'[{"lat": "191", "lon": "1"}]', b"\xff\xfe", b"[" * 100_000],
)  # fmt: skip
def test_what_cannot_be_read_is_an_unanswered_question_or_no_place(stub, asker, service: str, body: bytes) -> None:
    from pipeline.locating.online.answers import read_answer

    stub.reply = lambda _: (200, {}, body)
    try:
        kept = asker(service, rate=100).ask("Bir Nasuh", [])
    except UnansweredError as error:
        assert len(str(error)) < 300
    else:
        assert [read_answer(service, raw) for raw in kept.answers] == [None] * len(kept.answers)


def test_photon_is_told_no_country_so_places_elsewhere_are_left_out(stub, asker) -> None:
    stub.reply = lambda _: answering("photon", photon_place(countrycode="IR"), photon_place())
    assert asker("photon").ask("Bir Nasuh", ["IQ"]).answers == [photon_place()]


def test_the_name_of_the_account_is_kept_nowhere(stub, asker, tmp_path) -> None:
    stub.reply = lambda _: answering("geonames", geonames_place())
    asker("geonames", username="hidden-name").ask("Bir Nasuh", ["IQ"])
    (path,) = (tmp_path / "cache").iterdir()
    assert stub.requests[0].parameters["username"] == ["hidden-name"]
    assert "hidden-name" not in path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["question"] == ["geonames", stub.address, "en", "Bir Nasuh", "IQ"]
