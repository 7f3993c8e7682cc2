namespace Mlp.Reports.Page;

/// <summary>The style sheets of reports and of drawings that stand alone.</summary>
internal static class ReportStyle
{
    /// <summary>Colours by name, for light and for dark pages. The series can be told apart by colour-blind readers (after Okabe and Ito 2008), and
    /// against the page; <c>ReportStyleTests</c> measures both.</summary>
    public const string Colours = """
        :root{color-scheme:light dark;--page:#ffffff;--panel:#f6f7f9;--text:#1b1f24;--quiet:#57606a;--rule:#d8dee4;--grid:#e8ebef;
        --c0:#0072b2;--c1:#c4520a;--c2:#007a5a;--c3:#a23b78;--c4:#7a6200;--c5:#5b5fc7;--warn:#8a4600;--warnpanel:#fff5e6}
        @media (prefers-color-scheme:dark){:root{--page:#14171c;--panel:#1c2128;--text:#e8eaed;--quiet:#a3adb8;--rule:#363d47;--grid:#2a3038;
        --c0:#6cb8f0;--c1:#ff9a5c;--c2:#4cd6a8;--c3:#ee95cb;--c4:#e3c34b;--c5:#a9adff;--warn:#ffc27d;--warnpanel:#2b2217}}

        """;

    /// <summary>What drawings are made of.</summary>
    public const string Drawing = """
        .chart{display:block;width:100%;height:auto;overflow:visible}
        .chart text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--text);font-variant-numeric:tabular-nums}
        .chart .tick{fill:var(--quiet)}.chart .label{font-size:12px}.chart .quiet{fill:var(--quiet)}
        .grid{stroke:var(--grid);stroke-width:1}.axis{stroke:var(--quiet);stroke-width:1}.guide{stroke:var(--quiet);stroke-width:1;stroke-dasharray:4 4;fill:none}
        .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.faint{stroke-width:1.2;stroke-opacity:.45}.thin{stroke-width:1.5}
        .s0{stroke:var(--c0)}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.s3{stroke:var(--c3)}.s4{stroke:var(--c4)}.s5{stroke:var(--c5)}
        .f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}.f5{fill:var(--c5)}
        .chart .t0{fill:var(--c0)}.chart .t1{fill:var(--c1)}.chart .t2{fill:var(--c2)}.chart .t3{fill:var(--c3)}.chart .t4{fill:var(--c4)}.chart .t5{fill:var(--c5)}
        .soft{fill-opacity:.55}.softer{fill-opacity:.35}.point{fill-opacity:.6;stroke:var(--page);stroke-width:.6}.cell{shape-rendering:crispEdges}
        .a1{fill-opacity:.06}.a2{fill-opacity:.12}.a3{fill-opacity:.18}.a4{fill-opacity:.25}.a5{fill-opacity:.32}
        .node{fill:var(--page);stroke:var(--c0);stroke-width:1.5}.whisker{stroke:var(--text);stroke-width:1.3}.boundary{fill:none;stroke:var(--text);stroke-width:1.6}
        .w0{stroke-width:.3}.w1{stroke-width:.6}.w2{stroke-width:1.2}.w3{stroke-width:1.9}.w4{stroke-width:2.7}
        .edge{stroke:var(--quiet);stroke-opacity:.25}

        """;

    /// <summary>The rest of a page.</summary>
    public const string Page = """
        *{box-sizing:border-box}html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
        body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        header,main,nav,footer{max-width:1120px;margin:0 auto;padding:0 16px}
        header{padding-top:40px}h1{font-size:clamp(1.7rem,1.3rem + 1.6vw,2.4rem);line-height:1.15;letter-spacing:-.015em;margin:0 0 6px}
        h2{font-size:1.35rem;letter-spacing:-.01em;margin:0 0 8px}h3{font-size:1rem;margin:0 0 8px}
        p{margin:0 0 12px;max-width:72ch}.lead{color:var(--quiet);font-size:1.05rem}
        a{color:var(--c0)}a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--c0);outline-offset:3px;border-radius:3px}
        .skip{position:absolute;left:-9999px}.skip:focus{left:16px;top:8px;background:var(--page);padding:4px 8px}
        nav{border-bottom:1px solid var(--rule);padding-bottom:12px}nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:12px 0 0;padding:0;font-size:.95rem}
        nav a{text-decoration:none;display:inline-block;padding:4px 0}nav a:hover{text-decoration:underline}
        section{padding:32px 0 8px}section+section{border-top:1px solid var(--rule)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,200px),1fr));gap:12px;margin:24px 0 8px;padding:0}
        .tile{background:var(--panel);border-radius:10px;padding:14px 16px;margin:0}.tile dt{color:var(--quiet);font-size:.9rem}
        .tile dd{margin:0;font-variant-numeric:tabular-nums}.tile .value{font-size:1.9rem;line-height:1.25;font-weight:600;letter-spacing:-.01em}.tile .note{font-size:.85rem;color:var(--quiet)}
        .warnings{background:var(--warnpanel);border-left:4px solid var(--warn);border-radius:4px;padding:12px 16px;margin:20px 0 8px}
        .warnings h2{font-size:1rem;color:var(--warn);margin:0 0 4px}.warnings ul{margin:0;padding-left:20px}.warnings li{margin:2px 0}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,360px),1fr));gap:32px 48px;align-items:start;margin:20px 0 16px}
        figure{margin:0;min-width:0;max-width:560px;break-inside:avoid}figcaption{color:var(--quiet);font-size:.92rem;margin:8px 0 6px;max-width:60ch}
        details{font-size:.92rem}summary{cursor:pointer;color:var(--quiet);padding:4px 0}
        .scroll{overflow-x:auto;max-width:100%}details .scroll{max-height:340px;overflow-y:auto}
        table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums;overflow-wrap:normal;margin:4px 0 12px}
        caption{text-align:left;color:var(--quiet);padding:0 0 6px}th,td{padding:5px 14px 5px 0;border-bottom:1px solid var(--grid);vertical-align:baseline}
        th{font-weight:600}tbody th{font-weight:400}.number{text-align:right;white-space:nowrap}.text{text-align:left}thead th{color:var(--quiet);border-bottom-color:var(--rule)}
        td.text,th.text{max-width:34ch}
        .confusion td{text-align:right;min-width:44px;padding:6px 9px;border:1px solid var(--page);background:color-mix(in srgb,var(--h) calc(var(--v)*45%),var(--panel))}
        .confusion th{padding:6px 9px;border:0}.confusion th{text-align:right}.confusion .zero{color:var(--quiet)}.confusion .right{--h:var(--c0)}.confusion .wrong{--h:var(--c1)}
        .spark{display:block;width:96px;height:22px}.row{border-top:1px solid var(--rule);padding-top:16px}
        footer{color:var(--quiet);font-size:.88rem;padding-top:20px;padding-bottom:48px;border-top:1px solid var(--rule);margin-top:24px}
        @media print{:root{color-scheme:light;--page:#fff;--panel:#f6f7f9;--text:#000;--quiet:#444;--rule:#bbb;--grid:#ddd;--c0:#0072b2;--c1:#c4520a;--c2:#007a5a;--c3:#a23b78;--c4:#7a6200;--c5:#5b5fc7;--warn:#8a4600;--warnpanel:#fff}
        nav,.skip,summary{display:none}body{font-size:10.5pt}.figures{grid-template-columns:1fr 1fr;gap:20px 28px}section{break-inside:auto}h2,h3{break-after:avoid}.scroll{overflow:visible}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}

        """;
}
