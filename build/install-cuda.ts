/**
 * `npm run install:cuda [-- FOLDER|TARBALL] [--into PACKAGE] [--remove]`: the CUDA part of ONNX Runtime, for NVIDIA
 * cards on Linux x64.
 *
 * Takes the libraries from the folder or tarball given, for a PC without a network, else from npm; checks that they
 * are those of this version; puts them beside the runtime; and says whether CUDA works now.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  areInPlace,
  checkIntegrity,
  CUDA_LIBRARIES,
  placeLibraries,
  Refusal,
  removeLibraries,
  runtimeFolder,
} from './cuda-libraries.ts'
import { findMissing } from './missing-libraries.ts'
import { probeProviders } from '../src/workstation/inference/probe-providers.ts'

const own = fileURLToPath(new URL('../node_modules/onnxruntime-node', import.meta.url))
/** Where the person stands who ran npm. */
const stand = process.env['INIT_CWD'] ?? process.cwd()

try {
  process.exitCode = await install()
} catch (cause) {
  if (!(cause instanceof Refusal)) throw cause
  say(cause.message)
  process.exitCode = 2
}

/** @returns how the command ends: 0 CUDA works or was removed, 1 in place but not working. */
async function install(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      into: { type: 'string' },
      remove: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    say('npm run install:cuda [-- FOLDER|TARBALL] [--into PACKAGE] [--remove]')
    return 0
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Refusal(
      'CUDA is for Linux on x64. On Windows DirectML serves the graphics card, on a Mac Core ML: nothing to install.',
    )
  }
  const target = values.into === undefined ? own : resolve(stand, values.into)
  const folder = runtimeFolder(target, CUDA_LIBRARIES)
  if (values.remove) {
    const gone = removeLibraries(folder, CUDA_LIBRARIES)
    say(gone.length === 0 ? 'CUDA was not installed.' : `Removed ${gone.join(' and ')}.`)
    return 0
  }
  if (await areInPlace(folder, CUDA_LIBRARIES)) say('The CUDA libraries are in place already.')
  else await bring(positionals[0], folder)
  if (values.into !== undefined) {
    say('Not tried, as this is not the runtime that Parfocal uses.')
    return 0
  }
  return tellWhetherItWorks()
}

async function bring(given: string | undefined, folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'parfocal-cuda-'))
  try {
    const source = given === undefined ? await fetchCarrier(scratch) : resolve(stand, given)
    await placeLibraries(source, folder, join(scratch, 'unpacked'), CUDA_LIBRARIES)
    say(`Put ${Object.keys(CUDA_LIBRARIES.files).join(' and ')} into ${folder}.`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Fetches the package that carries the libraries, by the npm that runs us. */
async function fetchCarrier(scratch: string): Promise<string> {
  const { spec } = CUDA_LIBRARIES.carrier
  say(`Fetching ${spec} (180 MB)…`)
  const cli = process.env['npm_execpath']
  const [command, ...before] = cli?.endsWith('.js') ? [process.execPath, cli] : ['npm']
  const { status } = spawnSync(
    command!,
    [...before, 'pack', spec, '--pack-destination', scratch, '--loglevel=error'],
    { cwd: scratch, stdio: ['ignore', 'ignore', 2] },
  )
  const tarball = readdirSync(scratch).find(name => name.endsWith('.tgz'))
  if (status !== 0 || tarball === undefined) {
    throw new Refusal(
      `npm could not fetch it. On a PC with a network run "npm pack ${spec}", bring the .tgz here, and run "npm run install:cuda -- FILE.tgz".`,
    )
  }
  await checkIntegrity(join(scratch, tarball), CUDA_LIBRARIES)
  return join(scratch, tarball)
}

async function tellWhetherItWorks(): Promise<number> {
  const [report] = await probeProviders(['cuda'])
  if (report?.works === true) {
    const { device } = report
    say(`CUDA works${device === null ? '' : ` on ${device.name}, driver ${device.driver ?? '?'}`}.`)
    return 0
  }
  say(
    `CUDA does not work yet: ${report?.whyNot?.what ?? 'no answer'}. ${report?.whyNot?.how ?? ''}`,
  )
  for (const { library, how } of findMissing()) say(`Missing: ${library}. ${how}`)
  return 1
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
