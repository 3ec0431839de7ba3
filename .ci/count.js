// Prints "N passed, N failed" from vitest's JSON report as the last line; exit code 1 when there is none, for then no
// test ran.
import { existsSync, readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
if (!existsSync(file)) {
  console.error('No test ran: a step before the tests failed (see above).');
  process.exit(1);
}
const report = JSON.parse(readFileSync(file, 'utf8'));
// A file that fails to load has no tests of its own: count it as one failure.
const broken = report.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
);
const skipped = report.testResults
  .flatMap((suite) => suite.assertionResults)
  .filter(({ status }) => status !== 'passed' && status !== 'failed');
if (skipped.length > 0)
  console.log(`${skipped.length} skipped: ${skipped.map(({ fullName }) => fullName).join('; ')}`);
console.log(`${report.numPassedTests} passed, ${report.numFailedTests + broken.length} failed`);
