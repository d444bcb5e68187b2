import { describe, expect, test } from 'vitest'
import { fail, ok, type Fault } from '#core/fault.ts'
import {
  accessInTime,
  accessWhileThere,
  FolderAway,
} from '#workstation/intake/access-while-there.ts'
import { askInTime, type Ask } from '#workstation/intake/ask-in-time.ts'
import { paperFolder } from '../../support/surveys.ts'

const path = '/screen/P.HTD'
const patient: Ask = question => question()
const { access } = paperFolder({ 'P.HTD': 'index' })

/** Answers with each of these faults in turn, then with bytes. */
function failing(...faults: readonly Fault[]) {
  const left = [...faults]
  const readStart = async () => {
    const fault = left.shift()
    return fault === undefined ? ok(new Uint8Array([1])) : fail(fault)
  }
  return { ...access, readStart }
}

describe('a file that cannot be read', () => {
  const missing: Fault = { kind: 'file-not-found', path }
  const broken: Fault = { kind: 'file-locked', path, detail: 'EIO' }

  test.each([missing, broken])('says nothing while its folder is away: $kind', async fault => {
    const reading = accessWhileThere(failing(fault), patient, async () => true)
    await expect(reading.readStart(path, 1)).rejects.toBeInstanceOf(FolderAway)
  })

  test('is asked again where its folder is there, and then believed', async () => {
    const there = async () => false
    const once = accessWhileThere(failing(missing), patient, there)
    expect(await once.readStart(path, 1)).toEqual(ok(new Uint8Array([1])))
    const twice = accessWhileThere(failing(missing, missing), patient, there)
    expect(await twice.readStart(path, 1)).toEqual(fail(missing))
  })

  test('is at fault at once for what it holds', async () => {
    const corrupt: Fault = { kind: 'index-invalid', path, detail: 'not an index' }
    const reading = accessWhileThere(failing(corrupt), patient, async () => true)
    expect(await reading.readStart(path, 1)).toEqual(fail(corrupt))
  })

  test('is as good as locked on a disk that does not answer', async () => {
    const hung = { ...access, readStart: () => new Promise<never>(() => {}) }
    const answer = await accessInTime(hung, askInTime(10, new AbortController().signal)).readStart(
      path,
      1,
    )
    expect(answer).toEqual(fail({ kind: 'file-locked', path, detail: 'ETIMEDOUT' }))
  })
})
