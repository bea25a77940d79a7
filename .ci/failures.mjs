// What failed in a test run.
//   node failures.mjs told <folder with *.trx, web.json, browser.json and checks.txt>   says it and why, for whoever reads only the last lines of a log
//   node failures.mjs names <a .trx>                                                    the methods that failed, as a filter for dotnet test
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const LINES = 12;
const [wanted, place] = process.argv.slice(2);

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const parsed = (name) => JSON.parse(read(join(place, name)) || '{}');

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&', '&#xD;': '', '&#xA;': '\n' };
const unescaped = (xml) => xml.replace(/&(lt|gt|quot|apos|amp|#xD|#xA);/g, (entity) => entities[entity]);

function* failedChecks() {
  for (const name of read(join(place, 'checks.txt')).split('\n').filter(Boolean)) yield { name, why: '' };
}

function failedInTrx(path) {
  const results = [...read(path).matchAll(/<UnitTestResult [^>]*outcome="Failed"[^>]*>[\s\S]*?<\/UnitTestResult>/g)];
  return results.map(([result]) => ({
    test: unescaped(/testName="([^"]*)"/.exec(result)?.[1] ?? '?'),
    why: [...result.matchAll(/<(?:Message|StackTrace)>([\s\S]*?)<\//g)].map(([, text]) => unescaped(text)).join('\n'),
  }));
}

/** Failed beside others; UNSTEADY is what passed by itself afterwards. */
function* failedInDotnet() {
  for (const file of readdirSync(place).filter((name) => name.endsWith('.trx') && !name.endsWith('.again.trx'))) {
    const suite = basename(file, '.trx');
    const again = join(place, `${suite}.again.trx`);
    const passedAlone = (test) => /<Counters total="[1-9]/.test(read(again)) && !failedInTrx(again).some((one) => one.test === test);
    for (const { test, why } of failedInTrx(join(place, file))) {
      yield { verdict: passedAlone(test) ? 'UNSTEADY' : 'FAILED', name: `${suite}: ${test}`, why };
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

function tell() {
  const all = [...failedChecks(), ...failedInDotnet(), ...failedInVitest(), ...failedIn(parsed('browser.json').suites)];
  for (const { verdict = 'FAILED', name, why } of all) {
    console.log(`${verdict} ${name}`);
    for (const line of why.split('\n').filter((one) => one.trim()).slice(0, LINES)) console.log(`    ${line}`);
  }
}

if (wanted === 'told') tell();
else {
  const methods = new Set(failedInTrx(place).map(({ test }) => test.replace(/\(.*/s, '')));
  console.log([...methods].map((method) => `FullyQualifiedName=${method}`).join('|'));
}
