// What failed in a test run, and why, for readers of the last lines of a log.
//   node failures.mjs <folder with *.trx, web.json, browser.json and checks.txt>
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const LINES = 12;
const [place] = process.argv.slice(2);

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const parsed = (name) => JSON.parse(read(join(place, name)) || '{}');

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&', '&#xD;': '', '&#xA;': '\n' };
const unescaped = (xml) => xml.replace(/&(lt|gt|quot|apos|amp|#xD|#xA);/g, (entity) => entities[entity]);

function* failedChecks() {
  for (const name of read(join(place, 'checks.txt')).split('\n').filter(Boolean)) yield { name, why: '' };
}

/** Whatever did not pass: failed, skipped, or cut short because the suite stood still. */
function* failedInDotnet() {
  for (const file of readdirSync(place).filter((name) => name.endsWith('.trx'))) {
    const results = [...read(join(place, file)).matchAll(/<UnitTestResult [^>]*outcome="(?!Passed")(\w+)"[^>]*?(?:\/>|>[\s\S]*?<\/UnitTestResult>)/g)];
    for (const [result, outcome] of results) {
      const test = unescaped(/testName="([^"]*)"/.exec(result)?.[1] ?? '?');
      const why = [...result.matchAll(/<(?:Message|StackTrace)>([\s\S]*?)<\//g)].map(([, text]) => unescaped(text)).join('\n');
      yield { name: `${basename(file, '.trx')}: ${test}`, why: outcome === 'Failed' ? why : `${outcome}\n${why}` };
    }
  }
}

function* failedInVitest() {
  for (const file of parsed('web.json').testResults ?? []) {
    for (const test of file.assertionResults.filter((one) => one.status !== 'passed')) {
      yield { name: `Web: ${test.fullName}`, why: test.failureMessages.join('\n') || test.status };
    }
  }
}

function* failedIn(suites) {
  for (const suite of suites ?? []) {
    for (const spec of suite.specs.filter((one) => !one.ok || one.tests.some((test) => test.status !== 'expected'))) {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors ?? []));
      yield { name: `Browser: ${suite.title}: ${spec.title}`, why: errors.map((error) => error.message).join('\n') || spec.tests.map((test) => test.status).join(', ') };
    }
    yield* failedIn(suite.suites);
  }
}

for (const { name, why } of [...failedChecks(), ...failedInDotnet(), ...failedInVitest(), ...failedIn(parsed('browser.json').suites)]) {
  console.log(`FAILED ${name}`);
  for (const line of why.split('\n').filter((one) => one.trim()).slice(0, LINES)) console.log(`    ${line}`);
}
