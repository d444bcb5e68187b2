import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WellRow } from '../../../../src/contract/plates.ts'
import type { PlateId } from '../../../../src/core/brand.ts'
import { fail, ok } from '../../../../src/core/fault.ts'
import {
  createPlateStore,
  type PlateApi,
} from '../../../../src/renderer/features/plate/plate-store.ts'
import { paperHost } from '../../../support/paper-host.ts'
import {
  PLATE,
  plateCompleteness,
  plateDetails,
  plateSummary,
  wellRow,
} from '../../../support/sample-plate.ts'

const quantity = {
  kind: 'metric',
  metric: 'edge_sharpness',
  channel: 'DAPI',
  statistic: 'mean',
} as const

/** A store beside a host that answers at once, and a way to tell it that wells changed. */
function open(given: Partial<PlateApi> = {}) {
  const { bridge, tell } = paperHost({})
  const values = vi.fn<PlateApi['plates.values']>(async () =>
    ok({ wells: ['A01'], values: [1], exact: true }),
  )
  const api: PlateApi = {
    'plates.list': async () => ok([]),
    'plates.open': async () => ok(plateDetails(6, [wellRow(0, 0)])),
    'plates.values': values,
    'plates.fields': async () => ok([]),
    'plates.completeness': async () => ok(plateCompleteness()),
    'layouts.read': async () => ok(LAYOUT),
    'plates.annotate': async ({ csv }) => ok(csv === null ? [] : LAYOUT),
    ...given,
  }
  const store = createPlateStore(api, bridge)
  const change = (plateId: PlateId, wells: readonly WellRow[]): void =>
    tell('plate.changed', { summary: plateSummary(plateId), wells: [...wells] })
  const grow = (): void =>
    tell('plate.changed', { summary: plateSummary(PLATE, { acquisitions: 2 }), wells: [] })
  return { store, values, change, grow }
}

const LAYOUT = [{ well: 'A01', control: 'negative', labels: {} }]

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

describe('a plate that is being imaged', () => {
  test('asks for its numbers again every two seconds, however often wells change', async () => {
    const { store, values, change } = open()
    await store.show(PLATE)
    await store.look({ colourBy: { kind: 'quantity', quantity } })
    expect(values).toHaveBeenCalledTimes(1)
    for (let i = 0; i < 40; i += 1) {
      change(PLATE, [wellRow(0, 0)])
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(values.mock.calls.length).toBeGreaterThanOrEqual(3)
    expect(values.mock.calls.length).toBeLessThanOrEqual(4)
  })

  test('changes the address of its pictures with them', async () => {
    const { store, change } = open()
    await store.show(PLATE)
    const moment = (): string => {
      const [plate] = store.getSnapshot().plates
      return plate?.status === 'open' ? plate.moment : ''
    }
    const before = moment()
    await vi.advanceTimersByTimeAsync(50)
    change(PLATE, [wellRow(0, 1)])
    expect(moment()).not.toBe(before)
  })

  test('does not care about wells of plates that are not on screen', async () => {
    const { store, change } = open()
    await store.show(PLATE)
    const before = store.getSnapshot()
    change(9 as PlateId, [wellRow(0, 0)])
    expect(store.getSnapshot()).toBe(before)
  })
})

describe('what is late and missing', () => {
  const arrivalsOf = (store: ReturnType<typeof open>['store']) => {
    const [plate] = store.getSnapshot().plates
    return plate?.status === 'open' ? plate.arrivals : null
  }

  test('is asked for with the plate, and again when a run has ended in silence', async () => {
    const endsAt = new Date(Date.now() + 300_000).toISOString()
    const asked = vi.fn(async () => ok(plateCompleteness({ endsAt })))
    const { store } = open({ 'plates.completeness': asked })
    await store.show(PLATE)
    expect(arrivalsOf(store)).toMatchObject({ status: 'known' })
    await vi.advanceTimersByTimeAsync(299_000)
    expect(asked).toHaveBeenCalledTimes(1)
    asked.mockResolvedValue(ok(plateCompleteness()))
    await vi.advanceTimersByTimeAsync(600_000)
    expect(asked).toHaveBeenCalledTimes(2)
  })

  test('is asked for again while wells change', async () => {
    const asked = vi.fn(async () => ok(plateCompleteness()))
    const { store, change } = open({ 'plates.completeness': asked })
    await store.show(PLATE)
    for (let i = 0; i < 40; i += 1) {
      change(PLATE, [wellRow(0, 0)])
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(asked.mock.calls.length).toBeGreaterThanOrEqual(3)
    expect(asked.mock.calls.length).toBeLessThanOrEqual(4)
  })

  test('says why it cannot be told', async () => {
    const fault = { kind: 'host-unreachable', detail: 'gone' } as const
    const { store } = open({ 'plates.completeness': async () => fail(fault) as never })
    await store.show(PLATE)
    expect(arrivalsOf(store)).toEqual({ status: 'failed', fault })
  })

  test('comes with the details of a run that was begun since', async () => {
    const opened = vi.fn(async () => ok(plateDetails(6, [wellRow(0, 0)])))
    const { store, change, grow } = open({ 'plates.open': opened })
    await store.show(PLATE)
    change(PLATE, [])
    await vi.advanceTimersByTimeAsync(10)
    expect(opened).toHaveBeenCalledTimes(1)
    grow()
    await vi.advanceTimersByTimeAsync(10)
    expect(opened).toHaveBeenCalledTimes(2)
  })
})

test('a platemap that makes no sense is said, and the old one stays', async () => {
  const fault = { kind: 'layout-invalid', line: 2, detail: 'no well' } as const
  const { store } = open({ 'layouts.read': async () => fail(fault) })
  await store.show(PLATE)
  await store.proposeLayout(PLATE, 'map.csv', 'x')
  expect(store.getSnapshot().proposal).toBeNull()
  expect(store.getSnapshot().fault).toEqual(fault)
  store.dismissFault()
  expect(store.getSnapshot().fault).toBeNull()
})

test('a platemap counts once it was applied, and can be taken away', async () => {
  const { store } = open()
  const layout = () => {
    const [plate] = store.getSnapshot().plates
    return plate?.status === 'open' ? plate.details.layout : null
  }
  await store.show(PLATE)
  await store.proposeLayout(PLATE, 'map.csv', 'well\nA01')
  expect(store.getSnapshot().proposal).toMatchObject({ file: 'map.csv', layout: LAYOUT })
  expect(layout()).toEqual([])
  store.leaveLayout()
  await store.applyLayout()
  expect(layout()).toEqual([])
  await store.proposeLayout(PLATE, 'map.csv', 'well\nA01')
  await store.applyLayout()
  expect(layout()).toEqual(LAYOUT)
  expect(store.getSnapshot().proposal).toBeNull()
  store.proposeNoLayout(PLATE)
  await store.applyLayout()
  expect(layout()).toEqual([])
})

test('reading fields again keeps those that are known in sight', async () => {
  const { store } = open()
  await store.show(PLATE)
  await store.readFields(PLATE, 'A01')
  const seen: string[] = []
  store.subscribe(() => {
    for (const { status } of store.getSnapshot().fields.values()) seen.push(status)
  })
  await store.readFields(PLATE, 'A01')
  expect(new Set(seen)).toEqual(new Set(['known']))
})
