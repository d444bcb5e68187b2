import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, type Api } from '../../src/contract/define.ts'
import { fail, ok } from '../../src/core/fault.ts'
import { loopback } from '../support/loopback.ts'

const calls = {
  'folders.check': call(z.object({ path: z.string().min(1) }), z.object({ files: z.number() }), [
    'folder-not-found',
  ]),
} as const

const reached: string[] = []
const api: Api<typeof calls> = {
  'folders.check': async ({ path }) => {
    reached.push(path)
    if (path === '/broken') throw new Error('disk full at /home/somebody')
    return path === '/plates' ? ok({ files: 3 }) : fail({ kind: 'folder-not-found', path })
  },
}

test('a reply crosses the wire', async () => {
  const reply = await loopback(calls, api)['folders.check']({ path: '/plates' })
  expect(reply).toEqual({ ok: true, value: { files: 3 } })
})

test('a fault crosses the wire with its fields', async () => {
  const reply = await loopback(calls, api)['folders.check']({ path: '/gone' })
  expect(reply).toEqual({ ok: false, fault: { kind: 'folder-not-found', path: '/gone' } })
})

test('a malformed request never reaches the implementation', async () => {
  reached.length = 0
  const reply = await loopback(calls, api)['folders.check']({ path: '' })
  expect(reply).toMatchObject({ ok: false, fault: { kind: 'bad-request', call: 'folders.check' } })
  expect(reached).toEqual([])
})

test('a thrown error becomes a ticket, not a message', async () => {
  const causes: unknown[] = []
  const report = (cause: unknown): string => `T-${causes.push(cause)}`
  const reply = await loopback(calls, api, report)['folders.check']({ path: '/broken' })
  expect(reply).toEqual({ ok: false, fault: { kind: 'unexpected', ticket: 'T-1' } })
  expect(String(causes[0])).toContain('disk full')
})
