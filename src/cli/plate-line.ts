import type { PlateReport } from '#workstation/run-folder.ts'

/** An imaging run as one line. */
export function plateLine({
  name,
  acquisition,
  wells,
  fields,
  planes,
  verdicts,
  objects,
  seconds,
}: PlateReport): string {
  const expected = planes.expected === null ? '' : ` of ${planes.expected} expected`
  const places = wells === 0 ? `${fields} fields` : `${wells} wells, ${fields} fields`
  const judged = `${verdicts.pass} pass, ${verdicts.fail} fail, ${verdicts['cannot-judge']} cannot judge, ${planes.unreadable} unreadable`
  return `${name} (acquisition ${acquisition}): ${places}, ${planes.arrived}${expected} planes: ${judged}; ${objects} objects; ${seconds.toFixed(1)} s`
}
