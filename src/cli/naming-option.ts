import { existsSync } from 'node:fs'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { isMap } from '#workstation/intake/csv-map.ts'
import { checkNaming } from '#workstation/intake/identify-acquisitions.ts'
import { userPath } from './paths.ts'

export const NAMING_HELP =
  'auto, loose, an instrument, a pattern with named groups, or a table that ends in .csv'

/** The naming that `--naming` says, a table by its absolute path; null where nothing is said. */
export function namingFrom(
  option: string | undefined,
): Result<string | null, FaultOf<'bad-option'>> {
  if (option === undefined) return ok(null)
  const sensible = checkNaming(option)
  if (!sensible.ok) return sensible
  if (!isMap(option)) return ok(option)
  const path = userPath(option)
  if (existsSync(path)) return ok(path)
  return fail({
    kind: 'bad-option',
    option: '--naming',
    value: option,
    allowed: 'a table that is there',
  })
}
