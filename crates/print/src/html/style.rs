//! The report's style sheet: one accent, hairlines, figures in columns, A4.

/// Colours have a contrast of at least 4.5 to 1 on white and stay apart in grey.
pub(super) const CSS: &str = r#"
:root { --ink: #16202b; --side: #56616d; --line: #c3cad1; --soft: #f3f5f7; --accent: #1f4468; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 1180px; padding: 0 32px; background: #fff; color: var(--ink);
  font: 15px/1.5 'Be Vietnam Pro', 'Noto Sans', 'DejaVu Sans', sans-serif;
  font-variant-numeric: tabular-nums lining-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact;
}
h1, h2, h3 { line-height: 1.2; text-wrap: balance; break-after: avoid; }
h1 { font-size: 2.1em; margin: .1em 0 .7em; letter-spacing: -.01em; }
h2 { font-size: 1.3em; margin: 2.2em 0 .7em; padding-top: .55em; border-top: 2px solid var(--accent); color: var(--accent); }
h3 { font-size: 1em; margin: 1.6em 0 .5em; }
p { margin: 0 0 .9em; max-width: 76ch; }
a { color: var(--accent); }
small { display: block; font-size: .82em; color: var(--side); font-weight: 400; }
.running { display: flex; justify-content: space-between; align-items: center; gap: 1em; font-size: .8em; color: var(--side); }
.running.top { padding: 18px 0 10px; border-bottom: 1px solid var(--line); }
.running.bottom { margin-top: 3em; padding: 10px 0 24px; border-top: 1px solid var(--line); }
.handling { background: #000; font-weight: 700; font-size: 12pt; padding: .1em .7em; white-space: nowrap; }
.pages { width: 100%; border-collapse: collapse; table-layout: fixed; }
.pages > * > tr > td { padding: 0; vertical-align: top; }
.kind { margin: 2.6em 0 0; color: var(--side); font-weight: 700; }
dl, dd { margin: 0; }
.facts { display: grid; gap: .3em 0; }
.facts > div { display: grid; grid-template-columns: 11em 1fr; gap: 1em; }
.facts dt, .figures dt { color: var(--side); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); border-top: 1px solid var(--line); border-left: 1px solid var(--line); }
.tiles > div { display: flex; flex-direction: column; justify-content: space-between; gap: .3em; padding: .8em 1em .9em; border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.tiles dt { color: var(--side); font-size: .86em; }
.tiles dd { font-size: 1.42em; font-weight: 700; line-height: 1.25; color: var(--accent); overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(2, 1fr); gap: 0 2.4em; margin-top: 1em; }
.figures > div { display: flex; justify-content: space-between; gap: 1em; padding: .42em 0; border-bottom: 1px solid var(--line); }
.figures dd { font-weight: 700; text-align: right; overflow-wrap: anywhere; }
nav h2 { font-size: 1em; border: 0; padding: 0; margin: 2em 0 .4em; color: var(--ink); }
nav ol { columns: 2; column-gap: 2.4em; margin: 0; padding-left: 1.5em; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.made { margin-top: 2em; font-size: .86em; color: var(--side); }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); }
figcaption { margin-top: .6em; font-size: .86em; color: var(--side); }
.scroll { overflow-x: auto; }
.data { width: 100%; border-collapse: collapse; font-size: .86em; line-height: 1.4; margin: 0 0 1em; }
.data caption { text-align: left; font-weight: 700; padding: 0 0 .5em; caption-side: top; }
.data th, .data td { text-align: left; vertical-align: top; padding: .5em .6em; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.data thead th { border-bottom: 1.5px solid var(--ink); vertical-align: bottom; line-height: 1.25; overflow-wrap: normal; }
.data tbody th { font-weight: 400; }
.data .number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.data thead .number { white-space: normal; }
.data .total > * { border-top: 1.5px solid var(--ink); border-bottom: 0; font-weight: 700; }
.data .whole { white-space: nowrap; }
.account .bank { color: var(--side); }
.account b { font-weight: 700; }
.holder, .own { display: block; }
.role { display: inline-block; padding: .05em .5em; border: 1px solid; border-radius: 2px; }
.evidence { margin: 0; padding-left: 1.1em; }
.evidence li + li { margin-top: .25em; }
.more, .nothing { font-size: .86em; color: var(--side); font-style: italic; }
.meanings { display: grid; grid-template-columns: 1fr 1fr; gap: .7em 2.4em; font-size: .86em; margin-bottom: 1.8em; }
.meanings dt { font-weight: 700; }
.notes { padding-left: 1.3em; max-width: 80ch; }
.notes li { margin-bottom: .5em; }
.bar { width: 200px; }
.bar svg { display: block; margin-top: .28em; }
code { font: .92em/1.35 'DejaVu Sans Mono', 'Noto Sans Mono', ui-monospace, monospace; overflow-wrap: anywhere; }
.accounts th:nth-child(1) { width: 26%; }
.accounts th:nth-child(2) { width: 17%; }
@media (max-width: 720px) {
  body { padding: 0 16px; }
  .figures, .meanings, nav ol { grid-template-columns: 1fr; columns: 1; }
  .facts > div { grid-template-columns: 1fr; gap: 0; }
  figure { overflow-x: auto; }
  figure svg { min-width: 900px; }
}
@media screen { .pages .running { display: none; } }
@page { size: A4 portrait; margin: 10mm 15mm 12mm; @bottom-center { content: counter(page) " / " counter(pages); font: 7.5pt 'Be Vietnam Pro', 'Noto Sans', 'DejaVu Sans', sans-serif; color: #56616d; } }
@page upright { size: A4 portrait; margin: 10mm 15mm 12mm; }
@page wide { size: A4 landscape; margin: 9mm 12mm 11mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.2pt; line-height: 1.42; }
  body > .running { display: none; }
  .running { margin: 0; font-size: 7.5pt; }
  .running.top { padding: 0 0 1.5mm; margin-bottom: 4mm; }
  .running.bottom { padding: 1.5mm 0 0; margin-top: 3mm; }
  .upright { page: upright; }
  .wide { page: wide; }
  .cover .pages { height: 268mm; }
  .pages > tfoot > tr > td { vertical-align: bottom; }
  .scroll { overflow: visible; }
  .kind { margin-top: 14mm; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .tiles > div { display: flex; flex-direction: column; justify-content: space-between; gap: .3em; padding: .7em .8em .8em; }
  .tiles dd { font-size: 1.22em; }
  .data { font-size: 7.8pt; }
  .wide .data, .wide .meanings { font-size: 7.5pt; }
  .data tr, .tiles > div, .meanings, .notes li, figure, #report-shares, #report-hookups { break-inside: avoid; }
  .data caption { break-after: avoid; }
  .data tbody tr:nth-child(-n+2) { break-before: avoid; }
  .data thead { display: table-header-group; }
  h2 { margin-top: 1.6em; }
  .pages > tbody > tr > td > section:first-child > h2 { margin-top: 0; border-top: 0; padding-top: 0; }
  #report-chart { break-after: page; }
  #report-money > h2 { margin-top: 0; border-top: 0; padding-top: 0; }
  figure svg { max-height: 152mm; border: 0; }
  a { color: inherit; text-decoration: none; }
}
"#;
