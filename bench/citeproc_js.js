// Renders with citeproc-js, the reference: reads {style, locales, works, clusters, format} as JSON lines on stdin,
// and answers {citations, entries, ms} or {error} a line. `npm install citeproc` in this folder.
"use strict";
const readline = require("readline");
const CSL = require("citeproc");

function render(job) {
  const items = new Map(job.works.map((work) => [work.id, { ...work, system_id: work.id }]));
  const sys = {
    retrieveLocale: (lang) => job.locales[lang] || job.locales["en-US"],
    retrieveItem: (id) => items.get(id),
    // Entries without a printed form are left out of the list, so each entry is to say whose it is.
    embedBibliographyEntry: (id) => `<!--${id}-->`,
  };
  const started = process.cpuUsage();
  const engine = new CSL.Engine(sys, job.style, job.lang || "", Boolean(job.lang));
  engine.setOutputFormat(job.format || "html");
  engine.updateItems([...items.keys()]);
  const citations = job.clusters
    ? engine.rebuildProcessorState(
        job.clusters.map((cites, n) => ({
          citationID: `c${n}`,
          citationItems: cites,
          properties: { noteIndex: engine.opt.xclass === "note" ? n + 1 : 0 },
        })),
        job.format || "html",
      ).map((row) => row[2])
    : [];
  const made = engine.makeBibliography();
  const used = process.cpuUsage(started);
  const entries = {};
  for (const entry of made ? made[1] : []) {
    const mark = /<!--(.*?)-->/.exec(entry);
    if (mark) entries[mark[1]] = entry;
  }
  return {
    citations,
    entries,
    ms: (used.user + used.system) / 1000,
  };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = render(JSON.parse(line));
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
