import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'
import { REALISTIC_DEFECTS } from '#core/simulate/defects.ts'
import { eventfulSeed } from './eventful-seed.ts'
import { NAMINGS } from './namings/registry.ts'
import { writeAcquisition } from './write-acquisition.ts'
import { whyNot } from './write-fault.ts'

// The entry of a simulated microscope: it acquires one plate into a folder, and ends with it or with its parent.
process.on('disconnect', () => process.exit())

const [folder = '', seed = ''] = process.argv.slice(2)
const order = {
  format: 96,
  wells: 36,
  fields: 2,
  channels: 3,
  defects: { ...REALISTIC_DEFECTS, empty: 0.08, truncated: 0.02, missing: 0.02 },
} as const
const chosen = eventfulSeed({ ...order, seed: Number(seed) })
const written = await writeAcquisition({
  ...order,
  folder,
  truthFolder: null,
  naming: NAMINGS['imagexpress']!,
  seed: chosen.seed,
  again: [chosen.again],
  width: 512,
  height: 512,
  rate: 4,
})
if (written.ok) process.exit(0)
process.exitCode = 1
process.send?.(reasonOf(written.fault), () => process.exit(1))

function reasonOf(fault: Fault): string {
  const unwritten = fault.kind === 'disk-full' || fault.kind === 'output-not-writable'
  return unwritten ? whyNot(fault) : faultText(fault)
}
