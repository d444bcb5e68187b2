import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { logMistake } from '../../src/workstation/mistake-log.ts'

const noon = new Date('2026-11-21T12:00:00.000Z')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parfocal-log-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a mistake is found in the log by its ticket', () => {
  const file = join(folder, 'logs', 'parfocal.log')
  const tickets = [
    logMistake(file, new Error('one'), noon),
    logMistake(file, { not: 'an error' }, noon),
  ]
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines.map(line => (JSON.parse(line) as { ticket: string }).ticket)).toEqual(tickets)
  expect(JSON.parse(lines[0]!)).toMatchObject({
    at: '2026-11-21T12:00:00.000Z',
    message: expect.stringMatching(/^Error: one\n\s+at /) as string,
  })
})

test('a log that cannot be written still gives a ticket, and the words go to stderr', () => {
  const occupied = join(folder, 'file')
  writeFileSync(occupied, '')
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const ticket = logMistake(join(occupied, 'parfocal.log'), new Error('two'), noon)
  const said = write.mock.calls.map(([text]) => String(text)).join('')
  write.mockRestore()
  expect(said).toContain(ticket)
})
