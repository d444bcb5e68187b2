import type { PlateReport } from '#workstation/run-folder.ts'

/**
 * An imaging run as one line.
 *
 * @param here planes of those promised that arrived; null where that is not known
 */
export function plateLine(report: PlateReport, here: number | null): string {
  const { name, acquisition, wells, fields, planes, verdicts, objects, seconds } = report
  const places = wells === 0 ? `${fields} fields` : `${wells} wells, ${fields} fields`
  const judged = `${verdicts.pass} pass, ${verdicts.fail} fail, ${verdicts['cannot-judge']} cannot judge, ${planes.unreadable} unreadable`
  return `${name} (acquisition ${acquisition}): ${places}, ${planesText(planes, here)}: ${judged}; ${objects} objects; ${seconds.toFixed(1)} s`
}

/** `36 planes, 24 of 48 expected` where some came that nobody promised. */
function planesText({ expected, arrived }: PlateReport['planes'], here: number | null): string {
  if (expected === null) return `${arrived} planes`
  if (here === null || here === arrived) return `${arrived} of ${expected} expected planes`
  return `${arrived} planes, ${here} of ${expected} expected`
}
