/**
 * `npm test`: everything that must hold. All checks run, also after one has failed; only failures show
 * what they said. The last line adds up checks and unit tests.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from './bundles.ts'
import { testsWithoutTwin } from './mirror.ts'

interface Outcome {
  readonly ok: boolean
  /** Shown when the check failed. */
  readonly output: string
}

interface Check {
  readonly name: string
  readonly run: () => Promise<Outcome>
}

/** The part of Vitest's JSON report that is added up. */
interface TestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

const scratch = mkdtempSync(join(tmpdir(), 'parfocal-check-'))

/** Independent of each other, longest first: they share the cores. */
const checks = [
  check('lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  check('types', 'typescript/bin/tsc', '-p', '.'),
  check('format', 'prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'),
  check(
    'borders',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    'build/borders.cjs',
    'src',
  ),
  check('types of core', 'typescript/bin/tsc', '-p', 'src/core'),
  check('build', 'electron-vite/bin/electron-vite.js', 'build'),
  { name: 'tests mirror src', run: checkMirror },
]
/** Alone, because they take all cores for themselves, and after the build, which they test. */
const suites = [suite('unit'), suite('window')]

const outcomes = await runAll(checks, Math.min(availableParallelism(), 4))
const counts: Counts[] = []
for (const { check, report } of suites) counts.push(countTests(await runOne(check), report))
rmSync(scratch, { recursive: true, force: true })

const passed = counts.reduce((sum, suite) => sum + suite.passed, outcomes.filter(ok => ok).length)
const failed = counts.reduce((sum, suite) => sum + suite.failed, outcomes.filter(ok => !ok).length)
for (const [file, count] of counts.flatMap(({ skipped }) => skipped)) {
  say(`skipped ${count} in ${file}`)
}
say(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** The tests of one Vitest project, with where their report goes. */
function suite(project: 'unit' | 'window'): { readonly check: Check; readonly report: string } {
  const report = join(scratch, `${project}.json`)
  const options = ['--reporter=minimal', '--reporter=json', `--outputFile.json=${report}`]
  return {
    check: check(`${project} tests`, 'vitest/vitest.mjs', 'run', '--project', project, ...options),
    report,
  }
}

function check(name: string, script: string, ...args: readonly string[]): Check {
  return { name, run: () => runScript(join(root, 'node_modules', script), args) }
}

async function runAll(queue: readonly Check[], lanes: number): Promise<readonly boolean[]> {
  const results: boolean[] = []
  const waiting = [...queue]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.push(await runOne(next))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}

async function runOne({ name, run }: Check): Promise<boolean> {
  const start = performance.now()
  const { ok, output } = await run()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (!ok) say(output.trimEnd())
  return ok
}

function runScript(script: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise(resolve => {
    let output = ''
    const keep = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', cause => resolve({ ok: false, output: cause.message }))
    child.on('close', status => resolve({ ok: status === 0, output }))
  })
}

async function checkMirror(): Promise<Outcome> {
  const lonely = testsWithoutTwin(root)
  return {
    ok: lonely.length === 0,
    output: lonely.map(test => `${test} mirrors nothing in src`).join('\n'),
  }
}

interface Counts {
  readonly passed: number
  readonly failed: number
  /** Tests that did not run, by file. */
  readonly skipped: readonly (readonly [file: string, count: number])[]
}

/** A test file that cannot be loaded counts as one failure, and so does a run that leaves no report. */
function countTests(ok: boolean, file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as TestReport
  const unloadable = report.testResults.filter(
    file =>
      file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  )
  const failed = report.numFailedTests + unloadable.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: report.testResults.flatMap(({ name, assertionResults }) => {
      const left = assertionResults.filter(
        ({ status }) => status !== 'passed' && status !== 'failed',
      )
      return left.length === 0 ? [] : [[relative(root, name), left.length] as const]
    }),
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
