/** The style sheet of a report: no font and no picture that is not on the reader's machine. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --page: #f6f7f9; --ink: #1b2230; --muted: #667085; --rule: #e3e6ec;
  --good: #0f7b4f; --good-soft: #e2f4ec; --bad: #b3261e; --bad-soft: #fdeae8; --accent: #2456c9;
  --c1: #2f66d0; --c2: #d9622b; --c3: #158a72; --c4: #9a4fc4;
  --c5: #c2871a; --c6: #c43d6b; --c7: #3a93b8; --c8: #6d7a8c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171c26; --page: #0f131b; --ink: #e7eaf0; --muted: #98a2b3; --rule: #2b3342;
    --good: #5fd3a2; --good-soft: #12352a; --bad: #ff9b92; --bad-soft: #43201e; --accent: #8fb2ff;
    --c1: #7aa5ff; --c2: #ff9a66; --c3: #4fcbb0; --c4: #cc92f0;
    --c5: #ecba55; --c6: #f57fa6; --c7: #74c8e8; --c8: #a5b0c0;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  font-variant-numeric: tabular-nums;
}
main, header > div, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
header { background: var(--paper); border-bottom: 1px solid var(--rule); padding: 3.5rem 0 2rem; }
.kind {
  margin: 0; color: var(--accent); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em;
  text-transform: uppercase;
}
h1 { margin: 0.3rem 0 0.6rem; font-size: clamp(1.9rem, 4.5vw, 2.8rem); line-height: 1.15;
  letter-spacing: -0.02em; overflow-wrap: anywhere; text-wrap: balance; }
h2 { margin: 3.5rem 0 1rem; font-size: 1.5rem; letter-spacing: -0.01em; line-height: 1.25; }
h3 { margin: 0; font-size: 1.15rem; line-height: 1.3; letter-spacing: -0.005em; }
p { margin: 0 0 0.8rem; max-width: 44rem; text-wrap: pretty; overflow-wrap: anywhere; }
.lead { color: var(--muted); font-size: 1.1rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.4rem 2rem; margin: 1.4rem 0 0; font-size: 0.9rem; }
.facts div { display: flex; gap: 0.5rem; min-width: 0; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; font-weight: 500; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1rem;
  margin: 2rem 0; }
.tile { background: var(--paper); border: 1px solid var(--rule); border-radius: 12px;
  padding: 1rem 1.2rem; }
.tile b { display: block; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.02em;
  font-weight: 650; }
.tile span { color: var(--muted); font-size: 0.88rem; line-height: 1.4; display: block; }
.tile.agrees b { color: var(--good); }
.tile.differs { border-color: var(--bad); background: var(--bad-soft); }
.tile.differs b { color: var(--bad); }
.warning { border-left: 4px solid var(--c5); background: var(--paper); padding: 0.7rem 1rem;
  border-radius: 0 8px 8px 0; max-width: none; }
.summary { padding-left: 1.2rem; max-width: 44rem; }
.summary li { margin-bottom: 0.5rem; padding-left: 0.2rem; }
.summary li::marker { color: var(--accent); }
nav { columns: 18rem; column-gap: 2rem; font-size: 0.95rem; margin-bottom: 1.5rem; }
nav a { display: block; padding: 0.15rem 0; break-inside: avoid; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
figure { background: var(--paper); border: 1px solid var(--rule); border-radius: 14px;
  margin: 0 0 2rem; padding: 1.5rem 1.5rem 1rem; scroll-margin-top: 1rem; }
figcaption p { color: var(--muted); margin: 0.4rem 0 1rem; font-size: 0.95rem; }
.picture { position: relative; }
.picture svg { display: block; max-width: 100%; }
.still svg { width: 100%; height: auto; }
.live { display: none; }
.is-live .live { display: block; width: 100%; }
.is-live .still { display: none; }
.live strong { font-weight: 600; }
details { border-top: 1px solid var(--rule); margin-top: 1rem; padding-top: 0.6rem; }
summary { cursor: pointer; color: var(--muted); font-size: 0.9rem; width: fit-content;
  border-radius: 4px; }
summary:hover { color: var(--ink); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
.scroll { overflow: auto; max-height: 32rem; margin-top: 0.8rem; }
.card { background: var(--paper); border: 1px solid var(--rule); border-radius: 14px; }
.card.scroll { max-height: none; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; line-height: 1.45; }
th, td { text-align: left; padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--rule);
  vertical-align: top; }
tr:last-child td { border-bottom: 0; }
thead th { position: sticky; top: 0; background: var(--paper); color: var(--muted);
  font-weight: 500; white-space: nowrap; box-shadow: 0 1px 0 var(--rule); border: 0; }
.right { text-align: right; white-space: nowrap; }
td.parameters { color: var(--muted); min-width: 11rem; overflow-wrap: anywhere; }
td.name { font-weight: 550; min-width: 10rem; }
td small { display: block; color: var(--muted); font-weight: 400; font-size: 0.8rem; }
tr.differs td { background: var(--bad-soft); }
.mark { display: inline-block; border-radius: 99px; padding: 0 0.6em; font-weight: 550; }
.mark.agrees { background: var(--good-soft); color: var(--good); }
.mark.differs { background: var(--bad); color: var(--paper); }
code, pre { font: 0.85rem/1.55 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
pre { background: var(--paper); border: 1px solid var(--rule); border-radius: 12px;
  margin: 0 0 1rem; padding: 1rem 1.2rem; overflow: auto; max-height: 36rem; tab-size: 2; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
footer { color: var(--muted); font-size: 0.85rem; padding-top: 2rem; padding-bottom: 3rem; }
@media (max-width: 40rem) {
  header { padding: 2rem 0 1.5rem; }
  main, header > div, footer { padding: 0 1rem; }
  figure { padding: 1.1rem 0.8rem 0.7rem; border-radius: 10px; }
  .still { overflow-x: auto; }
  .still svg { min-width: 34rem; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --page: #fff; --ink: #111; --muted: #555; --rule: #ccc; --accent: #1f4fbf;
    --good: #0f7b4f; --good-soft: #fff; --bad: #b3261e; --bad-soft: #fff;
    --c1: #2f66d0; --c2: #d9622b; --c3: #158a72; --c4: #9a4fc4;
    --c5: #c2871a; --c6: #c43d6b; --c7: #3a93b8; --c8: #6d7a8c;
  }
  body { font-size: 10pt; }
  header { padding: 0 0 1rem; }
  main, header > div, footer { max-width: none; padding: 0; }
  figure, .tile, tr { break-inside: avoid; }
  figure, .card, pre { border-radius: 0; }
  h2, h3 { break-after: avoid; }
  .scroll, pre { max-height: none; overflow: visible; white-space: pre-wrap; }
  thead th { position: static; }
  nav, figure details:not([open]) { display: none; }
  .is-live .live { display: none; }
  .is-live .still { display: block; }
  .still svg { min-width: 0; }
  table { font-size: 7.5pt; }
  th, td { padding: 0.25rem 0.35rem; }
  td.parameters, td.name { min-width: 0; }
  td small { font-size: 6.5pt; }
}
`;
