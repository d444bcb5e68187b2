import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a mistake of ours to the log and gives the ticket by which it is found there.
 *
 * The person at the microscope sees the ticket, never the message: it may name paths and internals.
 */
export function logMistake(file: string, cause: unknown, now: Date): string {
  const random = Math.floor(Math.random() * 0x10000)
  const ticket = `T-${now.getTime().toString(36)}-${random.toString(16).padStart(4, '0')}`
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  const line = JSON.stringify({ at: now.toISOString(), ticket, message })
  try {
    mkdirSync(dirname(file), { recursive: true })
    appendFileSync(file, `${line}\n`)
  } catch {
    // A log that cannot be written must not turn one mistake into two.
    process.stderr.write(`${line}\n`)
  }
  return ticket
}
