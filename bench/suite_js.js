// Runs fixtures of the public test suite with citeproc-js, as the suite's own runner does: reads {locales} once and then the sections
// of a fixture as JSON lines on stdin, and answers {result} or {error} a line. `npm ci` in this folder.
"use strict";
const readline = require("readline");
const CSL = require("citeproc");

let locales = {};

function single(engine, fixture) {
  const clusters = fixture["CITATION-ITEMS"] || [engine.registry.reflist.map((item) => ({ id: item.id }))];
  return clusters.map((cites) => engine.makeCitationCluster(cites)).join("\n");
}

function replayed(engine, calls) {
  const results = calls.map((call) => engine.processCitationCluster(...call)[1]);
  const changed = new Map(results[results.length - 1].map((row) => [row[0], row[1]]));
  return engine.registry.citationreg.citationByIndex
    .map((citation, place) =>
      changed.has(place)
        ? `>>[${place}] ${changed.get(place)}`
        : `..[${place}] ${engine.process_CitationCluster(citation.sortedItems)}`,
    )
    .join("\n");
}

function run(fixture) {
  const items = new Map();
  fixture.INPUT.forEach((item, number) => {
    const id = item.id === undefined ? `item-${number}` : item.id;
    items.set(id, { ...item, id });
  });
  const engine = new CSL.Engine(
    { retrieveLocale: (language) => locales[language] || false, retrieveItem: (id) => items.get(id) },
    fixture.CSL,
  );
  const mode = fixture.MODE.trim();
  engine.setOutputFormat("html");
  if (!fixture.CITATIONS) engine.updateItems([...items.keys()], mode === "bibliography-nosort");
  const citations = fixture.CITATIONS ? replayed(engine, fixture.CITATIONS) : "";
  if (mode === "citation") return fixture.CITATIONS ? citations : single(engine, fixture);
  const [settings, entries] = engine.makeBibliography();
  return settings.bibstart + entries.join("") + settings.bibend;
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const job = JSON.parse(line);
  if (job.locales) {
    locales = job.locales;
    return;
  }
  const say = console.log;
  console.log = () => {}; // the engine complains there
  let answer;
  try {
    answer = { result: run(job) };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log = say;
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
