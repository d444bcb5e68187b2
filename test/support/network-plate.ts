import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeNpy } from '#workstation/inference/packages/npy.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'
import { parfocal } from './command-line.ts'
import { writePackage } from './model-packages.ts'

const GAIN = 6
/** Counts at which the network is undecided. */
const UNDECIDED = 700
const SIDE = 64

/**
 * A simulated plate on which a network looked for objects, all of it by the command line: simulate, add a network and
 * take it in use, run. The network tells bright from dark, so it is unsure wherever an image is neither.
 *
 * @param recipe what the recipe says of inference beside its network
 * @param naming how the images are named
 */
export async function networkPlate(
  scratch: string,
  plate: string,
  recipe: Readonly<Record<string, unknown>> = {},
  naming = 'auto',
): Promise<{ readonly folder: string; readonly store: string; readonly recipe: string }> {
  const infer = { models: ['paper-nuclei@1.0.0'], ...recipe }
  const recipeFile = join(scratch, 'recipe.json')
  writeFileSync(recipeFile, JSON.stringify({ format: 1, name: 'paper-network', naming, infer }))
  writeNetwork(join(scratch, 'package'))
  const store = ['--store', 'store']
  const reason = ['--reason', 'for a test']
  for (const args of [
    ['simulate', join('acquisitions', 'plate'), ...plate.split(' ')],
    ['models', 'add', 'package', ...store],
    ['models', 'set', 'paper-nuclei', 'qualified', ...store, ...reason],
    ['models', 'set', 'paper-nuclei', 'in-use', ...store, ...reason],
    ['run', 'acquisitions', ...store, '--recipe', recipeFile],
  ]) {
    const { code, stderr } = await parfocal(args, scratch)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  }
  return {
    folder: join(scratch, 'acquisitions'),
    store: join(scratch, 'store'),
    recipe: recipeFile,
  }
}

/** The small package of other tests, for images in counts of a camera. */
function writeNetwork(folder: string): void {
  writePackage(folder, { gain: GAIN })
  const path = join(folder, 'rdf.yaml')
  const output = join(folder, 'test-output.npy')
  const former = digestOfBytes(readFileSync(output))
  const logits = Float32Array.from(
    { length: SIDE * SIDE },
    (_, i) => GAIN * ((i % 97) / 96 / UNDECIDED - 1),
  )
  const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
  const values = Float32Array.from([
    ...logits.map(sigmoid),
    ...logits.map(value => sigmoid(-value)),
  ])
  const given = writeNpy([1, 2, SIDE, SIDE], values)
  writeFileSync(output, given)
  const description = readFileSync(path, 'utf8')
    .replace('gain: 2, offset: -1', `gain: ${1 / UNDECIDED}, offset: -1`)
    .replace(former, digestOfBytes(given))
  writeFileSync(path, description)
}
