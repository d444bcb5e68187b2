import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEventLog, type LogEntry } from '#workstation/intake/event-log.ts'
import { readEventLog } from '#workstation/intake/replay-events.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const hint = (path: string): LogEntry => ({ root: '/a', at: 1, what: { kind: 'hint', path } })

test('a log is lines of JSON, and goes on where it was', () => {
  const path = join(temporaryFolder(), 'events.jsonl')
  for (const name of ['a.tif', 'b.tif']) {
    const log = valueOf(openEventLog(path))
    log.add(hint(name))
    log.close()
  }
  expect(readEventLog(readFileSync(path, 'utf8'))).toEqual([hint('a.tif'), hint('b.tif')])
})

test('a log is read for one folder', () => {
  const other: LogEntry = { ...hint('c.tif'), root: '/b' }
  const text = [hint('a.tif'), other].map(entry => JSON.stringify(entry)).join('\n')
  expect(readEventLog(text)).toEqual([hint('a.tif')])
  expect(readEventLog(text, '/b')).toEqual([other])
  expect(() => readEventLog('{"root":"/a","at":1,"what":{"kind":"guess"}}')).toThrow()
})

test('of several watches the last is read, and a log whose beginning was put aside from the next', () => {
  const begun: LogEntry = {
    root: '/a',
    at: 5,
    what: {
      kind: 'begun',
      pollMs: 1,
      least: 1,
      most: 1,
      settle: { polls: 1, quietMs: 1, patienceMs: 1, pauseMs: 1, longestPauseMs: 1 },
      doneMarker: null,
      wasFilled: false,
    },
  }
  const later: LogEntry = { ...hint('c.tif'), at: 6 }
  const before = [{ ...hint('a.tif'), at: 9 }, hint('b.tif')]
  const text = [...before, begun, later].map(entry => JSON.stringify(entry)).join('\n')
  expect(readEventLog(text)).toEqual([begun, later])
})

test('a log that is large is put aside, and that before it is forgotten', () => {
  const path = join(temporaryFolder(), 'events.jsonl')
  const log = valueOf(openEventLog(path, 200))
  for (let i = 0; i < 40; i += 1) {
    log.add(hint(`${i}.tif`))
    log.flush()
  }
  expect(log.part()).toBeGreaterThan(10)
  log.close()
  const [now, before] = [path, `${path}.1`].map(name => readFileSync(name, 'utf8'))
  expect(now!.length).toBeLessThanOrEqual(200)
  expect(before!.length).toBeLessThanOrEqual(200)
  expect(readEventLog(now!).at(-1)).toEqual(hint('39.tif'))
})

test('a log that cannot be written is refused', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  const opened = openEventLog(join(folder, 'file/events.jsonl'))
  expect(opened).toMatchObject({ ok: false, fault: { kind: 'output-not-writable' } })
})
