"""How the page of an explanation looks and what moves on it: one style sheet and one short script, both inside the page."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --card: #ffffff; --ink: #1d1d20; --quiet: #5c5c63; --line: #d9d7d0; --soft: #f3f1ea; --link: #0b4f8a;
  --what: #b3440a; --when: #0b62a8; --where: #00704f; --who: #8a2f86; --harm: #8a6100; --crowd: #0e6f7d; --none: #6b6b72;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #141416; --card: #1c1c1f; --ink: #ececee; --quiet: #a9a9b2; --line: #3a3a40; --soft: #26262a; --link: #9ccaf5;
    --what: #ff9a5c; --when: #74b8f7; --where: #4fd1a1; --who: #e59be0; --harm: #f0c04a; --crowd: #5fd0e0; --none: #a0a0a8;
  }
}
.what { --c: var(--what); } .when { --c: var(--when); } .where { --c: var(--where); } .who { --c: var(--who); }
.harm { --c: var(--harm); } .crowd { --c: var(--crowd); } .none { --c: var(--none); }

* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0 auto; padding: 1.25rem clamp(1rem, 3vw, 2.5rem) 4rem; max-width: 100rem; }
body { background: var(--paper); color: var(--ink); }
body { font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
code { font: 0.85em ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; }
.quiet { color: var(--quiet); }

.notice { margin: 0 0 1.25rem; padding: 0.5rem 0.9rem; font-size: 0.9rem; }
.notice { border-left: 4px solid var(--harm); background: var(--soft); }
.kicker { margin: 0; color: var(--quiet); font-size: 0.9rem; }
h1 { margin: 0.1rem 0 0.4rem; font-size: clamp(1.45rem, 3vw, 2.1rem); line-height: 1.2; max-width: 60rem; text-wrap: balance; }
h2 { margin: 0 0 0.3rem; font-size: 1.25rem; line-height: 1.3; }
h3 { margin: 0; font-size: 1.05rem; }
.facts { margin: 0 0 0.8rem; color: var(--quiet); font-size: 0.9rem; }
.lead { max-width: 60rem; margin: 0 0 1rem; font-size: 1.05rem; }

.legend { display: flex; flex-wrap: wrap; gap: 0.35rem 1.1rem; margin: 0.8rem 0 1.4rem; padding: 0; list-style: none; }
.legend { font-size: 0.88rem; }
.legend mark { margin-right: 0.2rem; padding-inline: 0.3rem; }

.card { margin: 0 0 1.25rem; padding: clamp(0.9rem, 2vw, 1.5rem); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.many { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); align-items: start; }
.many .card { margin: 0; }
.alone .columns { display: grid; gap: 2rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
.alone .text { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; padding-right: 0.6rem; }
@media (max-width: 60rem) {
  .alone .columns { display: block; }
  .alone .text { position: static; max-height: none; overflow: visible; margin-bottom: 1.5rem; }
}
.many .text { margin-bottom: 1.25rem; }
.story { margin: 0; white-space: pre-wrap; line-height: 1.95; font-size: 1.03rem; unicode-bidi: isolate; }
.story, h2 { font-family: Georgia, "Noto Serif", "DejaVu Serif", "Liberation Serif", serif; }

mark { color: inherit; border-bottom: 2px solid var(--c); background: color-mix(in srgb, var(--c) 15%, transparent); }
mark { border-radius: 2px 2px 0 0; scroll-margin: 6rem; }
mark.claimed { border-bottom-style: dashed; }
mark.suspected { border-bottom-style: dotted; }
mark.denied { border-bottom-style: double; border-bottom-width: 4px; }
mark.gated { background: none; border-bottom: 2px dotted var(--none); }
.lane1 { padding-bottom: 3px; } .lane2 { padding-bottom: 6px; } .lane3 { padding-bottom: 9px; }
.lane4 { padding-bottom: 12px; } .lane5 { padding-bottom: 15px; }
.words { color: inherit; text-decoration: none; }
.label { margin-inline: 0.12em 0.1em; text-decoration: none; white-space: nowrap; }
.label::after {
  content: attr(data-label); padding: 0.08em 0.35em; border: 1px solid var(--c); border-radius: 3px; vertical-align: 0.3em;
  font: 600 0.62rem/1 system-ui, "Noto Sans", "Liberation Sans", sans-serif; letter-spacing: 0.02em; color: var(--c);
}
.lit, mark:target { background: color-mix(in srgb, var(--c) 42%, transparent); }
.label.lit::after { background: var(--c); color: var(--card); }
li.lit { background: color-mix(in srgb, var(--c) 18%, transparent); }
mark:target, li:target { outline: 3px solid var(--c); outline-offset: 2px; }

.report { padding-top: 1rem; border-top: 2px solid var(--ink); scroll-margin: 1rem; }
.report + .report, .report + .turned-down { margin-top: 1.6rem; }
.turned-down { padding-top: 1rem; border-top: 2px dotted var(--none); }
.badges { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0.35rem 0 0.5rem; padding: 0; list-style: none; }
.badges { font-size: 0.82rem; }
.badges li { padding: 0.05rem 0.55rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--soft); }
.badges .votes { border-color: var(--where); color: var(--where); font-weight: 600; }
.badges .silent { border-style: dashed; border-color: var(--none); color: var(--quiet); font-weight: 600; }
.badges .review { border-color: var(--harm); color: var(--harm); }

table { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
caption { text-align: left; color: var(--quiet); font-size: 0.9rem; padding-bottom: 0.4rem; }
th, td { padding: 0.3rem 0.7rem 0.3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 400; }
thead th { font-weight: 600; vertical-align: bottom; background: none; }
.values th { width: 9.5rem; color: var(--quiet); }
.values td:nth-child(2) { width: 36%; font-weight: 600; }
.notes { margin: 0; padding: 0; list-style: none; }
.notes li { padding: 0.05rem 0.3rem; border-left: 3px solid var(--c); margin-bottom: 0.2rem; scroll-margin: 6rem; }
.notes a { color: inherit; text-decoration-color: var(--c); text-decoration-thickness: 2px; text-underline-offset: 3px; }
.notes code { color: var(--quiet); margin-inline-start: 0.35rem; }
.said { font-style: italic; color: var(--c); }
.scroll { overflow-x: auto; }
.compared { min-width: 40rem; }
.compared th[scope=row] { width: 10rem; color: var(--quiet); }
.compared td, .compared thead th { padding-inline: 0.7rem; }
.compared td:nth-child(2), .compared thead th:nth-child(2) { background: var(--soft); font-weight: 600; }
.compared .differs { color: var(--what); font-weight: 600; }
.role { display: block; font-weight: 400; font-size: 0.82rem; color: var(--quiet); }

@media (max-width: 34rem) {
  .values tr { display: grid; grid-template-columns: 8.5rem 1fr; border-bottom: 1px solid var(--line); padding: 0.25rem 0; }
  .values th, .values td { border: 0; padding: 0.05rem 0.4rem 0.05rem 0; width: auto; }
  .values td:nth-child(2) { width: auto; }
  .values td:nth-child(3) { grid-column: 1 / -1; }
  .values thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  @page { margin: 1.6cm; }
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --soft: #f4f4f4; }
  body { font-size: 9.5pt; padding: 0; max-width: none; }
  .skip { display: none; }
  .card { border: 0; padding: 0; }
  .many, .alone .columns { display: block; }
  .many .card + .card { margin-top: 1.5rem; }
  .alone .text { position: static; max-height: none; overflow: visible; }
  mark, .label::after, .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr, .notes li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
"""

SCRIPT = """
const parts = new Map();
for (const part of document.querySelectorAll("[data-span]"))
  for (const name of part.dataset.span.split(" "))
    parts.set(name, [...(parts.get(name) ?? []), part]);
let lit = [];
const light = (event) => {
  for (const part of lit) part.classList.remove("lit");
  const names = new Set();
  for (let part = event.target.closest("[data-span]"); part; part = part.parentElement.closest("[data-span]"))
    for (const name of part.dataset.span.split(" ")) names.add(name);
  lit = [...names].flatMap((name) => parts.get(name) ?? []);
  for (const part of lit) part.classList.add("lit");
};
document.addEventListener("mouseover", light);
document.addEventListener("focusin", light);
"""
