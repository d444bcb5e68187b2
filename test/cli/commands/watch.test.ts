import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parfocal, startParfocal } from '../../support/command-line.ts'
import { temporaryFolder } from '../../support/stores.ts'

test.each([
  ['--quiet', '0.4'],
  ['--quiet', '3601'],
  ['--quiet', 'long'],
  ['--quiet', ''],
  ['--access', 'sometimes'],
  ['--done-marker', 'run/*.done'],
  ['--done-marker', '*.*'],
  ['--done-marker', ''],
  ['--events', 'nowhere/events.jsonl'],
])('%s %s is refused', async (option, value) => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'plate'))
  const refused = await parfocal(['watch', 'plate', '--store', 'store', option, value], folder)
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain(option === '--events' ? 'events.jsonl' : option)
  expect(existsSync(join(folder, 'store/parfocal.sqlite'))).toBe(false)
})

test('a file is no folder to watch', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'notes.txt'), '')
  const refused = await parfocal(['watch', 'notes.txt', '--store', 'store'], folder)
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('notes.txt, which is a file')
  expect(existsSync(join(folder, 'store'))).toBe(false)
})

test(
  'an image is taken when its marker comes, and its marker is no stranger',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder()
    await parfocal(
      ['simulate', 'plate', '--wells', '1', '--fields', '1', '--channels', '1', '--size', '64x64'],
      folder,
    )
    const options = ['--store', 'store', '--done-marker', '*.done', '--quiet', '0.5']
    const watch = startParfocal(['watch', 'plate', ...options, '--access', 'polling'], folder)
    const ended = new Promise(resolve => watch.once('close', resolve))
    onTestFinished(() => void watch.kill('SIGKILL'))
    let text = ''
    watch.stdout!.setEncoding('utf8').on('data', (some: string) => (text += some))
    await new Promise(done => setTimeout(done, 6000))
    expect(text).toMatch(/^(?:unmarked .*\n)?$/)
    writeFileSync(join(folder, 'plate/TimePoint_1/simulated-1_A01_w1.done'), '')
    writeFileSync(join(folder, 'plate/TimePoint_1/simulated-1_A01_s1_w1.done'), '')
    await vi.waitFor(() => expect(text).toMatch(/^(?:pass|fail|cannot-judge)/m), {
      timeout: 60_000,
    })
    watch.kill('SIGTERM')
    await ended
    expect(text).not.toContain('unmatched')
  },
)
