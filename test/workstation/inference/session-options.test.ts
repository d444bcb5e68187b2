import { describe, expect, test } from 'vitest'
import { refuseUnread, sessionOptions } from '../../../src/workstation/inference/session-options.ts'

const wishes = { providers: ['cpu'], threads: 2, deterministic: true } as const

describe('what the runtime is told', () => {
  test('is written out in full', () => {
    expect(sessionOptions(wishes)).toEqual({
      executionProviders: [{ name: 'cpu' }],
      intraOpNumThreads: 2,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      enableCpuMemArena: true,
      enableMemPattern: false,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' }, use_deterministic_compute: '1' } },
    })
  })

  test('names the first device, asks for the whole graph, and profiles, where that is wished', () => {
    const options = sessionOptions({
      ...wishes,
      providers: ['cuda', 'cpu'],
      deterministic: false,
      wholly: true,
      profile: 'here',
    })
    expect(options).toMatchObject({
      executionProviders: [{ name: 'cuda', deviceId: 0 }, { name: 'cpu' }],
      enableProfiling: true,
      profileFilePrefix: 'here',
    })
    expect(options.extra.session).toEqual({
      intra_op: { allow_spinning: '0' },
      disable_cpu_ep_fallback: '1',
    })
  })

  test.each([
    { name: 'an option of the browser build', options: { freeDimensionOverrides: { h: 64 } } },
    { name: 'a misspelt option', options: { enableCpuMemoryArena: false } },
    { name: 'a misspelt entry', options: { extra: { session: { allow_spinning: '0' } } } },
    {
      name: 'an entry that is no text',
      options: { extra: { session: { intra_op: { allow_spinning: 0 } } } },
    },
    { name: 'an entry outside an object', options: { extra: 'session' } },
    { name: 'all cores by way of no threads', options: { intraOpNumThreads: 0 } },
  ])('$name is an error of ours', ({ options }) => {
    expect(() => refuseUnread(options)).toThrow()
  })

  test('half a thread is an error of ours', () => {
    expect(() => sessionOptions({ ...wishes, threads: 1.5 })).toThrow('1.5 threads')
  })
})
