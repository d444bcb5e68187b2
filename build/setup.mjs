/**
 * Makes a fresh checkout ready: packages as the lock file says, and their Node 24.
 *
 * Runs before `npm start`, `npm test` and `npm run parfocal` under whatever Node the machine has, so it
 * uses nothing but Node 20's own modules. Speaks on stderr only: stdout belongs to the command.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const lockFile = `${root}.setup.lock`
const nodeBinary = `${root}node_modules/node/bin/${process.platform === 'win32' ? 'node.exe' : 'node'}`
const nodeMajor = 24

let reason = whyNotReady()
if (reason !== null) {
  await holdLock()
  try {
    // Another set-up may have done the work while this one waited.
    reason = whyNotReady()
    if (reason !== null) await install(reason)
  } finally {
    rmSync(lockFile, { force: true })
  }
}

// The tests of the window need a browser.
if (process.argv.includes('--browser')) {
  spawnSync(nodeBinary, [`${root}build/browser.ts`], { stdio: ['ignore', 2, 2] })
}

/** What has to be mended, or null when all is in place. */
function whyNotReady() {
  return whyPackagesDiffer() ?? whyNodeDiffers()
}

/** Compares what npm says it installed (its hidden lock file, written last) with what it should. */
function whyPackagesDiffer() {
  const wanted = packagesIn(`${root}package-lock.json`)
  const installed = packagesIn(`${root}node_modules/.package-lock.json`)
  if (wanted === null) throw new Error('package-lock.json is missing from this checkout')
  if (installed === null) return { what: 'packages', why: 'nothing is installed yet' }
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed[path]
    const forAnotherPlatform = found === undefined && (entry.optional || entry.devOptional)
    if (forAnotherPlatform || found?.version === entry.version) continue
    return {
      what: 'packages',
      why: `package-lock.json changed (${path.split('node_modules/').pop()})`,
    }
  }
  return null
}

function packagesIn(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null
}

function whyNodeDiffers() {
  const found = spawnSync(nodeBinary, ['--version'], { encoding: 'utf8' }).stdout?.trim()
  if (found?.startsWith(`v${nodeMajor}.`)) return null
  return { what: 'node', why: `Node ${nodeMajor} is not in place (${found || 'no binary'})` }
}

async function install({ what, why }) {
  if (what === 'packages') {
    say(`installing packages, because ${why}; this takes a minute or two`)
    await npm('ci')
  }
  const broken = whyNodeDiffers()
  if (broken === null) return
  say(`fetching Node ${nodeMajor}, because ${broken.why}`)
  await npm('rebuild', 'node', '--ignore-scripts=false')
  const still = whyNodeDiffers()
  if (still !== null) giveUp(still.why)
}

/** Runs the npm that runs us; its own words go to stderr, whatever `npm run -s` asked for. */
async function npm(...args) {
  const cli = process.env['npm_execpath']
  const [command, ...before] = cli?.endsWith('.js') ? [process.execPath, cli] : ['npm']
  const child = spawn(
    command,
    [...before, ...args, '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
      stdio: ['ignore', 2, 2],
      // npm is a batch file on Windows, which only a shell can start.
      shell: command === 'npm' && process.platform === 'win32',
    },
  )
  // npm may outlive a set-up that is killed: the lock stands as long as either lives.
  writeFileSync(lockFile, `${process.pid} ${child.pid}`)
  const [status] = await once(child, 'close')
  if (status !== 0) giveUp(`npm ${args.join(' ')} ended with ${status}`)
}

/** Waits for a set-up that runs at the same time; a lock whose process is gone is taken over. */
async function holdLock() {
  for (let told = false; !takeLock(); told = true) {
    if (!told) say('waiting for another set-up of this checkout to end')
    await pause(200)
    if (lockIsStale()) rmSync(lockFile, { force: true })
  }
}

function takeLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (cause) {
    if (cause.code === 'EEXIST') return false
    throw cause
  }
}

function lockIsStale() {
  try {
    const holders = readFileSync(lockFile, 'utf8').split(' ').filter(Boolean).map(Number)
    // Created but not yet written: its owner has a moment to do so.
    if (holders.length === 0) return Date.now() - statSync(lockFile).mtimeMs > 5000
    return !holders.some(lives)
  } catch (cause) {
    if (cause.code === 'ENOENT') return false
    throw cause
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause.code === 'EPERM'
  }
}

function say(text) {
  process.stderr.write(`parfocal set-up: ${text}\n`)
}

function giveUp(text) {
  say(`${text}. Run "npm ci" in ${root} and read what it says.`)
  rmSync(lockFile, { force: true })
  process.exit(2)
}
