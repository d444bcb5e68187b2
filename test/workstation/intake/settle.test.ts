import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  firstSight,
  judge,
  observe,
  type FileVersion,
  type SettlePolicy,
  type Settling,
  type Wholeness,
} from '#workstation/intake/settle.ts'

const policy: SettlePolicy = {
  polls: 3,
  quietMs: 1000,
  patienceMs: 10_000,
  pauseMs: 100,
  longestPauseMs: 400,
}

const small: FileVersion = { bytes: 10, modified: '1' }
const large: FileVersion = { bytes: 20, modified: '2' }
const touched: FileVersion = { bytes: 10, modified: '3' }

/** Follows a file through polls at the given times. */
function follow(...polls: readonly (readonly [number, FileVersion | null])[]): Settling {
  const [[start, version], ...others] = polls as [[number, FileVersion], ...typeof polls]
  return others.reduce(
    (settling, [now, seen]) => observe(settling, seen, now, policy),
    firstSight(version, start),
  )
}

describe('a file', () => {
  test('is quiet once it was the same for long enough and often enough', () => {
    expect(follow([0, small]).status).toBe('seen')
    expect(follow([0, small], [500, small]).status).toBe('settling')
    expect(follow([0, small], [500, small], [1000, small]).status).toBe('quiet')
  })

  test('is not quiet after few polls, however long they take', () => {
    expect(follow([0, small], [60_000, small]).status).toBe('settling')
  })

  test('is not quiet after many polls in a short time', () => {
    expect(follow([0, small], [1, small], [2, small], [3, small]).status).toBe('settling')
  })

  test.each([
    ['grows', large],
    ['is written again at the same size', touched],
  ])('starts again when it %s', (_, changed) => {
    const settling = follow([0, small], [500, small], [1000, changed])
    expect(settling).toMatchObject({ status: 'seen', version: changed, since: 1000, polls: 1 })
  })

  test('is gone when it cannot be seen', () => {
    expect(follow([0, small], [500, null]).status).toBe('gone')
  })
})

describe('a quiet file', () => {
  const quiet = follow([0, small], [500, small], [1000, small])

  test('settles when it is whole', () => {
    expect(judge(quiet, 'whole', 1000, policy)).toMatchObject({ status: 'settled', version: small })
  })

  test('waits when it is cut short, and is handed on when patience ends', () => {
    expect(judge(quiet, 'partial', 1000, policy).status).toBe('settling')
    expect(judge(quiet, 'partial', 9999, policy).status).toBe('settling')
    expect(judge(quiet, 'partial', 10_000, policy)).toMatchObject({
      status: 'settled',
      wholeness: 'partial',
    })
  })

  test('that another program holds is waited for without end', () => {
    expect(judge(quiet, 'locked', 1e9, policy).status).toBe('settling')
  })

  test('is looked into again after pauses that grow up to the longest', () => {
    let settling = quiet
    const pauses: number[] = []
    for (let now = 1000; pauses.length < 5; now = settling.retryAt) {
      settling = judge(settling, 'locked', now, policy)
      expect(observe(settling, small, settling.retryAt - 1, policy).status).toBe('settling')
      expect(observe(settling, small, settling.retryAt, policy).status).toBe('quiet')
      pauses.push(settling.retryAt - now)
    }
    expect(pauses).toEqual([100, 200, 400, 400, 400])
  })
})

test('a file never settles sooner than it may, whatever is seen of it', () => {
  const poll = fc.record({
    pause: fc.integer({ min: 1, max: 800 }),
    version: fc.constantFrom(small, small, small, large, null),
    wholeness: fc.constantFrom<Wholeness>('whole', 'partial', 'locked'),
  })
  fc.assert(
    fc.property(fc.array(poll, { maxLength: 40 }), polls => {
      let settling = firstSight(small, 0)
      let now = 0
      let last: FileVersion | null = small
      let unchangedFor = { polls: 1, since: 0 }
      for (const { pause, version, wholeness } of polls) {
        now += pause
        settling = observe(settling, version, now, policy)
        unchangedFor =
          version === last
            ? { ...unchangedFor, polls: unchangedFor.polls + 1 }
            : { polls: 1, since: now }
        last = version
        if (settling.status === 'quiet') settling = judge(settling, wholeness, now, policy)
        if (settling.status === 'settled') {
          expect(unchangedFor.polls).toBeGreaterThanOrEqual(policy.polls)
          expect(now - unchangedFor.since).toBeGreaterThanOrEqual(policy.quietMs)
          expect(wholeness).not.toBe('locked')
        }
        if (settling.status === 'settled' || settling.status === 'gone') return
      }
    }),
  )
})
