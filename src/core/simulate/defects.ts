import { fail, ok, type FaultOf, type Result } from '../fault.ts'

/** What can be wrong with a plane, or with its file. */
export const DEFECTS = [
  'defocus',
  'bubble',
  'debris',
  'saturation',
  'vignette',
  'empty',
  'missing',
  'truncated',
  'flicker',
  'motion',
] as const
export type Defect = (typeof DEFECTS)[number]

/** Share of the units that get each defect, 0…1; what is not named does not occur. */
export type DefectShares = Readonly<Partial<Record<Defect, number>>>

/** A plate on an ordinary bad day. */
export const REALISTIC_DEFECTS: DefectShares = {
  defocus: 0.05,
  bubble: 0.02,
  debris: 0.04,
  saturation: 0.01,
  vignette: 0.02,
  empty: 0.03,
  missing: 0.01,
  truncated: 0.01,
  flicker: 0.01,
  motion: 0.01,
}

/** Reads `defocus:0.1,bubble:0.02` or `none`. */
export function parseDefects(text: string): Result<DefectShares, FaultOf<'bad-option'>> {
  if (text.trim() === 'none') return ok({})
  const shares: Partial<Record<Defect, number>> = {}
  for (const entry of text.split(',')) {
    const [name = '', share = '', ...rest] = entry.split(':').map(part => part.trim())
    const defect = DEFECTS.find(known => known === name)
    const number = share === '' ? NaN : Number(share)
    const sensible = rest.length === 0 && number >= 0 && number <= 1
    if (defect === undefined || !sensible || shares[defect] !== undefined) {
      const allowed = `none, or name:fraction once for each name, separated by commas, fraction 0 to 1, names ${DEFECTS.join(', ')}`
      return fail({ kind: 'bad-option', option: '--defects', value: text, allowed })
    }
    shares[defect] = number
  }
  return ok(shares)
}
