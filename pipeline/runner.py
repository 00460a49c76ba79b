"""Runs the stages: finds what is stale, has it done, and commits the state after each stage.

The key of an output is a hash of all that goes into it: the code of the stage, versions of libraries, the settings and seeds
that it declares, and the columns that it reads. A key that was worked out before is not worked out again.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.engines import collecting_seldom, completed, open_executor
from pipeline.errors import InputError
from pipeline.fingerprints import code_digest, library_version
from pipeline.ingest.partition import RawPartition
from pipeline.ingest.raw import scan
from pipeline.progress import Reporter, Silent
from pipeline.resources.bundle import Resources
from pipeline.resources.geonames_files import NO_FILES, GeonamesFiles
from pipeline.resources.seeds import Seeds
from pipeline.settings import Settings, load_settings
from pipeline.stages import SEED_MODULES, STAGES, Stage, stages_until
from pipeline.store import FORMAT_VERSION, FileRecord, StageRecord, State, StateReader, Store, digest_of
from schemas.arrow import arrow_schema
from schemas.columns import ARTICLE_ID

WHOLE = "all"
"""Name of the one partition of a stage that sees whole tables."""
_GAZETTEERS = "data/raw/gazetteer"

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Task:
    """All that a process needs to work on one partition."""

    root: Path
    stage: Stage
    key: str
    common: str
    settings: Settings
    files: Mapping[str, tuple[str, ...]]
    restricted: Mapping[str, pd.DataFrame]
    raw: RawPartition | None
    decisions: Mapping[str, bytes] | None
    previous: Mapping[str, str] | None
    dumps: GeonamesFiles


@dataclass(frozen=True)
class StageSummary:
    """What was done for one stage: partitions in all and worked on anew, and rows of each table it writes."""

    stage: str
    partitions: int
    computed: int
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Stale:
    """One stage whose output is not that of the present inputs, and why."""

    stage: str
    partitions: int
    reasons: tuple[str, ...]


@lru_cache(maxsize=16)
def _resources(root: Path, names: tuple[str, ...], digest: str, dumps: GeonamesFiles) -> Resources:  # noqa: ARG001 - part of the key
    return Resources(Seeds.of(root).restricted_to(names), dumps)


def _function(stage: Stage) -> Callable[..., Frames]:
    module, _, name = stage.function.partition(":")
    found: Callable[..., Frames] = getattr(importlib.import_module(module), name)
    return found


def run_task(task: Task, seeds_digest: str) -> dict[str, FileRecord]:
    """Work on one partition and write its files; returns their records by table."""
    store, stage = Store(task.root), task.stage
    given: dict[str, Any] = {
        table: task.restricted[table] if table in task.restricted else store.read_files(table, files, stage.reads[table])
        for table, files in task.files.items()
    }
    if stage.scope == "raw":
        given |= {"partition": task.raw, "raw": task.root / "data" / "raw"}
    elif stage.scope == "decisions":
        given["files"] = task.decisions
    if stage.recodes:
        given["fingerprint"] = task.common
        given["previous"] = task.previous and {table: store.read_files(table, [file]) for table, file in task.previous.items()}
    function = _function(stage)
    wanted = inspect.signature(function).parameters
    if "resources" in wanted:
        given["resources"] = _resources(task.root, stage.seeds, seeds_digest, task.dumps)
    if "settings" in wanted:
        given["settings"] = task.settings
    made = function(**given)
    if set(made) != set(stage.writes):
        raise ValueError(f"stage {stage.name} made {sorted(made)}, declared {sorted(stage.writes)}")
    if _joint_digest(Seeds.of(task.root).digest_of(name) for name in stage.seeds) != seeds_digest:
        # They are read when first needed: what was made may not be what its key says.
        _resources.cache_clear()
        raise InputError(f"{task.root / 'seeds'}: a file changed while stage {stage.name} read it. Run the command again.")
    return {table: store.write(table, task.key, made[table]) for table in stage.writes}


def _joint_digest(digests: Iterable[str]) -> str:
    return digest_of(list(digests))


class Build:
    """One run of the pipeline over the dataset in a folder."""

    def __init__(
        self, root: Path, *, jobs: int | None = None, reporter: Reporter | None = None, settings: Settings | None = None
    ) -> None:
        """Prepare a run; nothing is read but the settings.

        Args:
            root: Folder of the dataset.
            jobs: Processes to use; the dataset's setting if None.
            reporter: Told of progress.
            settings: Instead of those in `root`/dataset.toml.
        """
        self.root = root
        self.store = Store(root)
        self.settings = settings or load_settings(root / "dataset.toml")
        self.jobs = jobs or self.settings.build.jobs
        self.reporter: Reporter = reporter or Silent()
        self._seed_digests: dict[str, str] = {}

    # -- what goes into a key -----------------------------------------------------------------------------------------------

    @cached_property
    def raw_partitions(self) -> dict[str, RawPartition]:
        """Chunks of the raw files, by name."""
        found = scan(
            self.root / "data" / "raw", partition_size=self.settings.build.partition_size, encoding=self.settings.ingest.encoding
        )
        return {partition.name: partition for partition in found}

    @cached_property
    def decision_files(self) -> dict[str, bytes]:
        """Content of what lies in data/raw/decisions, by path below data/raw; hidden files are what editors leave behind."""
        raw = self.root / "data" / "raw"
        found = [path for path in sorted(raw.glob("decisions/**/*")) if path.is_file()]
        found = [path for path in found if not path.name.startswith((".", "README"))]
        return {path.relative_to(raw).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def dumps(self) -> GeonamesFiles:
        """What lies in data/raw/gazetteer."""
        return GeonamesFiles.of(self.root)

    def _seed_digest(self, name: str) -> str:
        if name not in self._seed_digests:
            self._seed_digests[name] = Seeds.of(self.root).digest_of(name)
        return self._seed_digests[name]

    def common(self, stage: Stage) -> dict[str, str]:
        """Named digests of what all partitions of a stage share."""
        modules = {stage.module, "schemas.arrow", *(SEED_MODULES[name] for name in stage.seeds)}
        # Handed to stages that import its name at most: all it does to one of them is to call the modules of its seeds.
        alone = ("pipeline.resources.bundle",) if stage.seeds else ()
        restricted = self.settings.restricted_to(stage.settings)
        values = {key: str(getattr(getattr(restricted, key.split(".")[0]), key.split(".")[1])) for key in stage.settings}
        return {
            "format": str(FORMAT_VERSION),
            "code": code_digest(tuple(sorted(modules)), alone),
            **{f"library {name}": library_version(name) for name in ("python", *stage.libraries)},
            **{f"setting {key}": value for key, value in values.items()},
            **{f"seed {name}": self._seed_digest(name) for name in stage.seeds},
            **({_GAZETTEERS: self.dumps.digest} if stage.gazetteers else {}),
        }

    def _partition_names(self, stage: Stage, state: State) -> list[str]:
        if stage.scope == "raw":
            return sorted(self.raw_partitions)
        if stage.scope == "partition":
            return sorted(state.tables.get(next(iter(stage.reads)), {}))
        return [WHOLE]

    def _files(self, stage: Stage, state: State, table: str, partition: str) -> tuple[str, ...]:
        held = state.tables.get(table, {})
        if stage.scope == "partition" and table not in stage.restricted:
            return (held[partition].file,)
        return tuple(held[name].file for name in sorted(held))

    def _inputs(self, stage: Stage, state: State, partition: str, restricted: Mapping[str, pd.DataFrame]) -> dict[str, str]:
        """Named digests of what one partition reads."""
        if stage.scope == "raw":
            return {"raw file": self.raw_partitions[partition].digest}
        if stage.scope == "decisions":
            return {path: hashlib.blake2b(content, digest_size=16).hexdigest() for path, content in self.decision_files.items()}
        found: dict[str, str] = {}
        for table, columns in stage.reads.items():
            if table in restricted:
                found[f"table {table}"] = _frame_digest(restricted[table])
                continue
            held = state.tables.get(table, {})
            names = [partition] if stage.scope == "partition" else sorted(held)
            wanted = columns or tuple(arrow_schema(table).names)
            found[f"table {table}"] = digest_of([[held[name].columns[column] for column in wanted] for name in names])
        return found

    def _restricted(self, stage: Stage, state: State, partitions: Iterable[str]) -> dict[str, Frames]:
        """For each partition, the rows of the restricted tables that concern its articles."""
        whole = {table: self._read_all(state, table, stage.reads[table]) for table in stage.restricted}
        rows_of = {table: _rows_by_article(frame) for table, frame in whole.items()}
        found: dict[str, Frames] = {}
        for name in partitions:
            ids: set[str] = set()
            if any(rows_of.values()):
                primary = next(iter(stage.reads))
                ids = set(self.store.read_files(primary, self._files(stage, state, primary, name), ["article_id"])["article_id"])
            found[name] = {}
            for table, rows in rows_of.items():
                positions = sorted({position for article_id in ids & rows.keys() for position in rows[article_id]})
                found[name][table] = whole[table].iloc[positions].reset_index(drop=True)
        return found

    def _plan(self, stage: Stage, state: State) -> tuple[dict[str, str], dict[str, dict[str, str]], dict[str, Frames]]:
        common = self.common(stage)
        restricted = self._restricted(stage, state, self._partition_names(stage, state))
        inputs = {name: self._inputs(stage, state, name, frames) for name, frames in restricted.items()}
        return common, inputs, restricted

    def _read_all(self, state: State, table: str, columns: Sequence[str] | None) -> pd.DataFrame:
        held = state.tables.get(table, {})
        return self.store.read_files(table, [held[name].file for name in sorted(held)], columns)

    # -- running ------------------------------------------------------------------------------------------------------------

    def run(self, verb: str = "check") -> list[StageSummary]:
        """Bring the state up to date as far as a verb goes, holding the dataset's lock.

        Args:
            verb: ingest, code, locate, match or check.

        Raises:
            LockedError: Another build runs.
            KhaldunError: Settings, seeds or raw files cannot be used as they are.
        """
        with self.store.lock(f"khaldun {verb}"):
            return self.run_locked(verb)

    def run_locked(self, verb: str = "check") -> list[StageSummary]:
        """The same for a caller that holds the lock."""
        with ExitStack() as stack, collecting_seldom():
            return self._run(verb, stack)

    def _run(self, verb: str, stack: ExitStack) -> list[StageSummary]:
        executor: Executor | None = None
        started_from = state = self.store.load()
        summaries = []
        for stage in stages_until(verb):
            common, inputs, restricted = self._plan(stage, state)
            keys = {name: digest_of([stage.name, common, found]) for name, found in inputs.items()}
            done = {name: found for name, key in keys.items() if (found := self._finished(stage, key)) is not None}
            waiting = [name for name in keys if name not in done]
            if len(waiting) > 1 and executor is None:
                executor = open_executor(self.jobs)
                stack.callback(executor.shutdown, cancel_futures=True)
            here = executor if executor and len(waiting) > 1 else open_executor(1)
            tasks = {name: self._task(stage, state, started_from, name, keys[name], common, restricted[name]) for name in waiting}
            done |= self._work(stage, tasks, here)
            tables = {table: {name: done[name][table] for name in sorted(keys)} for table in stage.writes}
            state = state.with_stage(stage.name, StageRecord(common, inputs), tables)
            self.store.commit(state)
            rows = {table: sum(record.rows for record in files.values()) for table, files in tables.items()}
            summaries.append(StageSummary(stage.name, len(keys), len(waiting), rows))
        if verb == STAGES[-1].verb:
            self.store.remove_unused(state, started_from)
        return summaries

    def _finished(self, stage: Stage, key: str) -> dict[str, FileRecord] | None:
        found = {table: self.store.find(table, key) for table in stage.writes}
        return None if None in found.values() else {table: record for table, record in found.items() if record}

    def _task(
        self, stage: Stage, state: State, before: State, partition: str, key: str, common: Mapping[str, str], restricted: Frames
    ) -> Task:
        fingerprint, ran = _but_seeds(common), before.stages.get(stage.name)
        previous = None
        if stage.recodes and ran and partition in ran.partitions and _but_seeds(ran.common) == fingerprint:
            records = {table: before.tables[table][partition] for table in stage.writes}
            if all(self.store.find(table, Path(record.file).stem) for table, record in records.items()):
                previous = {table: record.file for table, record in records.items()}
        return Task(
            root=self.root,
            stage=stage,
            key=key,
            common=fingerprint,
            settings=self.settings.restricted_to(stage.settings),
            files={table: self._files(stage, state, table, partition) for table in stage.reads},
            restricted=restricted,
            raw=self.raw_partitions[partition] if stage.scope == "raw" else None,
            decisions=self.decision_files if stage.scope == "decisions" else None,
            previous=previous,
            dumps=self.dumps if stage.gazetteers else NO_FILES,
        )

    def _work(self, stage: Stage, tasks: Mapping[str, Task], executor: Executor) -> dict[str, dict[str, FileRecord]]:
        if not tasks:
            return {}
        self.reporter.start(stage.name, len(tasks))
        seeds_digest = _joint_digest(map(self._seed_digest, stage.seeds))
        calls = {name: (task, seeds_digest) for name, task in tasks.items()}
        done = {}
        for name, records in completed(executor, run_task, calls, at_once=2 * self.jobs if self.jobs > 1 else 1):
            done[name] = records
            self.reporter.advance(stage.name)
        return done

    # -- looking ------------------------------------------------------------------------------------------------------------

    def stale(self, verb: str = "check") -> list[Stale]:
        """Which stages would be run again, in order, and why; an empty list if the state is up to date."""
        state = self.store.load()
        found: list[Stale] = []
        waiting_for: set[str] = set()
        for stage in stages_until(verb):
            if upstream := sorted(waiting_for & set(stage.reads)):
                found.append(Stale(stage.name, 0, (f"waits for {', '.join(upstream)}",)))
                waiting_for.update(stage.writes)
                continue
            common, inputs, _ = self._plan(stage, state)
            reasons = _differences(state.stages.get(stage.name), common, inputs)
            missing = sum(self._finished(stage, digest_of([stage.name, common, each])) is None for each in inputs.values())
            if reasons or missing:
                found.append(Stale(stage.name, missing, reasons or ("files of its tables are missing or damaged",)))
                waiting_for.update(stage.writes)
        return found

    def reader(self) -> StateReader:
        """Reads the committed state."""
        state = self.store.load()
        inputs = {
            f"{name} of {stage}" if name in ("code", "format") or name.startswith("library") else name: value
            for stage, record in state.stages.items()
            for name, value in record.common.items()
        }
        return StateReader(self.store, state, inputs)


def _frame_digest(frame: pd.DataFrame) -> str:
    return digest_of([[None if pd.isna(value) else str(value) for value in row] for row in frame.itertuples(index=False)])


def _rows_by_article(frame: pd.DataFrame) -> dict[str, list[int]]:
    """Positions of the rows that concern an article: by their article_id and, in a decision, by those that its body names."""
    bodies = frame["body"] if "body" in frame else [""] * len(frame)
    found: dict[str, list[int]] = {}
    for position, (article_id, body) in enumerate(zip(frame["article_id"], bodies, strict=True)):
        for name in {*([] if pd.isna(article_id) else [article_id]), *re.findall(ARTICLE_ID, body)}:
            found.setdefault(name, []).append(position)
    return found


def _but_seeds(common: Mapping[str, str]) -> str:
    """Hash of what the coding of every article depends on; what one takes from seeds and dumps is hashed article by article."""
    return digest_of({name: value for name, value in common.items() if not name.startswith("seed ") and name != _GAZETTEERS})


def _differences(record: StageRecord | None, common: Mapping[str, str], inputs: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """What differs between a stage's last run and what it would be run with now, in words."""
    if record is None:
        return ("never run",)
    reasons = [f"{name} changed" for name in sorted({*common, *record.common}) if common.get(name) != record.common.get(name)]
    if new := set(inputs) - set(record.partitions):
        reasons.append(f"new: {_some(new)}")
    if gone := set(record.partitions) - set(inputs):
        reasons.append(f"gone: {_some(gone)}")
    changed: dict[str, set[str]] = {}
    for name in set(inputs) & set(record.partitions):
        now, before = inputs[name], record.partitions[name]
        for what in {*now, *before}:
            if now.get(what) != before.get(what):
                changed.setdefault(what, set()).add(name)
    reasons += [f"{what} changed{f' in {_some(names)}' if names != {WHOLE} else ''}" for what, names in sorted(changed.items())]
    return tuple(reasons)


def _some(names: Collection[str]) -> str:
    return ", ".join(sorted(names)[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
