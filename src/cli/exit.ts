import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'

/** 0 done; 1 done, with faults in the data; 2 could not do it. */
export const EXIT = { done: 0, faults: 1, failed: 2 } as const

/** Says why the command could not do its work, and sets its exit code. */
export function failWith(fault: Fault): void {
  process.stderr.write(`parfocal: ${faultLine(fault)}\n`)
  process.exitCode = EXIT.failed
}

/** One fault as a line: where, what, what to do. */
export function faultLine(fault: Fault): string {
  const where = 'path' in fault ? `${fault.path}: ` : ''
  return `${where}${faultText(fault)}`
}

/** A fault as the command line's JSON shows it. */
export function faultJson(fault: Fault): { path: string | null; kind: string; message: string } {
  return {
    path: 'path' in fault ? fault.path : null,
    kind: fault.kind,
    message: faultText(fault),
  }
}

/** The one JSON document that `--json` puts on stdout. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
}
