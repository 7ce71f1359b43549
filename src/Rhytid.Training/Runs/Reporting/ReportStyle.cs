namespace Rhytid.Training.Runs.Reporting;

/// <summary>How the page looks, by day and by night.</summary>
internal static class ReportStyle
{
    public const string Css =
        """
        :root { color-scheme: light dark; --page: #f5f6f8; --card: #ffffff; --ink: #1b2330; --soft: #5d6878; --rule: #dde2e9; --accent: #1f6feb; --bad: #b3261e;
          --s0: #1f6feb; --s1: #d9730d; --s2: #0f8a5f; --s3: #8f3fc4; --s4: #b8325f; --s5: #5d6878; }
        @media (prefers-color-scheme: dark) { :root { --page: #0f141b; --card: #182029; --ink: #e6ebf2; --soft: #98a5b5; --rule: #2b3642; --accent: #6ea8fe; --bad: #ff8a80;
          --s0: #6ea8fe; --s1: #ffb066; --s2: #4fd1a1; --s3: #c99cf0; --s4: #ff8fb1; --s5: #98a5b5; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
        main { max-width: 1200px; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
        h1 { font-size: 1.65rem; line-height: 1.25; margin: 0; }
        h2 { font-size: 1.15rem; margin: 2.2rem 0 .8rem; }
        header p { color: var(--soft); margin: .35rem 0 0; }
        .grid-2 { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); align-items: start; }
        .numbers { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 45%), 1fr)); margin: 1.4rem 0 0; padding: 0; list-style: none; }
        .numbers li { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: .7rem .9rem; }
        .numbers b { display: block; font-size: 1.45rem; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; }
        .numbers span { color: var(--soft); font-size: .85rem; }
        .card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: .9rem 1rem; margin: 0; min-width: 0; }
        figcaption, .card h3 { font-size: 1rem; font-weight: 600; margin: 0 0 .4rem; }
        .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; margin: 0 0 .4rem; padding: 0; color: var(--soft); font-size: .87rem; }
        .swatch { display: inline-block; width: 1.1em; height: .28em; border-radius: 2px; margin-right: .45em; vertical-align: middle; background: currentColor; }
        .swatch.box { height: .8em; width: .8em; }
        .swatch.best { width: 0; height: .95em; border-radius: 0; background: none; border-left: 2px dashed var(--soft); margin-left: .4em; }
        svg { display: block; width: 100%; height: auto; font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        svg .grid { stroke: var(--rule); } svg .notch { stroke: var(--soft); }
        svg .tick { fill: var(--soft); font-variant-numeric: tabular-nums; } svg .axis { fill: var(--soft); }
        svg .best { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; }
        svg .bar { fill: var(--s0); }
        svg polyline { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        svg .dot { fill: currentColor; } svg .ghost { fill: transparent; }
        .s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); } .s3 { color: var(--s3); } .s4 { color: var(--s4); } .s5 { color: var(--s5); }
        .note { color: var(--soft); font-size: .85rem; margin: .35rem 0 0; } .bad { color: var(--bad); }
        .notice { background: var(--card); border: 1px solid var(--rule); border-left: 4px solid var(--accent); border-radius: 6px; padding: .6rem .9rem; margin: .8rem 0; }
        .notice.bad { border-left-color: var(--bad); color: inherit; }
        .scroll { overflow: auto; max-height: 30rem; }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; }
        th, td { text-align: left; vertical-align: top; padding: .32rem .6rem; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
        tr:last-child > * { border-bottom: 0; }
        thead th { color: var(--soft); font-weight: 600; position: sticky; top: 0; background: var(--card); overflow-wrap: normal; }
        tbody th { font-weight: 400; color: var(--soft); white-space: nowrap; }
        .right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        pre { margin: 0; overflow: auto; font: 13px/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
        .pictures { margin-top: .7rem; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); }
        .pictures figure { padding: 0; overflow: hidden; } .pictures figcaption { font-weight: 400; font-size: .92rem; margin: 0; padding: .5rem .8rem; display: flex; justify-content: space-between; gap: .8rem; }
        .pictures img { display: block; width: 100%; height: auto; } .pictures .small { image-rendering: pixelated; }
        .pictures .id { overflow-wrap: anywhere; } .pictures b { font-variant-numeric: tabular-nums; white-space: nowrap; }
        summary { cursor: pointer; color: var(--accent); margin: .8rem 0; }
        footer { color: var(--soft); font-size: .85rem; margin-top: 2.5rem; }
        @media print { body { background: #fff; } .card, .numbers li { break-inside: avoid; } .scroll { max-height: none; } }
        """;
}
