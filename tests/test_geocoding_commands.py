"""`khaldun places geocode`, `accept` and `reject`: from a name that no gazetteer knows to an event, against a stub server."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.runner import Build
from tests.conftest import Dataset
from tests.geocoder import answering, geocoder, nominatim_place

ARTICLE = "KIRKUK, Iraq (Test Wire) - Gunmen attacked a checkpoint {} on Wednesday, killing three policemen, officials said."
PLACES = ("in Bir Nasuh", "near Tell Wardan", "in Kirkuk")


def article(number: int, place: str) -> dict[str, object]:
    return {
        "id": f"a{number}",
        "source": "Test Wire",
        "language": "en",
        "published_at": f"2017-10-{11 + 7 * number}",
        "text": ARTICLE.format(place),
    }


@pytest.fixture
def khaldun(capsys, monkeypatch, tmp_path):
    """Runs a command; gives its exit code and what it said."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["khaldun", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def stub():
    with geocoder() as found:
        found.reply = lambda request: answering("nominatim", *known(request.text))
        yield found


def known(name: str) -> list[dict]:
    return [nominatim_place()] if name == "Bir Nasuh" else []


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    dataset = Dataset(tmp_path_factory.mktemp("built") / "set")
    dataset.set({"dataset": {"countries": ["IQ"]}})
    dataset.write_articles([article(number, place) for number, place in enumerate(PLACES)])
    dataset.build()
    return dataset.root


@pytest.fixture
def built(template: Path, dataset: Dataset, stub) -> Dataset:
    """Three articles, two of them about places that are known nowhere; the stub is the geocoder."""
    shutil.copytree(template, dataset.root, dirs_exist_ok=True)
    geocoding = {"service": "nominatim", "url": stub.address, "rate": 100, "timeout": 5}
    dataset.set({"dataset": {"countries": ["IQ"]}, "geocoding": geocoding})
    return dataset


def geocodes(dataset: Dataset) -> list[dict[str, str]]:
    path = dataset.root / "data" / "raw" / "geocodes" / "nominatim.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def locations(dataset: Dataset) -> list[str]:
    return sorted(dataset.build().read("events", ["location"])["location"])


def geocode_answers(khaldun, dataset: Dataset, *options: str) -> tuple[int, str, str]:
    return khaldun("places", "geocode", "--root", dataset.root, "--quiet", *options)


def test_an_accepted_answer_locates_an_event_and_a_rejected_one_does_not(khaldun, built: Dataset, stub) -> None:
    code, out, _ = geocode_answers(khaldun, built)
    assert (code, "2 of 2 names answered, 1 new rows proposed" in out, "not known there either: Tell Wardan" in out) == (
        0,
        True,
        True,
    )
    assert stub.requests[0].headers["User-Agent"].startswith("khaldun/")
    (row,) = geocodes(built)
    assert (row["query"], row["country"], row["status"]) == ("Bir Nasuh", "Iraq", "proposed")
    assert row["licence"].startswith("Data © OpenStreetMap contributors, ODbL")
    # What is only proposed changes nothing.
    assert khaldun("status", "--root", built.root)[1].startswith("Up to date")
    assert locations(built) == ["Kirkuk"]

    identity = row["geocode_id"]
    assert khaldun("places", "accept", identity, "--reviewer", "amber", "--root", built.root)[0] == 0
    assert (geocodes(built)[0]["status"], geocodes(built)[0]["reviewer"]) == ("accepted", "amber")
    assert "seed geocodes changed" in khaldun("status", "--root", built.root)[1]
    assert locations(built) == ["Bir Nasuh", "Kirkuk"]
    events = built.build().read("events").set_index("location")
    assert tuple(events.loc["Bir Nasuh", ["latitude", "longitude", "admin1", "place_id"]]) == (
        35.553,
        44.119,
        "Kirkuk",
        "osm:node/105",
    )

    assert khaldun("places", "reject", identity, "--root", built.root)[0] == 0
    assert locations(built) == ["Kirkuk"]


def test_a_row_that_a_person_edits_counts_like_one_that_a_command_wrote(khaldun, built: Dataset) -> None:
    geocode_answers(khaldun, built)
    path = built.root / "data" / "raw" / "geocodes" / "nominatim.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("proposed", "accepted"), encoding="utf-8")
    assert locations(built) == ["Bir Nasuh", "Kirkuk"]


def test_a_changed_answer_recodes_only_the_articles_that_name_the_place_and_the_state_is_that_of_a_clean_build(
    khaldun, built: Dataset, new_dataset, tmp_path: Path, monkeypatch
) -> None:
    geocode_answers(khaldun, built)
    khaldun("places", "accept", geocodes(built)[0]["geocode_id"], "--root", built.root)
    from pipeline.coding import stage

    coded = []
    code_findings = stage.code_findings
    monkeypatch.setattr(stage, "code_findings", lambda *given, **more: coded.append(given) or code_findings(*given, **more))
    incremental = built.export(tmp_path / "one") if built.build() else {}
    assert len(coded) == 1
    clean = new_dataset()
    for path in ("dataset.toml", "data/raw/articles.jsonl", "data/raw/geocodes/nominatim.csv"):
        (clean.root / path).parent.mkdir(exist_ok=True, parents=True)
        (clean.root / path).write_bytes((built.root / path).read_bytes())
    clean.build()
    assert clean.export(tmp_path / "two") == incremental


def test_the_same_names_are_not_asked_for_twice(khaldun, built: Dataset, stub, new_dataset) -> None:
    for _ in range(3):
        assert geocode_answers(khaldun, built)[0] == 0
    assert [request.text for request in stub.requests] == ["Bir Nasuh", "Tell Wardan"]
    assert len(geocodes(built)) == 1
    (built.root / "data" / "raw" / "geocodes" / "nominatim.csv").unlink()
    assert "1 new rows" in geocode_answers(khaldun, built)[1]
    assert len(stub.requests) == 2
    geocode_answers(khaldun, built, "--again")
    assert [request.text for request in stub.requests][2:] == ["Tell Wardan"]


def test_a_list_of_what_would_be_asked_asks_nobody(khaldun, built: Dataset, stub) -> None:
    code, out, _ = geocode_answers(khaldun, built, "--dry-run")
    assert (code, stub.requests) == (0, [])
    assert out.splitlines() == ["reports  name", "      1  Bir Nasuh, Iraq", "      1  Tell Wardan, Iraq"]
    code, out, _ = geocode_answers(khaldun, built, "--dry-run", "--json", "--limit", "1")
    (listed,) = json.loads(out)
    assert (listed["name"], listed["country"], listed["admin1"], listed["reports"]) == ("Bir Nasuh", "Iraq", None, 1)
    assert khaldun("explain", listed["example"], "--root", built.root)[0] == 0


def test_nobody_is_asked_unless_a_service_is_named(khaldun, built: Dataset, stub) -> None:
    built.set({"dataset": {"countries": ["IQ"]}})
    code, out, err = geocode_answers(khaldun, built)
    assert (code, out, stub.requests) == (2, "", [])
    assert "no geocoder is named" in err


def test_before_the_first_build_there_is_nothing_to_ask(khaldun, dataset: Dataset) -> None:
    code, _, err = geocode_answers(khaldun, dataset)
    assert (code, "Run `khaldun build` first" in err) == (2, True)


def test_who_is_blocked_keeps_what_was_answered(khaldun, built: Dataset, stub) -> None:
    stub.hurried = [answering("nominatim", nominatim_place()), (429, {"Retry-After": "60"}, b"")]
    code, _, err = geocode_answers(khaldun, built)
    assert (code, "in 60 seconds" in err, "1 names were answered before" in err) == (2, True, True)
    assert len(geocodes(built)) == 1
    assert geocode_answers(khaldun, built)[0] == 0
    assert len(stub.requests) == 3


def test_ctrl_c_keeps_what_was_answered(khaldun, built: Dataset, stub, monkeypatch) -> None:
    from pipeline.locating.online.services import Service

    ask = Service.ask

    def interrupted(self, text, codes):
        if text == "Tell Wardan":
            raise KeyboardInterrupt
        return ask(self, text, codes)

    monkeypatch.setattr(Service, "ask", interrupted)
    assert geocode_answers(khaldun, built)[0] in (1, 130)
    assert [row["query"] for row in geocodes(built)] == ["Bir Nasuh"]


def test_accept_without_an_id_lists_what_is_proposed(khaldun, built: Dataset) -> None:
    assert khaldun("places", "accept", "--root", built.root)[1] == "Nothing is proposed.\n"
    geocode_answers(khaldun, built)
    assert "town Bir Nasuh, Kirkuk Governorate, Iraq at 35.5530, 44.1190" in khaldun("places", "accept", "--root", built.root)[1]
    code, _, err = khaldun("places", "accept", "gnone", "--root", built.root)
    assert (code, "no row has the geocode_id gnone" in err) == (2, True)


def test_a_broken_file_of_answers_stops_a_build_and_says_where(khaldun, built: Dataset) -> None:
    geocode_answers(khaldun, built)
    path = built.root / "data" / "raw" / "geocodes" / "nominatim.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("proposed", "perhaps"), encoding="utf-8")
    code, _, err = khaldun("build", "--root", built.root, "--quiet")
    assert (code, "nominatim.csv:2: status 'perhaps' is none of" in err) == (2, True)


def test_a_release_credits_openstreetmap_only_if_places_come_from_it_and_never_tells_whom_to_write_to(
    khaldun, built: Dataset, stub
) -> None:
    geocoding = {"service": "nominatim", "url": stub.address, "rate": 100, "contact": "desk@example.org"}
    built.set({"dataset": {"countries": ["IQ"]}, "geocoding": geocoding})
    without = built.publish("2018.1.0").path
    geocode_answers(khaldun, built)
    khaldun("places", "accept", geocodes(built)[0]["geocode_id"], "--reviewer", "amber", "--root", built.root)
    credited = built.publish("2018.2.0").path
    for folder, is_credited in ((without, False), (credited, True)):
        terms = (folder / "LICENSE").read_text(encoding="utf-8")
        sources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["sources"]
        assert ("OpenStreetMap contributors" in terms, len(sources) == 2) == (is_credited, is_credited)
        written = b"".join(path.read_bytes() for path in folder.iterdir())
        assert b"desk@example.org" not in written
        assert b"amber" not in written
    assert "`osm:` (1 here)" in (credited / "LICENSE").read_text(encoding="utf-8")


def test_commands_about_places_load_nothing_of_the_network_before_they_ask() -> None:
    import subprocess

    tell = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
    run = "sys.argv += ['places', 'geocode', '--help']; from pipeline.cli import main; main()"
    loaded = subprocess.run([sys.executable, "-c", tell + run], check=True, capture_output=True, text=True).stderr.split()
    assert not {"geopy", "pandas", "pipeline.settings", "urllib.request", "pipeline.locating.online"} & set(loaded)


def test_the_settings_of_geocoding_change_no_table(built: Dataset) -> None:
    assert Build(built.root).stale() == []
