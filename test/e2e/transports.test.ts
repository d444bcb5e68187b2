import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { calls } from '../../src/contract/index.ts'
import { serve } from '../../src/contract/serve.ts'
import { ipcPort } from '../../src/main/ipc-port.ts'
import { createBridge, type Wire } from '../../src/preload/bridge.ts'
import { hostBridge } from '../../src/renderer/app/host-bridge.ts'
import { openWebHost } from '../../src/web/web-host.ts'
import { CONTRACT_CASES, deskOf, type JoinedEnds } from '../support/contract-cases.ts'
import type { StandInDesk } from '../support/stand-in-desk.ts'
import { standInPage } from '../support/stand-in-page.ts'

type Listener = (event: unknown, told: unknown) => void

/** Electron's IPC: the real preload and the real port, and between them the structured clone. */
async function joinByIpc(desk: StandInDesk): Promise<JoinedEnds> {
  const reported: unknown[] = []
  const answers = new Map<string, (event: never, raw: unknown) => unknown>()
  const heard = new Map<string, Set<Listener>>()
  const ipcMain = {
    handle: (name: string, listener: (event: never, raw: unknown) => unknown) =>
      void answers.set(name, listener),
  }
  serve(calls, desk.api, ipcPort(ipcMain), cause => `T-${reported.push(cause)}`)
  desk.listen((name, told) => {
    for (const listener of heard.get(name) ?? []) listener({}, structuredClone(told))
  })
  const event = { senderFrame: { url: 'app://parfocal/', parent: null } } as never
  const wire: Wire = {
    invoke: async (name, input) =>
      structuredClone(await answers.get(name)!(event, structuredClone(input))),
    on: (name, listener) => heard.set(name, (heard.get(name) ?? new Set()).add(listener)),
    off: (name, listener) => heard.get(name)?.delete(listener),
  }
  return { bridge: createBridge(wire), desk, reported }
}

const folder = mkdtempSync(join(tmpdir(), 'parfocal-transports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let close: () => Promise<void> = async () => undefined
afterEach(() => close())

/** The loopback host: the real bridge of the page, over a real socket. */
async function joinByHttp(desk: StandInDesk): Promise<JoinedEnds> {
  const reported: unknown[] = []
  const report = (cause: unknown): string => `T-${reported.push(cause)}`
  const opened = await openWebHost({ desk, bundle: folder, port: 0, report })
  if (!opened.ok) throw new Error(opened.fault.kind)
  close = opened.value.close
  const host = await hostBridge(standInPage(opened.value.address()).window)
  expect(host?.host).toBe('web')
  return { bridge: host!.bridge, desk, reported }
}

describe.each([
  ["Electron's IPC", joinByIpc],
  ['the loopback host', joinByHttp],
] as const)('over %s', (_transport, join) => {
  test.each(CONTRACT_CASES)('$name', async contractCase => {
    await contractCase.check(await join(deskOf(contractCase)))
  })
})
