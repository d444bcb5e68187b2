import { existsSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import type { ProbeReply } from '../../../src/workstation/inference/probe-reply.ts'
import { probeProviders, reportOn } from '../../../src/workstation/inference/probe-providers.ts'
import { NETWORK_CHECKSUM } from '../../../src/workstation/doctor/self-test.ts'

const reply: ProbeReply = {
  built: ['cpu', 'cuda', 'webgpu'],
  version: '1.29.0',
  failure: null,
  placement: { CUDAExecutionProvider: 3 },
  expected: [0, 1, -2],
  got: [0, 1, -2],
}
const card = { name: 'NVIDIA RTX A4000', driver: '580.95.05' }

function cudaReport(changes: Partial<ProbeReply>, complaint = '') {
  return reportOn('cuda', { ok: true, reply: { ...reply, ...changes }, complaint }, card)
}

describe('a provider works', () => {
  test('when it gave the numbers of the CPU and ran every node itself', () => {
    expect(cudaReport({})).toMatchObject({ works: true, whyNot: null, device: card })
  })

  test('when it rounds as half precision does', () => {
    expect(cudaReport({ got: [0, 1.001, -2] }).works).toBe(true)
  })
})

describe('a provider does not work', () => {
  test.each([
    {
      name: 'that gives other numbers',
      changes: { got: [0, 1.1, -2] },
      what: /other numbers.*5\.0 %/,
    },
    { name: 'that gives no numbers', changes: { got: [0, NaN, -2] }, what: /other numbers/ },
    { name: 'that gives too few', changes: { got: [0, 1] }, what: /other numbers/ },
    {
      name: 'that left nodes to the CPU',
      changes: { placement: { CPUExecutionProvider: 3 } },
      what: /left the work to CPU/,
    },
    { name: 'whose work cannot be proved', changes: { placement: {} }, what: /nobody knows/ },
    { name: 'that this build has not', changes: { built: ['cpu'] }, what: /other systems/ },
  ])('$name', ({ changes, what }) => {
    const report = cudaReport(changes)
    expect(report).toMatchObject({ works: false, device: null })
    expect(report.whyNot?.what).toMatch(what)
    expect(report.whyNot?.how).not.toBe('')
  })

  test.each([
    ['deadline', /60 seconds/],
    ['memory', /6 GB/],
  ] as const)('whose child passed its %s', (loss, what) => {
    const report = reportOn('cuda', { ok: false, loss, complaint: '' }, card)
    expect(report.works).toBe(false)
    expect(report.whyNot?.what).toMatch(what)
  })

  test('whose child crashed, with the cause that its libraries named', () => {
    const complaint = 'libcudnn.so.9: cannot open shared object file'
    const answer = { ok: false, loss: 'ended', detail: 'SIGSEGV', complaint } as const
    expect(reportOn('cuda', answer, card).whyNot?.what).toContain('cuDNN 9')
  })
})

test('on this machine the CPU works and every other provider works or says why not', async () => {
  const reports = await probeProviders()
  expect(reports.find(({ provider }) => provider === 'cpu')).toMatchObject({
    works: true,
    version: '1.29.0',
    checksum: NETWORK_CHECKSUM,
  })
  for (const { works, whyNot } of reports) expect(whyNot === null).toBe(works)
})

// The browser of the tests brings a Vulkan of its own that draws on the CPU: a second provider for real.
const vulkan = '/usr/lib/chromium'

test.runIf(existsSync(`${vulkan}/libvk_swiftshader.so`))(
  'WebGPU is proved to run every node where there is a Vulkan',
  async () => {
    vi.stubEnv('LD_LIBRARY_PATH', vulkan)
    vi.stubEnv('VK_ICD_FILENAMES', `${vulkan}/vk_swiftshader_icd.json`)
    try {
      const [webgpu] = await probeProviders(['webgpu'])
      expect(webgpu).toMatchObject({ works: true, checksum: NETWORK_CHECKSUM })
      expect(Object.keys(webgpu!.placement)).toEqual(['WebGpuExecutionProvider'])
    } finally {
      vi.unstubAllEnvs()
    }
  },
)
