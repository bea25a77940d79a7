// Says at the end of a test run what failed and why: whoever reads only the last lines of a log reads it too.
// Usage: node failures.mjs <folder with *.trx, web.json, browser.json and checks.txt>
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LINES = 12;
const folder = process.argv[2];

const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
const parsed = (name) => JSON.parse(read(name) || '{}');

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&', '&#xD;': '', '&#xA;': '\n' };
const unescaped = (xml) => xml.replace(/&(lt|gt|quot|apos|amp|#xD|#xA);/g, (entity) => entities[entity]);

function* failedChecks() {
  for (const name of read('checks.txt').split('\n').filter(Boolean)) yield { name, why: '' };
}

function* failedInDotnet() {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.trx'))) {
    const results = read(file).matchAll(/<UnitTestResult [^>]*outcome="Failed"[^>]*>[\s\S]*?<\/UnitTestResult>/g);
    for (const [result] of results) {
      const test = /testName="([^"]*)"/.exec(result)?.[1] ?? '?';
      const why = [...result.matchAll(/<(?:Message|StackTrace)>([\s\S]*?)<\//g)].map(([, text]) => unescaped(text)).join('\n');
      yield { name: `${file.slice(0, -'.trx'.length)}: ${unescaped(test)}`, why };
    }
  }
}

function* failedInVitest() {
  for (const file of parsed('web.json').testResults ?? []) {
    for (const test of file.assertionResults.filter((one) => one.status === 'failed')) {
      yield { name: `Web: ${test.fullName}`, why: test.failureMessages.join('\n') };
    }
  }
}

function* failedIn(suites) {
  for (const suite of suites ?? []) {
    for (const spec of suite.specs.filter((one) => !one.ok)) {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors ?? []));
      yield { name: `Browser: ${suite.title}: ${spec.title}`, why: errors.map((error) => error.message).join('\n') };
    }
    yield* failedIn(suite.suites);
  }
}

for (const { name, why } of [...failedChecks(), ...failedInDotnet(), ...failedInVitest(), ...failedIn(parsed('browser.json').suites)]) {
  console.log(`FAILED ${name}`);
  for (const line of why.split('\n').filter((one) => one.trim()).slice(0, LINES)) console.log(`    ${line}`);
}
